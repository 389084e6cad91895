import { neededKinds } from '../../inventory/targets.ts';
import type { Target } from '../../model/target.ts';
import type { Store } from '../../store/types.ts';
import { createJudge, notRun } from '../observe-target.ts';

/** Targets settled in one transaction. */
const atATime = 500;

/**
 * Ends what still waits of a run whose deadline has passed: not observed, as whoever had come to it would have said. Gives how many.
 * A worker that brings one of them at the same time is first or second; it is kept once.
 */
export async function endInTime(store: Store, run: string, zone: string, by: string): Promise<number> {
  const waiting = await store.targets(run, 'waiting');
  if (waiting.length === 0) return 0;
  const { lawbook } = await store.judgement(run);
  const judge = createJudge(lawbook);
  const at = await store.storeTime();
  const resultOf = (target: Target) => {
    const observations = notRun(neededKinds(target), target, { zone, now: () => at });
    return { target: target.key, observations, findings: judge(target, observations).findings, costs: [] };
  };
  let settled = 0;
  for (let from = 0; from < waiting.length; from += atATime) {
    const results = waiting.slice(from, from + atATime).map((target) => ({ ...resultOf(target), resolverCosts: [] }));
    const became = await store.commitLane(run, by, results, { held: () => Promise.resolve('held') });
    settled += became.filter((one) => one === 'kept').length;
  }
  if (settled > 0) await store.addRunEvent(run, { at, kind: 'deadline-passed', detail: { targets: settled, by } });
  return settled;
}
