import type { LaneQueue, TakenJob } from '../../engine/queue/lane-queue.ts';
import type { Feeds } from '../../feeds/open.ts';
import type { Delivered, Desk, Lane, Lease, LookResult, WorkerAbout } from '../../model/desk.ts';
import type { Finding } from '../../model/finding.ts';
import type { Observation } from '../../model/observation.ts';
import type { Target } from '../../model/target.ts';
import type { Store } from '../../store/types.ts';
import { keepRound } from '../control-rounds.ts';
import { reach } from './away.ts';
import { createHoldDesk } from './hold-desk.ts';
import { locateLane } from './locate-lane.ts';
import { receiveJobs } from './receive-jobs.ts';
import { createRunOrders } from './run-orders.ts';
import type { FleetTimes } from './times.ts';
import { createWorkerNotes } from './worker-notes.ts';

export type LocalDeskOptions = {
  readonly store: Store;
  readonly queue: LaneQueue;
  readonly feeds: Feeds;
  /** Whose lanes are handed out. */
  readonly zone: string;
  readonly times: FleetTimes;
  /** Throws where what another machine saw of a target is not a whole look at it. */
  readonly fits?: (target: Target, observations: readonly Observation[]) => void;
  /** Told what a target that was kept came to. */
  readonly kept?: (target: Target, findings: readonly Finding[]) => void;
};

type Known = { readonly targets: ReadonlyMap<string, Target>; readonly left: Set<string> };

/**
 * The desk over store and queue, for one worker. What a worker delivers is judged here, and committed in one transaction with the
 * question whether the lane is still its own; the last result of a lane ends its job in the same transaction.
 */
