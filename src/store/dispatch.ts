import { sql, type Kysely, type Transaction } from 'kysely';
import type { Delivered } from '../model/desk.ts';
import type { Database } from './tables.ts';
import type { ExecuteSql, TargetResult } from './types.ts';
import { dbNow } from './workers.ts';
import { commitOnce, saveAllCosts } from './write.ts';

/** A run whose lanes go to workers. */
export type Dispatch = {
  readonly run: string;
  readonly zone: string;
  readonly state: Database['dispatch']['state'];
  /** Targets that nobody has looked at yet. */
  readonly waiting: number;
  /** Seconds since its starter last gave a sign of life, by the database's clock. */
  readonly silentS: number;
};

/** A lane in a worker's hands. */
export type LaneTaken = { readonly run: string; readonly lane: string; readonly attempt: number };

/** How a lane was had before it was taken now. */
export type LaneBefore = LaneTaken & {
  /** Workers lost over it so far. */
  readonly losses: number;
  /** Who was lost over it last; absent: nobody. */
  readonly lost?: { readonly host: string; readonly pid: number };
};

/**
 * What a commit is bound to: whether the lane is still the worker's, asked within the transaction. `ended`: it ended with
 * this very attempt, whose answer the worker did not hear.
 */
export type Bond = {
  readonly held: (execute: ExecuteSql) => Promise<'held' | 'ended' | 'lost'>;
  /** The lane ends with these results. */
  readonly ends?: { readonly lane: string; readonly complete: (execute: ExecuteSql) => Promise<boolean> };
};

export type DispatchStore = {
  /** Absent of SQLite, which no queue can lie in. */
  readonly executeSql?: ExecuteSql;
  readonly addDispatch: (run: string, zone: string, starter: string) => Promise<void>;
  readonly setDispatch: (run: string, state: Database['dispatch']['state'], starter?: string) => Promise<void>;
  /** Those not closed, oldest first, or the one asked for. */
  readonly dispatches: (run?: string) => Promise<readonly Dispatch[]>;
  readonly targetCounts: (run: string) => Promise<{ readonly waiting: number; readonly done: number }>;
  /** Waiting targets among those asked for, in their order, as stored. */
  readonly waitingTargets: (run: string, keys: readonly string[]) => Promise<readonly string[]>;
  /** Notes who has lanes now, and tells how they were had before. */
  readonly takeLanes: (worker: string, lanes: readonly LaneTaken[]) => Promise<readonly LaneBefore[]>;
  readonly dropLane: (run: string, lane: string, worker: string) => Promise<void>;
  /** Lanes under way of a run. */
  readonly lanesUnderWay: (run: string) => Promise<number>;
  /** Commits results if the bond holds, each once; what they cost is kept in any case, for it was sent. */
  readonly commitLane: (
    run: string,
    session: string,
    results: readonly TargetResult[],
    bond: Bond,
  ) => Promise<readonly Delivered[]>;
  /** Runs `use` while no other process does it for the same word; undefined when one does. */
  readonly alone: <T>(word: string, use: () => Promise<T>) => Promise<T | undefined>;
};

