import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import { dayOf } from '../model/day.ts';
import type { HistoryRecord } from '../model/track/history.ts';
import type { ReportTrack, SightingInRun } from '../model/track/report-track.ts';
import type { Judgement, Store } from '../store/types.ts';
import { trendCounter } from './count-trend.ts';
import { keepCounted, trendMeasure } from './grow-trend.ts';
import { keptTrend, trendKey } from './kept-trend.ts';
import { historyOf, replayTo, standsYet, type ReplayedRun } from './replay-track.ts';
import { viewOf } from './track-view.ts';

/**
 * The life of the findings of a run's zone as it stood when that run had been taken in, so that a report drawn again later
 * says the same; undefined for a run that was not taken in. Due days are by the run's own inventory and lawbook, for every
 * point of the trend too: one measure for all of them. With `systems`: of these alone, and nothing of the others is read. With
 * `present`: of every finding what it came to, without what was seen and said of it before, which no page of the province shows.
 */
export async function loadReportTrack(
  store: Store,
  run: Run,
  { inventory, judgement }: { readonly inventory: Inventory; readonly judgement: Judgement },
  { systems, present = false }: { readonly systems?: readonly string[] | undefined; readonly present?: boolean } = {},
): Promise<ReportTrack | undefined> {
  const by = { inventory, lawbook: judgement.lawbook };
  const day = dayOf(run.endedAt ?? run.startedAt);
  const measure = await trendMeasure(run, inventory, judgement.lawbook);
  const { hidden, due } = measure;
  const kept = await keptTrend(store, run.id, await trendKey(store, run, judgement.id), systems);
  if (present && kept !== undefined && (await standsYet(store, run))) {
    const lives = await store.track.lives(run.zone);
    const { findings, tasks, tally } = viewOf({ lives, hidden, ...by, day, due });
    return { day, findings, tasks, tally, strips: new Map(), history: new Map(), trend: kept };
  }
  const counting = kept === undefined ? await trendCounter(store, measure) : undefined;
  const strips = new Map<string, SightingInRun[]>();
  const onRun = (step: ReplayedRun): void => {
    for (const sighting of step.sightings) {
      const strip = strips.get(sighting.finding);
      const inRun = { ...sighting, run: step.event.run };
      if (strip === undefined) strips.set(sighting.finding, [inRun]);
      else strip.push(inRun);
    }
    counting?.next(step);
  };
  const source =
    systems === undefined
      ? undefined
      : await historyOf(
          store,
          (await store.track.lives(run.zone, systems)).map(({ id }) => id),
        );
  const replayed = await replayTo(store, { run: run.id, zone: run.zone }, onRun, source);
  if (replayed === undefined) return undefined;
  const lives = [...replayed.lives.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { findings, tasks, tally } = viewOf({ lives, hidden, ...by, day, due });
  const shown = new Set(findings.map(({ life }) => life.id));
  for (const id of strips.keys()) if (!shown.has(id)) strips.delete(id);
  const ofFinding = (record: HistoryRecord) => ('finding' in record.event ? record.event.finding : '');
  const history = Map.groupBy(
    replayed.records.filter((record) => shown.has(ofFinding(record))),
    ofFinding,
  );
  if (counting !== undefined && systems === undefined)
    await keepCounted(store, run, judgement.id, counting.counted(), measure);
  const trend = kept ?? counting?.counted().trend;
  return { day, findings, tasks, tally, strips, history, ...(trend === undefined ? {} : { trend }) };
}
