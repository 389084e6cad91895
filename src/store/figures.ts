import { sql, type Kysely } from 'kysely';
import type { RunKind, RunUnderWay } from '../model/fleet-figures.ts';
import type { Iso } from '../model/observation.ts';
import type { Run } from '../model/run.ts';
import { knownMigrations } from './migration-names.ts';
import type { Database } from './tables.ts';

/** What the store tells of scans from one zone. */
export type ZoneTotals = {
  readonly zone: string;
  readonly finished: readonly { readonly run: string; readonly startedAt: Iso; readonly endedAt: Iso }[];
  readonly connections: number;
  readonly datagrams: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
};

export type ZoneQueue = {
  readonly zone: string;
  readonly queued: number;
  readonly active: number;
  /** Since when the oldest that is queued waits. */
  readonly oldest?: Iso;
};

/** Counts and times for whoever keeps watch; each is one query that reads few rows of what is large. */
export type FigureStore = {
  readonly runCounts: () => Promise<
    readonly { readonly kind: RunKind; readonly state: Run['state']; readonly count: number }[]
  >;
  readonly underWay: () => Promise<readonly RunUnderWay[]>;
  readonly zoneTotals: () => Promise<readonly ZoneTotals[]>;
  /** Observations of a run by kind and how they ended. */
  readonly observationCounts: (
    run: string,
  ) => Promise<readonly { readonly kind: string; readonly result: string; readonly count: number }[]>;
  readonly size: () => Promise<{ readonly engine: 'sqlite' | 'postgres'; readonly bytes: number }>;
  /** The clock of whoever keeps the store: this machine's for a file. */
  readonly now: () => Promise<Iso>;
  /** The newest instant that anything in the store is of. */
  readonly newestInstant: () => Promise<Iso | undefined>;
  /** Lanes in the queue by zone; undefined: there is no queue in this store. */
  readonly queues: () => Promise<readonly ZoneQueue[] | undefined>;
  readonly prunedRuns: () => Promise<number>;
  /** Whether the store has the shape that this program knows; `ahead`: a newer program has changed it. */
  readonly shape: () => Promise<'right' | 'behind' | 'ahead'>;
};

export function figureStore(db: Kysely<Database>): FigureStore {
  return {
    runCounts: () =>
      db
        .selectFrom('run')
        .select((eb) => ['kind', 'state', eb.fn.countAll<number>().as('count')])
        .groupBy(['kind', 'state'])
        .orderBy('kind')
        .orderBy('state')
        .execute(),
    underWay: () => readUnderWay(db),
    zoneTotals: () => readZoneTotals(db),
    observationCounts: async (run) => {
      const rows = await db
        .selectFrom('observation')
        .select((eb) => ['kind', 'failure', eb.fn.countAll<number>().as('count')])
        .where('run', '=', run)
        .groupBy(['kind', 'failure'])
        .orderBy('kind')
        .orderBy('failure')
        .execute();
      return rows.map(({ kind, failure, count }) => ({ kind, result: failure ?? 'ok', count }));
    },
    queues: () => readQueues(db),
    prunedRuns: async () => {
      const row = await db
        .selectFrom('pruned')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return row.count;
    },
    size: async () => {
      if (isPostgres(db)) {
        const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
        return { engine: 'postgres', bytes: rows[0]?.bytes ?? 0 };
      }
      const { rows } = await sql<{
        bytes: number;
      }>`select p.page_count * s.page_size as bytes from pragma_page_count p, pragma_page_size s`.execute(db);
      return { engine: 'sqlite', bytes: rows[0]?.bytes ?? 0 };
    },
    now: async () => {
      if (!isPostgres(db)) return new Date().toISOString();
      const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
      return (rows[0]?.now ?? new Date()).toISOString();
    },
    newestInstant: async () => {
      const row = await db
        .selectFrom('run')
        .select((eb) => [eb.fn.max('started_at').as('started'), eb.fn.max('ended_at').as('ended')])
        .executeTakeFirst();
      return [row?.started, row?.ended]
        .flatMap((at) => at ?? [])
        .sort()
        .at(-1);
    },
    shape: async () => {
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
      const made = new Set(rows.map(({ name }) => name));
      const known = new Set<string>(knownMigrations);
      if ([...made].some((name) => !known.has(name))) return 'ahead';
      return knownMigrations.every((name) => made.has(name)) ? 'right' : 'behind';
    },
  };
}