export function createLocalDesk(options: LocalDeskOptions): Desk {
  const { store, queue, feeds, zone, times } = options;
  const orders = createRunOrders(store, feeds);
  const known = new Map<string, Known>();
  let about: WorkerAbout | undefined;
  let done = 0;
  let underWay: readonly Lease[] = [];
  let touchedAt = -Infinity;

  const me = (): WorkerAbout => {
    if (about === undefined) throw new Error('a worker says hello before it asks for anything');
    return about;
  };
  const notes = createWorkerNotes(store, me);
  const beatOf = () => ({ lanes: underWay.length, done, clockOffsetMs: about?.clockOffsetMs ?? 0 });

  /** Notes since when the store has been away; every lease needs a sign of life as soon as it is back. */
  async function asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await reach(ask);
    } catch (error) {
      notes.away();
      touchedAt = -Infinity;
      throw error;
    }
  }

  async function toLanes(jobs: readonly TakenJob[]): Promise<readonly Lane[]> {
    const lanes: Lane[] = [];
    const boundBy = await store.boundBy([...new Set(jobs.map(({ run }) => run))]);
    for (const [run, own] of Map.groupBy(jobs, (job) => job.run)) {
      const keys = own.flatMap((job) => job.keys);
      const bodies = await store.waitingTargets(run, keys);
      const bound = boundBy.get(run);
      const targets = new Map(bodies.map((body) => JSON.parse(body) as Target).map((target) => [target.key, target]));
      for (const { lease, keys: laneKeys, unresolved = {} } of own) {
        const left = laneKeys.flatMap((key) => targets.get(key) ?? []);
        if (left.length === 0) {
          // Everything was kept, and whoever had it died before it could say so; or the run is no more.
          await end(lease);
          continue;
        }
        known.set(lease.job, {
          targets: new Map(left.map((target) => [target.key, target])),
          left: new Set(left.map(({ key }) => key)),
        });
        lanes.push({ lease, targets: left, unresolved, ...(bound === undefined ? {} : { bound }) });
      }
    }
    return lanes;
  }

  async function end(lease: Lease): Promise<void> {
    await queue.complete(zone, lease);
    await store.dropLane(lease.run, lease.lane, me().session);
  }

  async function deliver(lease: Lease, results: readonly LookResult[]): Promise<readonly Delivered[]> {
    const { session, host, pid } = me();
    const { judge } = await orders.of(lease.run);
    const lane = known.get(lease.job);
    const targets = lane?.targets ?? (await targetsOf(lease.run, results));
    const judged = results.flatMap((result) => {
      const target = targets.get(result.target);
      if (target !== undefined) options.fits?.(target, result.observations);
      return target === undefined ? [] : [{ of: target, result: { ...result, ...judge(target, result.observations) } }];
    });
    const rest = new Set(lane?.left);
    for (const { of } of judged) rest.delete(of.key);
    const ends = lane !== undefined && rest.size === 0;
    const delivered = await store.commitLane(
      lease.run,
      session,
      judged.map(({ result }) => result),
      {
        held: (execute) => queue.holds(zone, lease, execute),
        ...(ends ? { ends: { lane: lease.lane, complete: (execute) => queue.complete(zone, lease, execute) } } : {}),
      },
    );
    const kept = judged.filter((_one, index) => delivered[index] === 'kept');
    done += kept.length;
    for (const { of, result } of kept) {
      lane?.left.delete(of.key);
      options.kept?.(of, result.findings);
    }
    const late = delivered.filter((became) => became === 'fenced').length;
    if (late > 0) {
      const { now } = await store.workerBeat(session, beatOf());
      await notes.tell(lease.run, now, 'late-refused', { lane: lease.lane, host, pid, targets: late });
    }
    if (ends || late > 0) known.delete(lease.job);
    // What waits no more was kept before, and what this look of it sent was sent all the same.
    for (const result of results) if (!targets.has(result.target)) await store.addCosts(lease.run, session, result);
    const byKey = new Map(judged.map(({ of }, index) => [of.key, delivered[index]]));
    return results.map(({ target }) => byKey.get(target) ?? 'had');
  }

  /** For whoever delivers what another process of this desk handed out. */
  async function targetsOf(run: string, results: readonly LookResult[]): Promise<ReadonlyMap<string, Target>> {
    const bodies = await store.waitingTargets(
      run,
      results.map(({ target }) => target),
    );
    return new Map(bodies.map((body) => JSON.parse(body) as Target).map((target) => [target.key, target]));
  }

  return {
    hello: (told) =>
      asked(async () => {
        about = told;
        // Once a minute: an upgrade ends who is older, and its lanes go to others.
        await store.refuseNewer();
        await queue.open(zone);
        const answer = await store.workerHello(told, beatOf());
        // It was set amid its lanes, and may be right again before it takes others.
        await notes.tellClock(answer.now, underWay);
        return answer;
      }),
    take: (atMost) =>
      asked(async () => {
        const position = (await store.fleetSwitch())?.position ?? 'on';
        if (position !== 'on') return [];
        const jobs = await queue.take(zone, atMost);
        if (jobs.length === 0) return [];
        const by = me();
        const { now } = await store.workerBeat(by.session, beatOf());
        await notes.tellClock(now, jobs);
        return toLanes(await receiveJobs({ store, queue, zone, times, tell: notes.tell, by, now }, jobs));
      }),
    order: (run) => asked(async () => (await orders.newest(run)).order),
    touch: (leases) =>
      asked(async () => {
        underWay = leases;
        const { now, position } = await store.workerBeat(me().session, beatOf());
        await notes.tellAway(now, underWay);
        let lost: readonly string[] = [];
        if (performance.now() - touchedAt > times.leaseSeconds * 250) {
          lost = await queue.touch(zone, leases);
          touchedAt = performance.now();
        }
        for (const job of lost) known.delete(job);
        return { lost, now: position };
      }),
    locate: (lease, located) =>
      asked(async () => {
        const lane = known.get(lease.job);
        const became = await locateLane({ store, queue, zone }, lease, located, lane && [...lane.targets.values()]);
        known.delete(lease.job);
        return became;
      }),
    deliver: (lease, results) => asked(() => deliver(lease, results)),
    costs: (run, costs) => asked(() => store.addCosts(run, me().session, costs)),
    controls: (run, round) =>
      asked(async () => {
        const { law } = await orders.of(run);
        return (await keepRound(store, run, law, round, me().session)).became;
      }),
    finish: (lease) =>
      asked(async () => {
        // With nothing left it ended with its last result.
        const lane = known.get(lease.job);
        known.delete(lease.job);
        if (lane !== undefined) await end(lease);
      }),
    giveBack: (lease) =>
      asked(async () => {
        known.delete(lease.job);
        await store.dropLane(lease.run, lease.lane, me().session);
        await queue.giveBack(zone, lease);
      }),
    holds: createHoldDesk(store, () => me().session, times.holdMs),
    close: async () => {
      if (about === undefined) return;
      const { session } = about;
      await reach(() => store.workerBye(session)).catch(() => undefined);
    },
  };
}
