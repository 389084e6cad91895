import type { Inventory } from '../model/inventory.ts';
import type { Observation } from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import { answerSheetStore } from './answer-sheets.ts';
import { carriedPlanStore } from './carried-plans.ts';
import { controlStore } from './controls.ts';
import { readAssessments, readAssessmentsOf, readTargetEvidence } from './by-target.ts';
import { addReturns, readReturns, readSightings } from './detection.ts';
import { readDiffering } from './differing.ts';
import { dispatchStore } from './dispatch.ts';
import { figureStore } from './figures.ts';
import { fleetStore } from './fleet.ts';
import { holdStore } from './holds.ts';
import { countOutcomes, readFindingHeads, readFindings } from './findings.ts';
import { keptStore } from './kept.ts';
import { keepLooks, readLastSeen, readScanLooks, readWholeLooks } from './look.ts';
import { bringToNewestShape } from './newest-shape.ts';
import { noticeStore } from './notice.ts';
import { readRunLooks } from './run-looks.ts';
import {
  bodies,
  observationPages,
  judgementSize,
  readAsides,
  readCosts,
  readJudgement,
  readKnown,
  readResolverCosts,
  readRuns,
  readSnapshot,
} from './read.ts';
import type { Kysely } from 'kysely';
import type { StorePlace } from './place.ts';
import { prunedRunLooks, pruneStore, withPruned, withPrunedSeen } from './pruned.ts';
import type { OpenHow } from './postgres.ts';
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

/** The database of a place, in the newest shape. */
export async function openDatabase(place: StorePlace, how: OpenHow = {}): Promise<Kysely<Database>> {
  // Most commands need no driver of a server's.
  const db =
    place.engine === 'sqlite' ? openSqlite(place.path) : (await import('./postgres.ts')).openPostgres(place.url, how);
  try {
    await bringToNewestShape(db);
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
    ...dispatchStore(db, storeOver),
    figures: figureStore(db),
    prune: pruneStore(db),
    createRun: (run) => db.transaction().execute((tx) => createRun(tx, run)),
    commitTarget: (run, session, result) => db.transaction().execute((tx) => commitTarget(tx, run, session, result)),
    finishRun: (id, state, at) =>
      db.transaction().execute(async (tx) => {
        await tx.updateTable('run').set({ state, ended_at: at }).where('id', '=', id).execute();
        await keepLooks(tx, id);
      }),
    reopenRun: async (id) => {
      // A worker may have closed it meanwhile.
      const open = db.updateTable('run').set({ state: 'running', ended_at: null }).where('id', '=', id);
      await open.where('state', '!=', 'finished').execute();
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
    runs: async () => withPruned(db, await readRuns(db, { kind: 'scan' })),
    verifications: async () => withPruned(db, await readRuns(db, { kind: 'verification' })),
    run: async (id) => (await withPruned(db, await readRuns(db, { id })))[0],
    partials: async () => withPruned(db, await readRuns(db, { kind: 'partial' })),
    settings: async (id) => {
      const row = await db.selectFrom('run').select('settings').where('id', '=', id).executeTakeFirstOrThrow();
      return JSON.parse(row.settings) as Record<string, unknown>;
    },
    inventory: async (id) => {
      const row = await db.selectFrom('run').select('inventory_hash').where('id', '=', id).executeTakeFirstOrThrow();
      return (await readSnapshot(db, row.inventory_hash)) as Inventory;
    },
    targets: async (run, state, system) => {
      let query = db.selectFrom('target').select('body').where('run', '=', run).orderBy('position').orderBy('key');
      if (state !== undefined) query = query.where('state', '=', state);
      if (system !== undefined) query = query.where('system', '=', system);
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
    lastSeen: async (until) => withPrunedSeen(db, until, await readLastSeen(db, until)),
    judgement: (run, id) => readJudgement(db, run, id),
    findings: (judgement, only) => readFindings(db, judgement, only),
    findingHeads: (judgement, only) => readFindingHeads(db, judgement, only),
    differing: (before, after) => readDiffering(db, before, after),
    outcomes: (judgement, only) => countOutcomes(db, judgement, only),
    assessments: (judgement, obligations) => readAssessments(db, judgement, obligations),
    judgementSize: (run) => judgementSize(db, run),
    asides: (judgement) => readAsides(db, judgement),
    known: (judgement) => readKnown(db, judgement),
    costs: (run) => readCosts(db, run),
    resolverCosts: (run) => readResolverCosts(db, run),
    runLooks: async (run) => (await prunedRunLooks(db, run)) ?? readRunLooks(db, run),
    scanLooks: (until, systems) => readScanLooks(db, until, systems),
    wholeLooks: (asked) => readWholeLooks(db, asked),
    addReturns: (returns, sightings) => db.transaction().execute((tx) => addReturns(tx, returns, sightings)),
    detectionReturns: (run) => readReturns(db, run),
    sightings: (run) => readSightings(db, run),
    track: trackStore(db),
    answerSheets: answerSheetStore(db),
    controls: controlStore(db),
    notices: noticeStore(db),
    carriedPlans: carriedPlanStore(db),
    kept: keptStore(db),
    close: () => db.destroy(),
  };
}