/** pg-boss keeps a queue a zone, `scan.<zone>`, in a schema of its own (src/engine/queue). */
async function readQueues(db: Kysely<Database>): Promise<readonly ZoneQueue[] | undefined> {
  if (!isPostgres(db)) return undefined;
  const { rows: found } = await sql<{
    there: boolean;
  }>`select to_regclass('rasoat_queue.job') is not null as there`.execute(db);
  if (found[0]?.there !== true) return undefined;
  const { rows } = await sql<{ name: string; queued: number; active: number; oldest: Date | null }>`
    select name, count(*) filter (where state < 'active') as queued, count(*) filter (where state = 'active') as active,
      min(created_on) filter (where state < 'active') as oldest
    from rasoat_queue.job where name like 'scan.%' and state <= 'active' group by name order by name`.execute(db);
  return rows.map(({ name, queued, active, oldest }) => ({
    zone: name.slice('scan.'.length),
    queued,
    active,
    ...(oldest === null ? {} : { oldest: oldest.toISOString() }),
  }));
}

async function readUnderWay(db: Kysely<Database>): Promise<readonly RunUnderWay[]> {
  const runs = await db
    .selectFrom('run')
    .select(['id', 'kind', 'zone', 'started_at'])
    .where('state', '=', 'running')
    .orderBy('started_at')
    .execute();
  const counts = await db
    .selectFrom('target')
    .innerJoin('run', 'run.id', 'target.run')
    .select((eb) => ['target.run', 'target.state', eb.fn.countAll<number>().as('count')])
    .where('run.state', '=', 'running')
    .groupBy(['target.run', 'target.state'])
    .execute();
  const countOf = (id: string, state: 'waiting' | 'done') =>
    counts.find((row) => row.run === id && row.state === state)?.count ?? 0;
  return Promise.all(
    runs.map(async ({ id, kind, zone, started_at }): Promise<RunUnderWay> => {
      const row = await db
        .selectFrom('observation')
        .select((eb) => eb.fn.max('at').as('at'))
        .where('run', '=', id)
        .executeTakeFirst();
      const lastAt = row?.at as string | null | undefined;
      return {
        run: id,
        kind,
        zone,
        startedAt: started_at,
        waiting: countOf(id, 'waiting'),
        done: countOf(id, 'done'),
        ...(lastAt === null || lastAt === undefined ? {} : { lastAt }),
      };
    }),
  );
}

async function readZoneTotals(db: Kysely<Database>): Promise<readonly ZoneTotals[]> {
  const runs = await db
    .selectFrom('run')
    .select(['id', 'zone', 'kind', 'state', 'started_at', 'ended_at'])
    .orderBy('zone')
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const costs = await db
    .selectFrom('cost')
    .innerJoin('run', 'run.id', 'cost.run')
    .select((eb) => [
      'run.zone',
      eb.fn.sum<number>('connections').as('connections'),
      eb.fn.sum<number>('datagrams').as('datagrams'),
      eb.fn.sum<number>('bytes_sent').as('bytesSent'),
      eb.fn.sum<number>('bytes_received').as('bytesReceived'),
    ])
    .groupBy('run.zone')
    .execute();
  return [...Map.groupBy(runs, ({ zone }) => zone)].map(([zone, some]) => {
    const { connections, datagrams, bytesSent, bytesReceived } = costs.find((row) => row.zone === zone) ?? {
      connections: 0,
      datagrams: 0,
      bytesSent: 0,
      bytesReceived: 0,
    };
    return {
      zone,
      finished: some.flatMap(({ id, kind, state, started_at, ended_at }) =>
        kind === 'scan' && state === 'finished' && ended_at !== null
          ? [{ run: id, startedAt: started_at, endedAt: ended_at }]
          : [],
      ),
      connections,
      datagrams,
      bytesSent,
      bytesReceived,
    };
  });
}

const isPostgres = (db: Kysely<Database>): boolean => db.getExecutor().adapter.supportsMultipleConnections !== false;
