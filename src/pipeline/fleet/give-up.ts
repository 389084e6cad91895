import type { LaneQueue, TakenJob } from '../../engine/queue/lane-queue.ts';
import { neededKinds } from '../../inventory/targets.ts';
import { failure } from '../../model/failure.ts';
import type { Iso } from '../../model/observation.ts';
import type { Target } from '../../model/target.ts';
import type { Store } from '../../store/types.ts';
import { createJudge } from '../observe-target.ts';

/** A lane over which so many workers were lost would end the whole fleet, one by one. */
export const mostLosses = 5;

export type GivingUp = {
  readonly store: Store;
  readonly queue: LaneQueue;
  readonly zone: string;
  readonly session: string;
  readonly now: Iso;
};

/** Ends a lane that nobody survives: what its targets would have shown was not observed, by our own fault. */
export async function giveUpLane(
  { store, queue, zone, session, now }: GivingUp,
  { run, lane, keys, lease }: TakenJob,
  losses: number,
): Promise<void> {
  const bodies = await store.waitingTargets(run, keys);
  const { lawbook } = await store.judgement(run);
  const judge = createJudge(lawbook);
  const why = failure('bug', `${losses} workers were lost at ${lane}`);
  const results = bodies.map((body) => {
    const target = JSON.parse(body) as Target;
    const observations = neededKinds(target).map((kind) => ({
      kind,
      target: target.key,
      zone,
      at: now,
      ms: 0,
      probe: `${kind}/1`,
      ok: false as const,
      failure: why,
    }));
    return { target: target.key, observations, findings: judge(target, observations).findings };
  });
  await store.commitLane(
    run,
    session,
    results.map((result) => ({ ...result, costs: [], resolverCosts: [] })),
    {
      held: (execute) => queue.holds(zone, lease, execute),
      ends: { lane, complete: (execute) => queue.complete(zone, lease, execute) },
    },
  );
  await store.addRunEvent(run, { at: now, kind: 'lane-given-up', detail: { lane, losses } });
}
