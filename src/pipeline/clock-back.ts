import type { Iso } from '../model/observation.ts';
import type { SchedulerState } from '../model/scheduler.ts';
import type { Store } from '../store/types.ts';

/** Clocks of two machines may differ by so much, in milliseconds. */
const toleranceMs = 120_000;

/**
 * Whether the clock stands behind the newest look, and since when. Those looks then count as made when that was first noticed: none
 * is made twice, and after the usual pace they are made again, though the clock should never come to where it was.
 */
export async function clockBackOf(
  store: Pick<Store, 'runs' | 'partials'>,
  at: Iso,
  known: SchedulerState['clockBack'],
): Promise<{ readonly clockBack?: NonNullable<SchedulerState['clockBack']>; readonly futureAt: Iso }> {
  const newest = [...(await store.runs()), ...(await store.partials())]
    .map(({ startedAt, endedAt }) => endedAt ?? startedAt)
    .sort()
    .at(-1);
  if (newest === undefined || Date.parse(newest) <= Date.parse(at) + toleranceMs) return { futureAt: at };
  // Set back once more since then.
  const noticedAt = known === undefined || known.noticedAt > at ? at : known.noticedAt;
  return { clockBack: { noticedAt, newest }, futureAt: noticedAt };
}
