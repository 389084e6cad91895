import type { Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Observation } from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import { answerSheetStore } from './answer-sheets.ts';
import { readAssessmentsOf, readTargetEvidence } from './by-target.ts';
import { controlStore } from './controls.ts';
import { addReturns, readReturns, readSightings } from './detection.ts';
import { dispatchStore } from './dispatch.ts';
import { fleetStore } from './fleet.ts';
import { holdStore } from './holds.ts';
import { migrate } from './migrations.ts';
import { noticeStore } from './notice.ts';
import {
  bodies,
  observationPages,
  readAsides,
  readCosts,
  readJudgement,
  readKnown,
  readLastSeen,
  readResolverCosts,
  readRuns,
  readScanLooks,
  readSnapshot,
} from './read.ts';
import type { Kysely } from 'kysely';
import type { StorePlace } from './place.ts';
import { openSqlite } from './sqlite.ts';
import type { Database } from './tables.ts';
import { trackStore } from './track.ts';
import type { Store } from './types.ts';
import { workerStore } from './workers.ts';
import {
  commitTarget,
  createRun,
  insertAssessments,
  insertFindings,
  insertJudgement,
  insertKnown,
  replaceFindings,
  saveAsides,
} from './write.ts';

/** Opens a store, making or migrating it as needed; a bare text is the path of a SQLite file. */
export async function openStore(place: string | StorePlace, how: OpenHow = {}): Promise<Store> {
  return storeOver(await openDatabase(typeof place === 'string' ? { engine: 'sqlite', path: place } : place, how));
}

/** `silenceMs`: a connection to a server on which nothing moves for so long is broken off, for who must not wait for ever. */
export type OpenHow = { readonly silenceMs?: number };

/** The database of a place, in the newest shape. */
export async function openDatabase(place: StorePlace, how: OpenHow = {}): Promise<Kysely<Database>> {
  // Most commands need no driver of a server's.
  const db =
    place.engine === 'sqlite' ? openSqlite(place.path) : (await import('./postgres.ts')).openPostgres(place.url, how);
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

function storeOver(db: Kysely<Database>): Store {
  return {
    ...fleetStore(db),
    ...workerStore(db),
    ...holdStore(db),
    ...dispatchStore(db),
    createRun: (run) => db.transaction().execute((tx) => createRun(tx, run)),
    commitTarget: (run, session, result) => db.transaction().execute((tx) => commitTarget(tx, run, session, result)),
    finishRun: async (id, state, at) => {
      await db.updateTable('run').set({ state, ended_at: at }).where('id', '=', id).execute();
    },
    reopenRun: async (id) => {
      await db.updateTable('run').set({ state: 'running', ended_at: null }).where('id', '=', id).execute();
    },
    replaceFindings: (judgement, findings) =>
      db.transaction().execute((tx) => replaceFindings(tx, judgement, findings)),
    saveAssessments: (judgement, assessments, asides) =>
      db.transaction().execute(async (tx) => {
        await tx.deleteFrom('assessment').where('judgement', '=', judgement).execute();
        await insertAssessments(tx, judgement, assessments);
        if (asides !== undefined) await saveAsides(tx, judgement, asides);
      }),
    addJudgement: (run, at, lawbook, findings, assessments, known = new Map(), asides) =>
      db.transaction().execute(async (tx) => {
        const judgement = await insertJudgement(tx, run, at, lawbook);
        await insertFindings(tx, judgement, findings);
        await insertAssessments(tx, judgement, assessments);
        await insertKnown(tx, judgement, known);
        if (asides !== undefined) await saveAsides(tx, judgement, asides);
        return judgement;
      }),
    runs: () => readRuns(db, { kind: 'scan' }),
    verifications: () => readRuns(db, { kind: 'verification' }),
    run: async (id) => (await readRuns(db, { id }))[0],
    settings: async (id) => {
      const row = await db.selectFrom('run').select('settings').where('id', '=', id).executeTakeFirstOrThrow();
      return JSON.parse(row.settings) as Record<string, unknown>;
    },
    inventory: async (id) => {
      const row = await db.selectFrom('run').select('inventory_hash').where('id', '=', id).executeTakeFirstOrThrow();
      return (await readSnapshot(db, row.inventory_hash)) as Inventory;
    },
    targets: async (run, state) => {
      let query = db.selectFrom('target').select('body').where('run', '=', run).orderBy('position');
      if (state !== undefined) query = query.where('state', '=', state);
      return bodies(await query.execute()) as readonly Target[];
    },
    observations: async (run) =>
      bodies(
        await db
          .selectFrom('observation')
          .select('body')
          .where('run', '=', run)
          .orderBy('target')
          .orderBy('kind')
          .execute(),
      ) as readonly Observation[],
    observationPages: (run, kind) => observationPages(db, run, kind),
    targetEvidence: (run, judgement, targets) => readTargetEvidence(db, run, judgement, targets),
    assessmentsOf: (judgement, system) => readAssessmentsOf(db, judgement, system),
    lastSeen: (until) => readLastSeen(db, until),
    judgement: (run, id) => readJudgement(db, run, id),
    findings: async (judgement) =>
      bodies(
        await db
          .selectFrom('finding')
          .select('body')
          .where('judgement', '=', judgement)
          .orderBy('system')
          .orderBy('target')
          .orderBy('check')
          .execute(),
      ) as readonly Finding[],
    assessments: async (judgement) =>
      bodies(
        await db
          .selectFrom('assessment')
          .select('body')
          .where('judgement', '=', judgement)
          .orderBy('system')
          .orderBy('obligation')
          .execute(),
      ) as readonly Assessment[],
    asides: (judgement) => readAsides(db, judgement),
    known: (judgement) => readKnown(db, judgement),
    costs: (run) => readCosts(db, run),
    resolverCosts: (run) => readResolverCosts(db, run),
    scanLooks: (until) => readScanLooks(db, until),
    addReturns: (returns, sightings) => db.transaction().execute((tx) => addReturns(tx, returns, sightings)),
    detectionReturns: (run) => readReturns(db, run),
    sightings: (run) => readSightings(db, run),
    track: trackStore(db),
    answerSheets: answerSheetStore(db),
    controls: controlStore(db),
    notices: noticeStore(db),
    close: () => db.destroy(),
  };
}
