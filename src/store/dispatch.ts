import { sql, type Kysely, type Transaction } from 'kysely';
import type { Delivered } from '../model/desk.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Iso } from '../model/observation.ts';
import type { AloneSeat, Bond, Dispatch, DispatchStore, ExecuteSql, LaneBefore, LaneTaken } from './dispatch-types.ts';
import { dbNow } from './db-now.ts';
import { locateTargets } from './locate.ts';
import { refuseNewer } from './newest-shape.ts';
import { rawSqlOf } from './raw-sql.ts';
import type { Database } from './tables.ts';
import type { Store, TargetResult } from './types.ts';
import { commitOnce, saveAllCosts, saveSnapshot } from './write.ts';

/** `over`: the whole store over one connection of `db`. */
export function dispatchStore(
  db: Kysely<Database>,
  over: (connection: Kysely<Database>) => Store,
): DispatchStore & Pick<Store, 'alone' | 'commitLane' | 'locateLane'> {
  const raw = rawSqlOf(db);
  return {
    ...(raw === undefined ? {} : { executeSql: raw }),
    refuseNewer: () => refuseNewer(db),
    storeTime: async () => {
      const { rows } = await sql<{ now: Iso }>`select ${dbNow()} as now`.execute(db);
      return rows[0]?.now ?? new Date().toISOString();
    },
    setDispatch: async (run, state) => {
      const told = { state, seen_at: dbNow() };
      await db.updateTable('dispatch').set(told).where('run', '=', run).where('state', '!=', 'closed').execute();
      if (state === 'closed') await db.deleteFrom('lane').where('run', '=', run).execute();
    },
    dispatches: async (run) => {
      const which = run === undefined ? sql`d.state <> 'closed'` : sql`d.run = ${run}`;
      const { rows } = await sql<Dispatch>`
        select d.run, d.zone, d.state, d.starter,
          (select count(*) from target t where t.run = d.run and t.state = 'waiting') as waiting,
          extract(epoch from clock_timestamp() - d.seen_at::timestamptz)::float8 as "silentS",
          extract(epoch from clock_timestamp() - d.ends_at::timestamptz)::float8 as "overdueS"
        from dispatch d where ${which} order by d.run`.execute(db);
      return rows;
    },
    addDispatch: (run, zone, starter, { alsoBy, endsAt } = {}) =>
      db.transaction().execute(async (tx) => {
        // Whoever takes it up without an inventory, or a deadline, leaves it bound as it is.
        const bound = {
          ...(alsoBy === undefined ? {} : { also_hash: await saveSnapshot(tx, 'inventory', alsoBy) }),
          ...(endsAt === undefined ? {} : { ends_at: endsAt }),
        };
        await tx
          .insertInto('dispatch')
          .values({ run, zone, state: 'sending', starter, seen_at: dbNow(), ...bound })
          .onConflict((conflict) => conflict.column('run').doUpdateSet({ starter, seen_at: dbNow(), ...bound }))
          .execute();
      }),
    bounds: async (run) => {
      const row = await db
        .selectFrom('dispatch')
        .leftJoin('snapshot', 'snapshot.hash', 'dispatch.also_hash')
        .select(['also_hash', 'ends_at', 'snapshot.body'])
        .where('run', '=', run)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        word: wordOf(row),
        ...(row.body === null ? {} : { alsoBy: JSON.parse(row.body) as Inventory }),
        ...(row.ends_at === null ? {} : { endsAt: row.ends_at }),
      };
    },
    boundBy: async (runs) => {
      if (runs.length === 0) return new Map();
      const rows = await db
        .selectFrom('dispatch')
        .select(['run', 'also_hash', 'ends_at'])
        .where('run', 'in', [...runs])
        .execute();
      return new Map(rows.map((row) => [row.run, wordOf(row)] as const).filter(([, word]) => word !== ''));
    },
    addCosts: (run, session, costs) => db.transaction().execute((tx) => saveAllCosts(tx, run, session, costs)),
    bugs: async (run) => {
      const row = await db
        .selectFrom('observation')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('run', '=', run)
        .where('failure', '=', 'bug')
        .executeTakeFirstOrThrow();
      return row.count;
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
        order by position, key`.execute(db);
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
        // Whoever is lost is at nothing, and its job may be gone: a store put back beside an empty queue.
        .where('worker', 'in', db.selectFrom('worker').select('session').where('state', '=', 'there'))
        .executeTakeFirstOrThrow();
      return row.count;
    },
    commitLane: (run, session, results, bond) =>
      db.transaction().execute((tx) => commitLane(tx, run, session, results, bond)),
    locateLane: (run, located, locating) =>
      db.transaction().execute((tx) => locateTargets(tx, executeOn(tx), run, located, locating)),
    alone: (word, silentMs, use) =>
      db.connection().execute((connection) => alone(connection, word, silentMs, (seat) => use(over(connection), seat))),
  };
}

const wordOf = (row: Pick<Database['dispatch'], 'also_hash' | 'ends_at'>): string =>
  [row.also_hash, row.ends_at].filter((part) => part !== null).join(' ');

/**
 * Everything goes over the connection that has the lock: a process that was frozen, and whose lock is another's by now, can write
 * nothing more when it thaws, for the server has closed its connection.
 */
async function alone<T>(
  connection: Kysely<Database>,
  word: string,
  silentMs: number,
  use: (seat: AloneSeat) => Promise<T>,
): Promise<T | undefined> {
  const name = `rasoat ${word}`;
  const key = sql`hashtextextended(${name}, 0)`;
  type Row = { had: boolean; pid: number };
  const { rows } = await sql<Row>`select pg_try_advisory_lock(${key}) as had, pg_backend_pid() as pid`.execute(
    connection,
  );
  const [row] = rows;
  if (row?.had !== true) return undefined;
  const moving = setInterval(() => void sql`select 1`.execute(connection).catch(() => undefined), silentMs / 4);
  try {
    await sql`select set_config('idle_session_timeout', ${String(silentMs)}, false)`.execute(connection);
    return await use({ held: (execute) => holdsLock(execute, row.pid, name) });
  } finally {
    clearInterval(moving);
    // A connection that broke has let go of it by that.
    await sql`select pg_advisory_unlock(${key}), set_config('idle_session_timeout', '0', false)`
      .execute(connection)
      .catch(() => undefined);
  }
}

/** Whether the server has the lock down to that connection, whoever asks. */
async function holdsLock(execute: ExecuteSql, pid: number, name: string): Promise<'held' | 'lost'> {
  const { rows } = await execute(
    `select 1 from pg_locks where locktype = 'advisory' and granted and pid = $1
      and ((classid::bigint << 32) | objid::bigint) = hashtextextended($2, 0)`,
    [pid, name],
  );
  return rows.length > 0 ? 'held' : 'lost';
}

/** One statement at a time, within a transaction. */
function executeOn(db: Transaction<Database>): ExecuteSql {
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
  type Row = LaneTaken & { losses: number; session: string | null; host: string | null; pid: number | null };
  const { rows } = await sql<Row>`
    with given as (
      select * from unnest(${of('run')}::text[], ${of('lane')}::text[], ${of('attempt')}::bigint[]) as g (run, lane, attempt)),
    taken as (
      insert into lane (run, lane, worker, attempt, losses, since)
      select run, lane, ${worker}, attempt, 0, ${dbNow()} from given
      on conflict (run, lane) do update set worker = excluded.worker, attempt = excluded.attempt, since = excluded.since,
        losses = lane.losses + case when lane.worker = '' or lane.attempt >= excluded.attempt then 0 else 1 end
      returning run, lane, losses)
    select g.run, g.lane, g.attempt, t.losses, w.session, w.host, w.pid
    from given g join taken t on t.run = g.run and t.lane = g.lane
      left join lane l on l.run = g.run and l.lane = g.lane and l.attempt < g.attempt
      left join worker w on w.session = l.worker`.execute(db);
  return rows.map(({ run, lane, attempt, losses, session, host, pid }) => ({
    run,
    lane,
    attempt,
    losses,
    ...(session === null || host === null || pid === null ? {} : { lost: { session, host, pid } }),
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
