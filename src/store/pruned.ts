import { createHash } from 'node:crypto';
import { sql, type ExpressionBuilder, type Kysely, type Transaction } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { Iso } from '../model/observation.ts';
import type { Pruned, Run } from '../model/run.ts';
import type { RunLook } from '../model/scan-look.ts';
import { readRunLooks } from './run-looks.ts';
import type { Database } from './tables.ts';

/** Which raw observations of a run stay: all of some targets, and all of some kinds. */
export type KeptRows = { readonly targets: readonly string[]; readonly kinds: readonly string[] };

/** What would go, or went. `bytes`: of the text of the rows, without indexes. */
export type PruneCount = { readonly rows: number; readonly bytes: number; readonly keptRows: number };

/** The rows of a run that are to go, and by which rule. */
export type PruneOrder = {
  readonly run: string;
  readonly at: Iso;
  readonly months: number;
  readonly kept: KeptRows;
};

export type PruneStore = {
  readonly count: (run: string, kept: KeptRows) => Promise<PruneCount>;
  /**
   * Notes that a run loses its raw observations, with a digest of those and what they tell of each system, and removes the first. From
   * then on nobody takes what is left for the whole. Does nothing where it was noted before.
   */
  readonly begin: (order: PruneOrder, atMost?: number) => Promise<void>;
  /** Removes some more of a run that was begun; 0: all are gone, and that is noted. */
  readonly removeSome: (run: string, at: Iso, atMost?: number) => Promise<number>;
  /** Runs that were begun and not ended: a process died between. */
  readonly begun: () => Promise<readonly string[]>;
  /** Gives the room back: a file of SQLite shrinks; PostgreSQL keeps its files and fills the room again. */
  readonly vacuum: () => Promise<void>;
};

/** One transaction is small enough that no other writer waits long. */
const atOnce = 2_000;
const page = 500;

type Body = { readonly kept: KeptRows; readonly looks: readonly RunLook[] };

export function pruneStore(db: Kysely<Database>): PruneStore {
  return {
    count: (run, kept) => countRows(db, run, kept),
    begin: (order, atMost = atOnce) => db.transaction().execute((tx) => begin(tx, order, atMost)),
    removeSome: (run, at, atMost = atOnce) => db.transaction().execute((tx) => removeSome(tx, run, at, atMost)),
    begun: async () =>
      (await db.selectFrom('pruned').select('run').where('ended_at', 'is', null).orderBy('run').execute()).map(
        ({ run }) => run,
      ),
    vacuum: async () => {
      if (isPostgres(db)) {
        await sql`vacuum (analyze) observation`.execute(db);
        return;
      }
      await sql`vacuum`.execute(db);
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
    },
  };
}

