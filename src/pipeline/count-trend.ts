import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import type { Life } from '../model/track/life.ts';
import type { Trend } from '../model/track/trend.ts';
import type { Judgement, Store } from '../store/types.ts';
import { isOfSome } from '../track/take-in-partial.ts';
import { createTrend, seenIn, type TrendState } from '../track/trend.ts';
import type { Dues } from './due-on.ts';
import { keepCounted, trendMeasure } from './grow-trend.ts';
import { replayTo, type ReplayedRun } from './replay-track.ts';

export type Counted = { readonly trend: Trend; readonly state: TrendState | undefined };

/** Counts a zone's whole history up to a run, and keeps that for who asks next; undefined for a run that was not taken in. */
export async function countTrend(
  store: Store,
  run: Run,
  { inventory, judgement }: { readonly inventory: Inventory; readonly judgement: Judgement },
): Promise<Trend | undefined> {
  const measure = await trendMeasure(run, inventory, judgement.lawbook);
  const { next, counted } = await trendCounter(store, { due: onceEach(measure.due), hidden: measure.hidden });
  if ((await replayTo(store, { run: run.id, zone: run.zone }, next)) === undefined) return undefined;
  await keepCounted(store, run, judgement.id, counted(), measure);
  return counted().trend;
}

/** Counts replayed runs; those that looked at some findings or systems saw nothing of the rest, and are no points of a trend. */
export async function trendCounter(
  store: Store,
  { due, hidden }: { readonly due: (life: Life) => Dues; readonly hidden: ReadonlySet<string> },
): Promise<{ readonly next: (step: ReplayedRun) => void; readonly counted: () => Counted }> {
  const counting = createTrend({ dueOf: (life) => due(life).due[0], hidden });
  const glances = await store.track.glances();
  return {
    next: ({ event, at, lives, sightings }) => {
      if (isOfSome(event)) return;
      const glance = glances.get(event.run);
      const { run, checksHash } = event;
      const seen = seenIn(sightings);
      counting.next({ run, at, checksHash, lives, seen, ...(glance === undefined ? {} : { glance }) });
    },
    counted: () => ({ trend: counting.trend(), state: counting.state() }),
  };
}

/** Due days once for all weeks in which a finding is in the same trouble. */
export function onceEach(dueOf: (life: Life) => Dues): (life: Life) => Dues {
  const known = new Map<string, Dues>();
  return (life) => {
    const { id, check, severity, openedAt, phase, words } = life;
    const key = [id, check, severity, openedAt, phase, words.time ?? ''].join('\n');
    const found = known.get(key) ?? dueOf(life);
    known.set(key, found);
    return found;
  };
}
