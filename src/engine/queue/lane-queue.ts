import { createHash } from 'node:crypto';
import { PgBoss, type JobAttempt } from 'pg-boss';
import type { Lease } from '../../model/desk.ts';
import type { Failure } from '../../model/failure.ts';

/** Asks the server; the store's own connections, so that a job and what it brought are settled in one transaction. */
export type ExecuteSql = (text: string, values?: readonly unknown[]) => Promise<{ readonly rows: unknown[] }>;

/** A lane as it waits in the queue. */
export type LaneJob = {
  readonly run: string;
  readonly lane: string;
  /** Keys of its targets, in their order. */
  readonly keys: readonly string[];
  /** The name that led to the lane's address in the zone, after the run began: beside the lane that the address has, if any. */
  readonly named?: string;
  /** Why a target has no address, by its key. */
  readonly unresolved?: Readonly<Record<string, Failure>>;
};

export type TakenJob = LaneJob & { readonly lease: Lease };

/** Lanes that wait and lanes under way, a queue for each zone; one lane of an address is under way at a time in a zone. */
export type LaneQueue = {
  /** Makes a zone's queue where there is none. */
  readonly open: (zone: string) => Promise<void>;
  /** Puts lanes in; what is there already, in whatever state, stays as it is. */
  readonly send: (zone: string, lanes: readonly LaneJob[], execute?: ExecuteSql) => Promise<void>;
  /** Lanes of a run that would not be taken by anybody any more, of those given: no job, or one that ended. */
  readonly missing: (zone: string, lanes: readonly LaneJob[]) => Promise<readonly LaneJob[]>;
  /** The same, made ready to be taken again. */
  readonly mend: (zone: string, lanes: readonly LaneJob[]) => Promise<void>;
  readonly take: (zone: string, atMost: number) => Promise<readonly TakenJob[]>;
  /** A sign of life; gives the jobs that are no longer held. */
  readonly touch: (zone: string, leases: readonly Lease[]) => Promise<readonly string[]>;
  /** Within a transaction: locks the job, so that nobody takes it before that ends. */
  readonly holds: (zone: string, lease: Lease, execute: ExecuteSql) => Promise<'held' | 'ended' | 'lost'>;
  readonly complete: (zone: string, lease: Lease, execute?: ExecuteSql) => Promise<boolean>;
  readonly giveBack: (zone: string, lease: Lease) => Promise<boolean>;
  /** Lets lanes go whose worker gave no sign of life for a lease; cheap when another process has just done so. */
  readonly supervise: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type LaneQueueOptions = {
  /** How long a lane stays a worker's without a sign of life; 10 at least. */
  readonly leaseSeconds: number;
};

/** pg-boss keeps its tables here, in the database of the store. */
const schema = 'rasoat_queue';
const queueOf = (zone: string): string => `scan.${zone}`;
const day = 86_400;

/**
 * Opens the queue. What was measured of pg-boss is in ../README.md: fetched in batches, never by `work()`; attempts fenced by id
 * and count of retries; given back by `fail()`, because `restore()` gives the next attempt the same count.
 */
export async function openLaneQueue(execute: ExecuteSql, { leaseSeconds }: LaneQueueOptions): Promise<LaneQueue> {
  const boss = new PgBoss({
    db: databaseOf(execute),
    schema,
    schedule: false,
    // Ours: it must not run while workers had no chance to give a sign of life (see `createFleetKeeper`).
    supervise: false,
    registerInstance: false,
    monitorIntervalSeconds: Math.max(1, Math.floor(leaseSeconds / 4)),
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  // What goes wrong is thrown to whoever asked; without a listener it would end us.
  boss.on('error', () => undefined);
  await boss.start();
  const opened = new Map<string, Promise<void>>();

  const open = (zone: string): Promise<void> => {
    let opening = opened.get(zone);
    if (opening === undefined) {
      opening = boss.createQueue(queueOf(zone), queueOptions(leaseSeconds));
      opening.catch(() => opened.delete(zone));
      opened.set(zone, opening);
    }
    return opening;
  };
  const insert = async (zone: string, lanes: readonly LaneJob[], inTransaction?: ExecuteSql): Promise<void> => {
    await open(zone);
    const options = inTransaction === undefined ? {} : { db: databaseOf(inTransaction) };
    for (let from = 0; from < lanes.length; from += 1000) {
      await boss.insert(queueOf(zone), lanes.slice(from, from + 1000).map(jobOf), options);
    }
  };
  const missing = async (zone: string, lanes: readonly LaneJob[]): Promise<readonly LaneJob[]> => {
    await open(zone);
    const ids = lanes.map(idOf);
    const { rows } = await execute(
      `select id::text as id from ${schema}.job where name = $1 and id = any($2::uuid[]) and state <= 'active'`,
      [queueOf(zone), ids],
    );
    const live = new Set((rows as readonly { readonly id: string }[]).map(({ id }) => id));
    return lanes.filter((_lane, index) => !live.has(ids[index] ?? ''));
  };

  return {
    open,
    send: insert,
    missing,
    mend: async (zone, lanes) => {
      if (lanes.length === 0) return;
      const ended = await missing(zone, lanes);
      if (ended.length > 0) await boss.deleteJob(queueOf(zone), ended.map(idOf));
      await insert(zone, ended);
    },
    take: async (zone, atMost) => {
      await open(zone);
      const jobs = await boss.fetch<LaneJob>(queueOf(zone), { batchSize: atMost });
      return jobs.map(({ id, retryCount, data }) => {
        const { run, lane } = data;
        return { ...data, lease: { run, lane, job: id, attempt: retryCount } };
      });
    },
    touch: async (zone, leases) => {
      if (leases.length === 0) return [];
      const answer = answerOf(await boss.touch(queueOf(zone), leases.map(attemptOf)));
      const held = new Set(answer.settled);
      return leases.filter(({ job }) => !held.has(job)).map(({ job }) => job);
    },
    holds: async (zone, lease, inTransaction) => {
      const db = databaseOf(inTransaction);
      const { affected } = answerOf(await boss.touch(queueOf(zone), attemptOf(lease), { db }));
      if (affected === 1) return 'held';
      const { rows } = await inTransaction(
        `select 1 from ${schema}.job where name = $1 and id = $2 and retry_count = $3 and state = 'completed'`,
        [queueOf(zone), lease.job, lease.attempt],
      );
      if (rows.length === 1) return 'ended';
      // Its lease ran out and nobody has taken the lane since: what comes late is as good as what came in time. Locked, so that
      // nobody takes it before this is kept.
      const { rows: free } = await inTransaction(
        `select 1 from ${schema}.job where name = $1 and id = $2 and retry_count >= $3 and state < 'active' for update`,
        [queueOf(zone), lease.job, lease.attempt],
      );
      return free.length === 1 ? 'held' : 'lost';
    },
    complete: async (zone, lease, inTransaction) => {
      const options = inTransaction === undefined ? {} : { db: databaseOf(inTransaction) };
      const { affected } = answerOf(await boss.complete(queueOf(zone), attemptOf(lease), null, options));
      return affected === 1;
    },
    giveBack: async (zone, lease) => {
      const { affected } = answerOf(await boss.fail(queueOf(zone), attemptOf(lease), { value: 'given back' }));
      return affected === 1;
    },
    supervise: () => boss.supervise(),
    close: () => boss.stop({ graceful: false, close: false }),
  };
}

function queueOptions(leaseSeconds: number) {
  return {
    policy: 'singleton',
    heartbeatSeconds: Math.max(10, leaseSeconds),
    // Whether a lane is tried again is decided by who takes it: pg-boss would let it fall after so many stops.
    retryLimit: 1_000_000,
    retryDelay: 0,
    expireInSeconds: day - 1,
    retentionSeconds: 365 * day,
    deleteAfterSeconds: day,
  } as const;
}

/** One lane of one run is one job, whoever sends it and how often. */
function idOf({ run, lane, named }: LaneJob): string {
  const which = named === undefined ? '' : `\n${named}`;
  const hex = createHash('sha256').update(`${run}\n${lane}${which}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function jobOf(lane: LaneJob) {
  return { id: idOf(lane), data: lane, singletonKey: lane.lane };
}

const attemptOf = ({ job, attempt }: Lease): JobAttempt => ({ id: job, retryCount: attempt });

/** What pg-boss answers and its types do not tell: how many jobs it found, and which. */
const answerOf = (answer: object) => answer as { readonly affected: number; readonly settled?: readonly string[] };

type Database = { readonly executeSql: (text: string, values?: unknown[]) => Promise<{ rows: never[] }> };

function databaseOf(execute: ExecuteSql): Database {
  return { executeSql: (text, values) => execute(text, values) as Promise<{ rows: never[] }> };
}