export function dispatchStore(db: Kysely<Database>): DispatchStore {
  const isServer = db.getExecutor().adapter.supportsMultipleConnections !== false;
  return {
    ...(isServer ? { executeSql: executeOn(db) } : {}),
    addDispatch: async (run, zone, starter) => {
      await db.insertInto('dispatch').values({ run, zone, state: 'sending', starter, seen_at: dbNow() }).execute();
    },
    setDispatch: async (run, state, starter) => {
      const told = { state, seen_at: dbNow(), ...(starter === undefined ? {} : { starter }) };
      await db.updateTable('dispatch').set(told).where('run', '=', run).execute();
      if (state === 'closed') await db.deleteFrom('lane').where('run', '=', run).execute();
    },
    dispatches: async (run) => {
      const which = run === undefined ? sql`d.state <> 'closed'` : sql`d.run = ${run}`;
      const { rows } = await sql<Dispatch>`
        select d.run, d.zone, d.state,
          (select count(*) from target t where t.run = d.run and t.state = 'waiting') as waiting,
          extract(epoch from clock_timestamp() - d.seen_at::timestamptz)::float8 as "silentS"
        from dispatch d where ${which} order by d.run`.execute(db);
      return rows;
    },
    targetCounts: async (run) => {
      const rows = await db
        .selectFrom('target')
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .where('run', '=', run)
        .groupBy('state')
        .execute();
      const of = (state: 'waiting' | 'done') => rows.find((row) => row.state === state)?.count ?? 0;
      return { waiting: of('waiting'), done: of('done') };
    },
    waitingTargets: async (run, keys) => {
      const { rows } = await sql<{ body: string }>`
        select body from target where run = ${run} and state = 'waiting' and key = any(${[...keys]}::text[])
        order by position`.execute(db);
      return rows.map(({ body }) => body);
    },
    takeLanes: (worker, lanes) => takeLanes(db, worker, lanes),
    dropLane: async (run, lane, worker) => {
      const own = db.deleteFrom('lane').where('run', '=', run).where('lane', '=', lane).where('worker', '=', worker);
      await own.where('losses', '=', 0).execute();
      // What was lost over it is not forgotten because somebody gave it back.
      const kept = db.updateTable('lane').set({ worker: '' }).where('run', '=', run).where('lane', '=', lane);
      await kept.where('worker', '=', worker).execute();
    },
    lanesUnderWay: async (run) => {
      const row = await db
        .selectFrom('lane')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('run', '=', run)
        .where('worker', '!=', '')
        .executeTakeFirstOrThrow();
      return row.count;
    },
    commitLane: (run, session, results, bond) =>
      db.transaction().execute((tx) => commitLane(tx, run, session, results, bond)),
    alone: (word, use) =>
      db.connection().execute(async (connection) => {
        const key = sql`hashtextextended(${`rasoat ${word}`}, 0)`;
        const { rows } = await sql<{ had: boolean }>`select pg_try_advisory_lock(${key}) as had`.execute(connection);
        if (rows[0]?.had !== true) return undefined;
        try {
          return await use();
        } finally {
          // A connection that broke has let go of it by that.
          await sql`select pg_advisory_unlock(${key})`.execute(connection).catch(() => undefined);
        }
      }),
  };
}

function executeOn(db: Kysely<Database> | Transaction<Database>): ExecuteSql {
  return async (text, values = []) => {
    const query = { sql: text, parameters: values, query: { kind: 'RawNode' }, queryId: { queryId: 'queue' } };
    const { rows } = await db.executeQuery<unknown>(query as unknown as Parameters<typeof db.executeQuery>[0]);
    return { rows: [...rows] };
  };
}

async function takeLanes(
  db: Kysely<Database>,
  worker: string,
  lanes: readonly LaneTaken[],
): Promise<readonly LaneBefore[]> {
  const ordered = [...lanes].sort((a, b) => (`${a.run} ${a.lane}` < `${b.run} ${b.lane}` ? -1 : 1));
  const of = (column: keyof LaneTaken) => ordered.map((lane) => lane[column]);
  // Whoever is in the row without having given the lane back is lost to it; the outer select sees the rows as they were.
  const { rows } = await sql<LaneTaken & { losses: number; host: string | null; pid: number | null }>`
    with given as (
      select * from unnest(${of('run')}::text[], ${of('lane')}::text[], ${of('attempt')}::bigint[]) as g (run, lane, attempt)),
    taken as (
      insert into lane (run, lane, worker, attempt, losses, since)
      select run, lane, ${worker}, attempt, 0, ${dbNow()} from given
      on conflict (run, lane) do update set worker = excluded.worker, attempt = excluded.attempt, since = excluded.since,
        losses = lane.losses + case when lane.worker = '' or lane.attempt >= excluded.attempt then 0 else 1 end
      returning run, lane, losses)
    select g.run, g.lane, g.attempt, t.losses, w.host, w.pid
    from given g join taken t on t.run = g.run and t.lane = g.lane
      left join lane l on l.run = g.run and l.lane = g.lane and l.attempt < g.attempt
      left join worker w on w.session = l.worker`.execute(db);
  return rows.map(({ run, lane, attempt, losses, host, pid }) => ({
    run,
    lane,
    attempt,
    losses,
    ...(host === null || pid === null ? {} : { lost: { host, pid } }),
  }));
}

async function commitLane(
  tx: Transaction<Database>,
  run: string,
  session: string,
  results: readonly TargetResult[],
  { held, ends }: Bond,
): Promise<readonly Delivered[]> {
  const execute = executeOn(tx);
  const delivered: Delivered[] = [];
  const had = await held(execute);
  for (const result of results) {
    if (had === 'held') delivered.push((await commitOnce(tx, run, session, result)) ? 'kept' : 'had');
    else delivered.push(had === 'ended' ? 'had' : 'fenced');
    if (delivered.at(-1) !== 'kept') await saveAllCosts(tx, run, session, result);
  }
  if (had === 'held' && ends !== undefined) {
    await ends.complete(execute);
    await tx.deleteFrom('lane').where('run', '=', run).where('lane', '=', ends.lane).execute();
  }
  return delivered;
}
