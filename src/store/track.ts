import type { Kysely, Transaction } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { TargetKey } from '../model/target.ts';
import type { ChainHead } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { Sighting } from '../model/track/sighting.ts';
import type { RunGlance } from '../model/track/trend.ts';
import type { Database } from './tables.ts';
import type { SightingInRun } from '../model/track/report-track.ts';
import { readMarks } from './marks.ts';
import type { RawRecord, TrackReader, TrackStore } from './track-types.ts';
import { writeTrack } from './track-write.ts';

const pageRecords = 2000;
/** Findings asked for at once, under SQLite's limit of bound values. */
const atOnce = 500;

/** The tables of the life of findings. */
export function trackStore(db: Kysely<Database>): TrackStore {
  return {
    ...reader(db),
    change: (work) =>
      db.transaction().execute(async (tx) => {
        // A write before the first read takes the lock, so what is read is not stale when it is written over.
        await tx
          .insertInto('history_head')
          .values({ id: 1, seq: 0, hash: '0'.repeat(64) })
          .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ seq: eb.ref('history_head.seq') })))
          .execute();
        const change = await work(reader(tx));
        if (change !== undefined) await writeTrack(tx, await readHead(tx), change);
      }),
    records: (after) => recordPages(db, after),
    sightings: async (run) => {
      const rows = await db.selectFrom('sighting').selectAll().where('run', '=', run).orderBy('finding').execute();
      return rows.map(({ run: _run, ...row }) => sighting(row));
    },
    sightingRuns: async () =>
      (await db.selectFrom('sighting').select('run').distinct().execute()).map(({ run }) => run),
    sightingsOf: async (findings) => {
      const seen: SightingInRun[] = [];
      for (const some of chunks(findings)) {
        const rows = await db.selectFrom('sighting').selectAll().where('finding', 'in', some).execute();
        seen.push(...rows.map(({ run, ...row }) => ({ ...sighting(row), run })));
      }
      return seen.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    },
    marks: (findings) => readMarks(db, findings),
    runRecords: async () => {
      // By the index of runs; for whole rows that are not null SQLite walks a year's history to find fifty.
      const rows = await db.selectFrom('history').selectAll().where('run', '>', '').execute();
      return rows.toSorted((a, b) => a.seq - b.seq).map(rawRecord);
    },
    glances: async (only) => {
      const all = db.selectFrom('run_glance').selectAll();
      const rows = await (only === undefined ? all : all.where('run', '=', only)).execute();
      return new Map(rows.map(({ run, body }) => [run, JSON.parse(body) as RunGlance]));
    },
    glanceRuns: async () => (await db.selectFrom('run_glance').select('run').execute()).map(({ run }) => run),
    saveGlance: async (run, glance) => {
      const row = { run, body: canonicalJson(glance) };
      await db
        .insertInto('run_glance')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

function reader(db: Kysely<Database> | Transaction<Database>): TrackReader {
  return {
    head: () => readHead(db),
    lives: async (zone, systems) => {
      // In the order of their ids, found here: by the index of a store's 25,000 lives it takes three times as long.
      let query = db.selectFrom('life').select('body');
      if (zone !== undefined) query = query.where('zone', '=', zone);
      if (systems?.length === 0) return [];
      if (systems !== undefined) query = query.where('system', 'in', systems);
      return lives(await query.execute()).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },
    livesBy: async (prefix) =>
      lives(
        await db
          .selectFrom('life')
          .select('body')
          .where('finding', '>=', prefix)
          .where('finding', '<', `${prefix}~`)
          .orderBy('finding')
          .execute(),
      ),
    runs: async () => {
      // Put in order here: by the database's order of `seq` SQLite walks a year's whole history instead of its index of runs.
      const rows = await db.selectFrom('history').select(['seq', 'run']).where('run', 'is not', null).execute();
      return rows.toSorted((a, b) => a.seq - b.seq).flatMap(({ run }) => run ?? []);
    },
    recordsOf: async (findings) => {
      const rows: RawRecord[] = [];
      for (const some of chunks(findings)) {
        const found = await db.selectFrom('history').selectAll().where('finding', 'in', some).execute();
        rows.push(...found.map(rawRecord));
      }
      return rows.sort((a, b) => a.seq - b.seq);
    },
    places: async (zone) => {
      const rows = await db.selectFrom('place').select(['place', 'targets']).where('zone', '=', zone).execute();
      return new Map(rows.map(({ place, targets }) => [place, JSON.parse(targets) as readonly TargetKey[]]));
    },
  };
}

async function readHead(db: Kysely<Database> | Transaction<Database>): Promise<ChainHead> {
  const row = await db.selectFrom('history_head').select(['seq', 'hash']).executeTakeFirst();
  return row === undefined ? { seq: 0, hash: '0'.repeat(64) } : { seq: row.seq, hash: row.hash };
}

async function* recordPages(
  db: Kysely<Database>,
  from = Number.MIN_SAFE_INTEGER,
): AsyncGenerator<readonly RawRecord[]> {
  let after = from;
  for (;;) {
    const rows = await db
      .selectFrom('history')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(pageRecords)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(rawRecord);
    after = last.seq;
  }
}

const rawRecord = ({ seq, prev, hash, body }: Database['history']): RawRecord => ({
  seq,
  prev,
  hash,
  body: parsed(body),
});

/** Somebody may have written what is no JSON: that is for the verifier to tell, not for the reader to die of. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

const lives = (rows: readonly { readonly body: string }[]): readonly Life[] =>
  rows.map(({ body }) => JSON.parse(body) as Life);

function sighting({ finding, mark, at, evidence, cause }: Omit<Database['sighting'], 'run'>): Sighting {
  // Only this store writes them; the verifier holds them against the chain.
  return {
    finding,
    mark,
    at,
    ...(evidence === null ? {} : { evidence }),
    ...(cause === null ? {} : { cause }),
  } as Sighting;
}

function* chunks(items: readonly string[]): Generator<string[]> {
  for (let from = 0; from < items.length; from += atOnce) yield items.slice(from, from + atOnce);
}
