import { sql, type Kysely, type Transaction } from 'kysely';
import type { WorkerAbout } from '../model/desk.ts';
import type { Iso } from '../model/observation.ts';
import type { SwitchPosition } from '../model/switch.ts';
import { dbNow } from './db-now.ts';
import type { Database } from './tables.ts';

/** A worker as its last sign of life tells; instants are the database's. */
export type WorkerSeen = WorkerAbout & {
  /** `there`; `gone`: took its leave; `lost`: was silent for longer than a lease. */
  readonly state: 'there' | 'gone' | 'lost';
  readonly since: Iso;
  readonly seenAt: Iso;
  /** Lanes under way. */
  readonly lanes: number;
  /** Targets whose results were kept. */
  readonly done: number;
  /** How far its own clock stands behind (positive) or before the database's. */
  readonly clockOffsetMs: number;
};

export type WorkerBeat = { readonly lanes: number; readonly done: number; readonly clockOffsetMs: number };

/** The register of workers. The database's clock counts, for theirs may be off. */
export type WorkerStore = {
  readonly workers: () => Promise<readonly WorkerSeen[]>;
  /** A worker begins, or tells more of itself. */
  readonly workerHello: (about: WorkerAbout, beat: WorkerBeat) => Promise<{ readonly now: Iso }>;
  /** A sign of life; gives the database's time and how the switch stands, in one question. */
  readonly workerBeat: (
    session: string,
    beat: WorkerBeat,
  ) => Promise<{ readonly now: Iso; readonly position: SwitchPosition }>;
  readonly workerBye: (session: string) => Promise<void>;
  /** Marks those that were silent for so long, and notes it with every run whose lanes they had. Each once. */
  readonly loseWorkers: (silentMs: number) => Promise<readonly WorkerSeen[]>;
  /**
   * Notes the same of workers whose lanes others took before that: lanes are let go a little sooner than their worker is lost. Not
   * of one that gave a sign of life within `silentMs`; each once.
   */
  readonly noteLost: (taken: readonly LanesLost[], silentMs: number) => Promise<void>;
};

/** Lanes of a run that a worker had. */
export type LanesLost = { readonly session: string; readonly run: string; readonly lanes: number };

/** Registers of workers that ended are kept this long. */
const keptDays = 7;

export function workerStore(db: Kysely<Database>): WorkerStore {
  return {
    workers: async () => (await db.selectFrom('worker').selectAll().orderBy('since').execute()).map(seen),
    workerHello: async ({ session, zone, host, pid, version }, beat) => {
      const old = dbNow(-keptDays * 86_400_000);
      await db.deleteFrom('worker').where('state', '!=', 'there').where('seen_at', '<', old).execute();
      const told = { ...columnsOf(beat), zone, host, pid, version, state: 'there' as const, seen_at: dbNow() };
      const { seen_at } = await db
        .insertInto('worker')
        .values({ session, since: dbNow(), ...told })
        .onConflict((conflict) => conflict.column('session').doUpdateSet(told))
        .returning('seen_at')
        .executeTakeFirstOrThrow();
      return { now: seen_at };
    },
    workerBeat: async (session, beat) => {
      const { lanes, done, clock_offset_ms } = columnsOf(beat);
      const { rows } = await sql<{ now: Iso; position: SwitchPosition | null }>`
        with beat as (
          update worker set seen_at = ${dbNow()}, state = 'there', lanes = ${lanes}, done = ${done},
            clock_offset_ms = ${clock_offset_ms} where session = ${session})
        select ${dbNow()} as now, (select position from fleet_switch order by id desc limit 1) as position`.execute(db);
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return { now: row.now, position: row.position ?? 'on' };
    },
    workerBye: async (session) => {
      await db
        .updateTable('worker')
        .set({ state: 'gone', seen_at: dbNow(), lanes: 0 })
        .where('session', '=', session)
        .execute();
    },
    loseWorkers: (silentMs) =>
      db.transaction().execute(async (tx) => {
        const rows = await tx
          .updateTable('worker')
          .set({ state: 'lost' })
          .where('state', '=', 'there')
          .where('seen_at', '<', dbNow(-silentMs))
          .returningAll()
          .execute();
        for (const row of rows) {
          const held = await tx
            .selectFrom('lane')
            .select((eb) => ['run', eb.fn.countAll<number>().as('lanes')])
            .where('worker', '=', row.session)
            .groupBy('run')
            .execute();
          for (const { run, lanes } of held) await noteOnce(tx, row, run, lanes);
        }
        return rows.map(seen);
      }),
    noteLost: (taken, silentMs) =>
      db.transaction().execute(async (tx) => {
        const sessions = taken.map(({ session }) => session);
        const rows = await tx
          .selectFrom('worker')
          .selectAll()
          .where('session', 'in', sessions)
          .where('state', '!=', 'gone')
          .where('seen_at', '<', dbNow(-silentMs))
          .orderBy('session')
          .forUpdate()
          .execute();
        for (const row of rows)
          for (const { run, lanes } of taken.filter(({ session }) => session === row.session))
            await noteOnce(tx, row, run, lanes);
      }),
  };
}

/** Unless it was noted since the worker's last sign of life. Its row is locked, so that two never note it at once. */
async function noteOnce(tx: Transaction<Database>, row: Database['worker'], run: string, lanes: number): Promise<void> {
  const { host, pid, zone, seen_at } = row;
  const told = await tx
    .selectFrom('run_event')
    .select('body')
    .where('run', '=', run)
    .where('kind', '=', 'worker-lost')
    .where('at', '>=', seen_at)
    .execute();
  const isIt = (body: string) => {
    const before = JSON.parse(body) as { readonly host: string; readonly pid: number };
    return before.host === host && before.pid === pid;
  };
  if (told.some(({ body }) => isIt(body))) return;
  const body = JSON.stringify({ host, lanes, pid, zone });
  await tx.insertInto('run_event').values({ run, at: dbNow(), kind: 'worker-lost', body }).execute();
}

const columnsOf = ({ lanes, done, clockOffsetMs }: WorkerBeat) => ({
  lanes,
  done,
  clock_offset_ms: Math.round(clockOffsetMs),
});

function seen(row: Database['worker']): WorkerSeen {
  const { session, zone, host, pid, version, state, since, lanes, done } = row;
  const about = { session, zone, host, pid, version };
  return { ...about, state, since, seenAt: row.seen_at, lanes, done, clockOffsetMs: row.clock_offset_ms };
}
