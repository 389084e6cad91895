import type { LaneQueue, TakenJob } from '../../engine/queue/lane-queue.ts';
import type { WorkerAbout } from '../../model/desk.ts';
import type { LaneBefore } from '../../store/dispatch-types.ts';
import type { Store } from '../../store/types.ts';
import type { LanesLost } from '../../store/workers.ts';
import { giveUpLane, mostLosses } from './give-up.ts';
import type { FleetTimes } from './times.ts';
import type { WorkerNotes } from './worker-notes.ts';

export type ReceiveOptions = {
  readonly store: Store;
  readonly queue: LaneQueue;
  readonly zone: string;
  readonly times: FleetTimes;
  readonly tell: WorkerNotes['tell'];
  /** Whose they are from now on. */
  readonly by: WorkerAbout;
  /** By the database's clock. */
  readonly now: string;
};

/**
 * Writes down whose the lanes of these jobs are, and what went wrong with them before. Gives those to be worked at: a lane over which
 * too many workers were lost is ended here.
 */
export async function receiveJobs(
  { store, queue, zone, times, tell, by, now }: ReceiveOptions,
  jobs: readonly TakenJob[],
): Promise<readonly TakenJob[]> {
  const { session, host, pid } = by;
  const taken = jobs.map(({ run, lane, lease }) => ({ run, lane, attempt: lease.attempt }));
  const before = await store.takeLanes(session, taken);
  // Signs of life of lanes are rarer than those of their worker: lanes are ours before it is lost, and it has none when it is.
  const fromOthers = lanesLost(before);
  if (fromOthers.length > 0) await store.noteLost(fromOthers, times.leaseSeconds * 500);
  const hopeless = new Set<TakenJob>();
  for (const { run, lane, attempt, losses, lost } of before) {
    const job = jobs.find((one) => one.run === run && one.lane === lane);
    if (lost !== undefined) {
      const from = { host: lost.host, pid: lost.pid };
      await tell(run, now, 'lane-again', { lane, ...from, attempt: attempt + 1, by: `${host}/${String(pid)}` });
    }
    if (job === undefined || losses < mostLosses) continue;
    hopeless.add(job);
    await giveUpLane({ store, queue, zone, session, now }, job, losses);
  }
  return jobs.filter((job) => !hopeless.has(job));
}

/** How many lanes of each run each worker had that lost some. */
function lanesLost(before: readonly LaneBefore[]): readonly LanesLost[] {
  const taken = new Map<string, LanesLost>();
  for (const { run, lost } of before) {
    if (lost === undefined) continue;
    const key = `${lost.session} ${run}`;
    taken.set(key, { session: lost.session, run, lanes: (taken.get(key)?.lanes ?? 0) + 1 });
  }
  return [...taken.values()];
}
