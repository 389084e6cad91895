import type { Run } from '../../src/model/run.ts';
import type { Trend } from '../../src/model/track/trend.ts';
import { trendCounter } from '../../src/pipeline/count-trend.ts';
import { trendMeasure } from '../../src/pipeline/grow-trend.ts';
import { keptTrend, trendKey } from '../../src/pipeline/kept-trend.ts';
import { replayTo } from '../../src/pipeline/replay-track.ts';
import type { Store } from '../../src/store/types.ts';

/** The trend up to a run, counted from the beginning of the history. */
export async function countedWhole(store: Store, run: Run): Promise<Trend> {
  const { lawbook } = await store.judgement(run.id);
  const measure = await trendMeasure(run, await store.inventory(run.id), lawbook);
  const { next, counted } = await trendCounter(store, measure);
  await replayTo(store, { run: run.id, zone: run.zone }, next);
  return counted().trend;
}

/** The trend that was kept when a run was taken in; undefined: none was. */
export async function grown(store: Store, run: Run): Promise<Trend | undefined> {
  const { id } = await store.judgement(run.id);
  return keptTrend(store, run.id, await trendKey(store, run, id));
}