async function countRows(db: Kysely<Database>, run: string, kept: KeptRows): Promise<PruneCount> {
  const postgres = isPostgres(db);
  const size = postgres ? sql<number>`octet_length(body)` : sql<number>`length(cast(body as blob))`;
  const all = db.selectFrom('observation').where('run', '=', run);
  const total = await all.select((eb) => eb.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow();
  const going = await all
    .where((eb) => goes(eb, kept, postgres))
    .select((eb) => [eb.fn.countAll<number>().as('rows'), sql<number | null>`sum(${size})`.as('bytes')])
    .executeTakeFirstOrThrow();
  return { rows: going.rows, bytes: going.bytes ?? 0, keptRows: total.rows - going.rows };
}

/** Kept targets are asked for as one text of JSON: they may be more than an engine binds values. */
function goes(eb: ExpressionBuilder<Database, 'observation'>, { targets, kinds }: KeptRows, postgres: boolean) {
  const list = JSON.stringify(targets);
  const known = postgres
    ? sql<string>`(select jsonb_array_elements_text(${list}::jsonb))`
    : sql<string>`(select value from json_each(${list}))`;
  const stays = [
    ...(targets.length === 0 ? [] : [eb('target', 'in', known)]),
    ...(kinds.length === 0 ? [] : [eb('kind', 'in', [...kinds])]),
  ];
  return stays.length === 0 ? sql<boolean>`1 = 1` : eb.not(eb.or(stays));
}

async function begin(tx: Transaction<Database>, { run, at, months, kept }: PruneOrder, atMost: number): Promise<void> {
  const noted = await tx.selectFrom('pruned').select('run').where('run', '=', run).executeTakeFirst();
  if (noted !== undefined) return;
  const { rows, bytes } = await countRows(tx, run, kept);
  const body: Body = { kept, looks: await readRunLooks(tx, run) };
  await tx
    .insertInto('pruned')
    .values({
      run,
      at,
      ended_at: null,
      months,
      removed: rows,
      bytes,
      sha256: await digestOf(tx, run, kept),
      body: canonicalJson(body),
    })
    .execute();
  await remove(tx, run, kept, atMost);
}

async function removeSome(tx: Transaction<Database>, run: string, at: Iso, atMost: number): Promise<number> {
  const row = await tx.selectFrom('pruned').select('body').where('run', '=', run).executeTakeFirstOrThrow();
  const { kept } = JSON.parse(row.body) as Body;
  const removed = await remove(tx, run, kept, atMost);
  if (removed === 0) await tx.updateTable('pruned').set({ ended_at: at }).where('run', '=', run).execute();
  return removed;
}

async function remove(tx: Transaction<Database>, run: string, kept: KeptRows, atMost: number): Promise<number> {
  const postgres = isPostgres(tx);
  let removed = 0;
  while (removed < atMost) {
    const rows = await tx
      .selectFrom('observation')
      .select(['target', 'kind'])
      .where('run', '=', run)
      .where((eb) => goes(eb, kept, postgres))
      .orderBy('target')
      .orderBy('kind')
      .limit(Math.min(page, atMost - removed))
      .execute();
    if (rows.length === 0) break;
    for (const [kind, some] of Map.groupBy(rows, (one) => one.kind)) {
      await tx
        .deleteFrom('observation')
        .where('run', '=', run)
        .where('kind', '=', kind)
        .where(
          'target',
          'in',
          some.map(({ target }) => target),
        )
        .execute();
    }
    removed += rows.length;
  }
  return removed;
}

/** SHA-256 of the rows that go, a line of canonical JSON each: whoever has a backup can show that these were they. */
async function digestOf(tx: Transaction<Database>, run: string, kept: KeptRows): Promise<string> {
  const postgres = isPostgres(tx);
  const hash = createHash('sha256');
  let after: { readonly target: string; readonly kind: string } | undefined;
  for (;;) {
    const last = after;
    let query = tx
      .selectFrom('observation')
      .selectAll()
      .where('run', '=', run)
      .where((eb) => goes(eb, kept, postgres))
      .orderBy('target')
      .orderBy('kind')
      .limit(page);
    if (last !== undefined) {
      query = query.where((eb) =>
        eb.or([eb('target', '>', last.target), eb.and([eb('target', '=', last.target), eb('kind', '>', last.kind)])]),
      );
    }
    const rows = await query.execute();
    for (const row of rows) hash.update(`${canonicalJson({ ...row })}\n`);
    after = rows.at(-1);
    if (after === undefined) return hash.digest('hex');
  }
}

/** Runs with what is known of their raw observations' removal. */
export async function withPruned(db: Kysely<Database>, runs: readonly Run[]): Promise<readonly Run[]> {
  const rows = await db.selectFrom('pruned').select(['run', 'at', 'months']).execute();
  if (rows.length === 0) return runs;
  const pruned = new Map(rows.map(({ run, at, months }): [string, Pruned] => [run, { at, months }]));
  return runs.map((run) => {
    const one = pruned.get(run.id);
    return one === undefined ? run : { ...run, pruned: one };
  });
}

/** When each system was last seen, by pruned runs too. */
export async function withPrunedSeen(
  db: Kysely<Database>,
  until: Iso,
  seen: ReadonlyMap<string, Iso>,
): Promise<ReadonlyMap<string, Iso>> {
  const rows = await prunedScans(db, until);
  if (rows.length === 0) return seen;
  const latest = new Map(seen);
  for (const { body } of rows) {
    for (const { system, at } of looksIn(body)) {
      const known = latest.get(system);
      if (at !== null && at <= until && (known === undefined || known < at)) latest.set(system, at);
    }
  }
  return latest;
}

/** What a pruned run saw of each system; undefined of one that is whole. */
export async function prunedRunLooks(db: Kysely<Database>, run: string): Promise<readonly RunLook[] | undefined> {
  const row = await db.selectFrom('pruned').select('body').where('run', '=', run).executeTakeFirst();
  return row === undefined ? undefined : looksIn(row.body);
}

const looksIn = (body: string): readonly RunLook[] => (JSON.parse(body) as Body).looks;

const prunedScans = (db: Kysely<Database>, until: Iso) =>
  db
    .selectFrom('pruned')
    .innerJoin('run', 'run.id', 'pruned.run')
    .select(['pruned.run', 'pruned.body'])
    .where('run.kind', 'in', ['scan', 'partial'])
    .where('run.started_at', '<=', until)
    .execute();

const isPostgres = (db: Kysely<Database>): boolean => db.getExecutor().adapter.supportsMultipleConnections !== false;
