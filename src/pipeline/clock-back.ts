import type { Iso } from '../model/observation.ts';
import type { ClockBack } from '../model/scheduler.ts';
import type { Store } from '../store/types.ts';

/** A clock that stands behind by less is waited for, in milliseconds: its looks keep their time, and nothing is due before it. */
const farMs = 86_400_000;

/**
 * Whether the clock stands far behind the newest look, and since when. Runs by the clock before then count as made when that was
 * noticed: none is made twice, and after the usual pace they are made again, though the clock may need years to where it was.
 */
export async function clockBackOf(
  store: {
    readonly [K in 'runs' | 'partials']: () => Promise<
      readonly Pick<Awaited<ReturnType<Store[K]>>[number], 'id' | 'startedAt' | 'endedAt'>[]
    >;
  },
  at: Iso,
  known: ClockBack | undefined,
): Promise<ClockBack | undefined> {
  if (known !== undefined && known.at <= at) return known.newest > at ? known : undefined;
  const ends = [...(await store.runs()), ...(await store.partials())].map(({ id, startedAt, endedAt }) => {
    return { id, end: endedAt ?? startedAt };
  });
  const newest = ends
    .map(({ end }) => end)
    .sort()
    .at(-1);
  if (newest === undefined || Date.parse(newest) <= Date.parse(at) + farMs) return undefined;
  return { at, newest, runs: ends.filter(({ end }) => end > at).map(({ id }) => id) };
}
