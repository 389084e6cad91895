import type { Kysely } from 'kysely';
import type { FindingAside } from '../model/aside.ts';
import type { Check } from '../model/check.ts';
import type { Framework } from '../model/framework.ts';
import type { LevelBook } from '../model/level-law.ts';
import type { Kind, Observation } from '../model/observation.ts';
import type { Reference } from '../model/reference.ts';
import type { ResolverCost, Run, ScanCost } from '../model/run.ts';
import type { KnownSoftwareTable } from '../model/vulnerability.ts';
import type { Database } from './tables.ts';
import type { Judgement, KnownByTarget } from './types.ts';

/** The last snapshots that were read of each store: a command asks for its run's lawbook and inventory several times. */
const lately = new WeakMap<Kysely<Database>, Map<string, unknown>>();
const remembered = 8;

/** A stored inventory, lawbook part or reference by its hash. What has a hash never changes, so nobody may change what is given. */
export async function readSnapshot(db: Kysely<Database>, hash: string): Promise<unknown> {
  const known = lately.get(db) ?? new Map<string, unknown>();
  lately.set(db, known);
  if (known.has(hash)) return known.get(hash);
  const row = await db.selectFrom('snapshot').select('body').where('hash', '=', hash).executeTakeFirstOrThrow();
  const value: unknown = JSON.parse(row.body);
  known.set(hash, value);
  const [oldest] = known.keys();
  if (known.size > remembered && oldest !== undefined) known.delete(oldest);
  return value;
}

/** Parts of lawbooks that were read last, by their hash; few change in a year, and each is megabytes to parse and to compile. */
const lawParts = new WeakMap<Kysely<Database>, Map<string, Promise<unknown>>>();
const mostParts = 12;

/** The same object for the same hash, as long as it is among the last that were asked for: nobody changes it. */
function readLawPart(db: Kysely<Database>, hash: string): Promise<unknown> {
  const parts = lawParts.get(db) ?? new Map<string, Promise<unknown>>();
  lawParts.set(db, parts);
  const part = parts.get(hash) ?? readSnapshot(db, hash);
  parts.delete(hash);
  parts.set(hash, part);
  part.catch(() => parts.delete(hash));
  for (const old of [...parts.keys()].slice(0, -mostParts)) parts.delete(old);
  return part;
}

/** Runs of one kind, newest first, or the one asked for whatever it is. */
export async function readRuns(
  db: Kysely<Database>,
  asked: { readonly kind: Database['run']['kind'] } | { readonly id: string },
): Promise<readonly Run[]> {
  let query = db.selectFrom('run').selectAll('run').orderBy('started_at', 'desc').orderBy('id', 'desc');
  query = 'id' in asked ? query.where('id', '=', asked.id) : query.where('kind', '=', asked.kind);
  const rows = await query.execute();
  // One question for all: a year of runs is asked for several times by a command.
  const [only] = rows;
  let judged = db.selectFrom('judgement').select(['run', 'checks_hash', 'frameworks_hash']).orderBy('id');
  if (rows.length === 1 && only !== undefined) judged = judged.where('run', '=', only.id);
  const latest = new Map((await judged.execute()).map((judgement) => [judgement.run, judgement]));
  return rows.map((row) => {
    const judgement = latest.get(row.id);
    if (judgement === undefined) throw new Error(`run ${row.id} has no judgement`);
    return {
      id: row.id,
      ...(row.kind === 'scan' ? {} : { kind: row.kind }),
      tool: row.tool,
      zone: row.zone,
      state: row.state,
      startedAt: row.started_at,
      ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
      inventoryHash: row.inventory_hash,
      checksHash: judgement.checks_hash,
      frameworksHash: judgement.frameworks_hash,
      ...portListOf(row.settings),
    };
  });
}

/** Only `createRun` writes settings. */
function portListOf(settings: string): Pick<Run, 'portList'> {
  const { portList } = JSON.parse(settings) as Pick<Run, 'portList'>;
  return portList === undefined ? {} : { portList };
}

