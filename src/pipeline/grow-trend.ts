import { dayOf } from '../model/day.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import type { RunEvent } from '../model/track/history.ts';
import type { Trend } from '../model/track/trend.ts';
import type { Judgement, Lawbook, Store } from '../store/types.ts';
import { recordOf } from '../track/chain.ts';
import type { Lives } from '../track/fold.ts';
import { isOfSome } from '../track/take-in-partial.ts';
import { createTrend, type TrendState } from '../track/trend.ts';
import { dueMeasure, type DueMeasure } from './due-on.ts';
import { keepTrend, keptTrend, trendKey } from './kept-trend.ts';
import { hiddenSystems } from './track-view.ts';
import { keepTrendState, readTrendState, type KeptState } from './trend-state.ts';

/** A run as it was just taken in: the lives of its zone, and which of them it saw. */
export type TakenRun = { readonly at: string; readonly lives: Lives; readonly seen: ReadonlySet<string> };

/** Measures due days and tells what is hidden, all by the newest run's own inventory and lawbook. */
export type TrendMeasure = DueMeasure & { readonly hidden: ReadonlySet<string> };

export async function trendMeasure(run: Run, inventory: Inventory, lawbook: Lawbook): Promise<TrendMeasure> {
  const day = dayOf(run.endedAt ?? run.startedAt);
  return { ...(await dueMeasure(inventory, lawbook, day)), hidden: hiddenSystems(inventory) };
}

/**
 * Puts the point of a run that was just taken in behind the trend kept of the run before it, and keeps that: a year of runs is
 * not counted again for one. False, and nothing kept, where there is none, or where what it was counted by has changed since: a
 * system's level, a text that came into force, a system that may no longer be spoken of, another program.
 */
export async function growTrend(store: Store, run: Run, taken: TakenRun): Promise<boolean> {
  const [own, before] = await pointsUpTo(store, run);
  if (own === undefined || !(await isNewest(store, run))) return false;
  const judgement = await store.judgement(run.id);
  const measure = await trendMeasure(run, await store.inventory(run.id), judgement.lawbook);
  const from = before === undefined ? undefined : await trendUpTo(store, before.run, measure);
  if (before !== undefined && from === undefined) return false;
  const dueOf = (life: Parameters<typeof measure.due>[0]) => measure.due(life).due[0];
  const counting = createTrend({ dueOf, hidden: measure.hidden }, from);
  const glance = (await store.track.glances(run.id)).get(run.id);
  const step = { run: run.id, checksHash: own.checksHash, ...taken, ...(glance === undefined ? {} : { glance }) };
  counting.next(step);
  await keepCounted(store, run, judgement.id, { trend: counting.trend(), state: counting.state() }, measure);
  return true;
}

/** Keeps a run's trend under the key of today, where another judgement of it changed nothing that is counted; else false. */
export async function keepAgain(store: Store, run: Run, inventory: Inventory, judgement: Judgement): Promise<boolean> {
  const measure = await trendMeasure(run, inventory, judgement.lawbook);
  const kept = await trendUpTo(store, run.id, measure);
  if (kept === undefined) return false;
  await keepCounted(store, run, judgement.id, kept, measure);
  return true;
}

/** Keeps what was counted up to the newest run of a zone, for whoever asks and for the run after it. */
export async function keepCounted(
  store: Store,
  run: Run,
  judgement: number,
  { trend, state }: { readonly trend: Trend; readonly state: TrendState | undefined },
  measure: TrendMeasure,
): Promise<void> {
  // An old report drawn again does not push out what is asked for every day.
  if (state === undefined || !(await isNewest(store, run))) return;
  const key = await trendKey(store, run, judgement);
  const systems = new Set([...trend.systems.keys(), ...measure.hidden]);
  const measures = Object.fromEntries([...systems].map((system) => [system, measureOf(system, measure)]));
  await keepTrend(store, run.id, key, trend);
  await keepTrendState(store, run.id, { state, key, measures, glances: await glancesOf(store, trend) });
}

/** The trend kept up to a run, if it would be counted the same by a measure of today. */
async function trendUpTo(
  store: Store,
  run: string,
  measure: TrendMeasure,
): Promise<{ readonly trend: Trend; readonly state: TrendState } | undefined> {
  const kept = await readTrendState(store, run);
  if (kept === undefined) return undefined;
  const trend = await keptTrend(store, run, kept.key);
  if (trend === undefined || !(await holds(store, kept, trend, measure))) return undefined;
  return { trend, state: kept.state };
}

async function holds(store: Store, { measures, glances }: KeptState, trend: Trend, measure: TrendMeasure) {
  // Of a system that was never counted nothing would change: but it may be hidden now, and have been counted until then.
  const same = Object.entries(measures).every(([system, measured]) => measureOf(system, measure) === measured);
  return same && (await glancesOf(store, trend)).join('\n') === glances.join('\n');
}

const measureOf = (system: string, { hidden, measure }: TrendMeasure): string =>
  hidden.has(system) ? 'hidden' : measure(system);

async function glancesOf(store: Store, { runs }: Trend): Promise<readonly string[]> {
  const noted = new Set(await store.track.glanceRuns());
  return runs.flatMap(({ run }) => (noted.has(run) ? [run] : []));
}

async function isNewest(store: Store, { id, zone }: Run): Promise<boolean> {
  return (await store.runs()).find((one) => one.zone === zone && one.state === 'finished')?.id === id;
}

/** The record of a run as a point of its zone's trend, and that of the point before; undefined: there is none. */
async function pointsUpTo(
  store: Store,
  run: Run,
): Promise<readonly [own: RunEvent | undefined, before: RunEvent | undefined]> {
  const points = (await store.track.runRecords()).flatMap((raw) => {
    const event = recordOf(raw)?.event;
    return event?.kind === 'run' && event.zone === run.zone && !isOfSome(event) ? [event] : [];
  });
  const at = points.findIndex((event) => event.run === run.id);
  return [points[at], points[at - 1]];
}