/** The latest judgement of a run, or the one asked for. */
export async function readJudgement(db: Kysely<Database>, run: string, id?: number): Promise<Judgement> {
  let query = db.selectFrom('judgement').selectAll().where('run', '=', run).orderBy('id', 'desc').limit(1);
  if (id !== undefined) query = query.where('id', '=', id);
  const row = await query.executeTakeFirstOrThrow();
  return {
    id: row.id,
    at: row.at,
    lawbook: {
      checks: (await readLawPart(db, row.checks_hash)) as readonly Check[],
      frameworks: (await readLawPart(db, row.frameworks_hash)) as readonly Framework[],
      ...(row.levels_hash === null ? {} : { levels: (await readLawPart(db, row.levels_hash)) as LevelBook }),
      reference: (await readLawPart(db, row.reference_hash)) as Reference,
    },
  };
}

/** What set fails aside when a judgement was assessed; undefined of one that is older than the keeping of it. */
export async function readAsides(
  db: Kysely<Database>,
  judgement: number,
): Promise<readonly FindingAside[] | undefined> {
  const row = await db.selectFrom('judgement').select('asides_hash').where('id', '=', judgement).executeTakeFirst();
  const hash = row?.asides_hash ?? null;
  return hash === null ? undefined : ((await readSnapshot(db, hash)) as readonly FindingAside[]);
}

/** The latest judgement of a run, and how many rows stand under it and under the run. */
export async function judgementSize(
  db: Kysely<Database>,
  run: string,
): Promise<Readonly<Record<string, string | number | null>>> {
  const row = await db
    .selectFrom('judgement')
    .selectAll()
    .where('run', '=', run)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const under = async (table: 'finding' | 'assessment' | 'known') =>
    db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('judgement', '=', row.id)
      .executeTakeFirstOrThrow();
  const { count: observations } = await db
    .selectFrom('observation')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('run', '=', run)
    .executeTakeFirstOrThrow();
  return {
    ...row,
    observations,
    findings: (await under('finding')).count,
    assessments: (await under('assessment')).count,
    known: (await under('known')).count,
  };
}

/** What the feeds answered of each target's software when a judgement was made. */
export async function readKnown(db: Kysely<Database>, judgement: number): Promise<KnownByTarget> {
  const rows = await db
    .selectFrom('known')
    .innerJoin('snapshot', 'snapshot.hash', 'known.hash')
    .select(['known.target', 'snapshot.body'])
    .where('judgement', '=', judgement)
    .execute();
  return new Map(rows.map(({ target, body }) => [target, JSON.parse(body) as KnownSoftwareTable]));
}

/** What each address received over all sessions of a run. */
export async function readCosts(db: Kysely<Database>, run: string): Promise<readonly ScanCost[]> {
  const rows = await db
    .selectFrom('cost')
    .select((eb) => [
      'address',
      eb.fn.sum<number>('connections').as('connections'),
      eb.fn.sum<number>('datagrams').as('datagrams'),
      eb.fn.sum<number>('refused_by_guard').as('refusedByGuard'),
      eb.fn.sum<number>('bytes_sent').as('bytesSent'),
      eb.fn.sum<number>('bytes_received').as('bytesReceived'),
      eb.fn.max('peak_per_second').as('peakPerSecond'),
    ])
    .where('run', '=', run)
    .groupBy('address')
    .orderBy('address')
    .execute();
  return rows.map((row) => ({ ...row }));
}

const pageTargets = 100;

/** Observations of one kind, those of a hundred targets at a time. */
export async function* observationPages(
  db: Kysely<Database>,
  run: string,
  kind: Kind,
): AsyncGenerator<readonly Observation[]> {
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('observation')
      .select(['target', 'body'])
      .where('run', '=', run)
      .where('kind', '=', kind)
      .where('target', '>', after)
      .orderBy('target')
      .limit(pageTargets)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield bodies(rows) as readonly Observation[];
    after = last.target;
  }
}

/** What each of our resolvers was asked over all sessions of a run. */
export async function readResolverCosts(db: Kysely<Database>, run: string): Promise<readonly ResolverCost[]> {
  const rows = await db
    .selectFrom('resolver_cost')
    .select((eb) => [
      'server',
      eb.fn.sum<number>('queries').as('queries'),
      eb.fn.sum<number>('bytes_sent').as('bytesSent'),
      eb.fn.sum<number>('bytes_received').as('bytesReceived'),
    ])
    .where('run', '=', run)
    .groupBy('server')
    .orderBy('server')
    .execute();
  return rows.map((row) => ({ ...row }));
}

/** The values of `body` columns, which only this store writes. */
export function bodies(rows: readonly { readonly body: string }[]): readonly unknown[] {
  return rows.map((row): unknown => JSON.parse(row.body));
}
