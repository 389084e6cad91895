import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import { dayOf } from '../model/day.ts';
import type { HistoryRecord } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { ReportTrack, SightingInRun } from '../model/track/report-track.ts';
import type { Judgement, Store } from '../store/types.ts';
import { trendCounter } from './count-trend.ts';
import { keepCounted, trendMeasure, type TrendMeasure } from './grow-trend.ts';
import { everySystem, keptTrend, trendKey } from './kept-trend.ts';
import { historyOf, replayTo, sourceOf, standingOf, standsYet, type ReplayedRun } from './replay-track.ts';
import { viewOf } from './track-view.ts';

type About = { readonly inventory: Inventory; readonly judgement: Judgement };

/** What the life of every finding of a run is told by, whosever it is. */
export type TrackGround = About & { readonly measure: TrendMeasure; readonly key: string };

export async function trackGround(store: Store, run: Run, about: About): Promise<TrackGround> {
  const measure = await trendMeasure(run, about.inventory, about.judgement.lawbook);
  return { ...about, measure, key: await trendKey(store, run, about.judgement.id) };
}

/**
 * The life of the findings of a run's zone as it stood when that run had been taken in, so that a report drawn again later
 * says the same; undefined for a run that was not taken in. Due days are by the run's own inventory and lawbook, for every
 * point of the trend too: one measure for all of them. With `systems`: of these alone, and nothing of the others is read. With
 * `present`: of every finding what it came to, without what was seen and said of it before, and of the trend the sum, for no page of
 * the province shows more.
 * Where nothing was seen or said since, lives are read as they stand; else the history tells them.
 */
export async function loadReportTrack(
  store: Store,
  run: Run,
  ground: TrackGround,
  { systems, present = false }: { readonly systems?: readonly string[] | undefined; readonly present?: boolean } = {},
): Promise<ReportTrack | undefined> {
  const { measure, judgement } = ground;
  // The province's pages count all systems together.
  const kept = await keptTrend(store, run.id, ground.key, present ? [everySystem] : systems);
  if (present && kept !== undefined && (await standsYet(store, run)))
    return told(run, ground, { lives: await store.track.lives(run.zone), said: [], strips: new Map(), trend: kept });
  const own = systems === undefined ? undefined : await store.track.lives(run.zone, systems);
  const history =
    own === undefined
      ? undefined
      : await historyOf(
          store,
          own.map(({ id }) => id),
        );
  if (own !== undefined && history !== undefined && kept !== undefined) {
    const standing = standingOf(history, run);
    if (standing !== undefined) return told(run, ground, { lives: own, ...standing, trend: kept });
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
  const source = history === undefined ? undefined : sourceOf(history);
  const replayed = await replayTo(store, { run: run.id, zone: run.zone }, onRun, source);
  if (replayed === undefined) return undefined;
  const lives = [...replayed.lives.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (counting !== undefined && systems === undefined)
    await keepCounted(store, run, judgement.id, counting.counted(), measure);
  return told(run, ground, { lives, said: replayed.records, strips, trend: kept ?? counting?.counted().trend });
}

type Told = {
  readonly lives: readonly Life[];
  readonly said: readonly HistoryRecord[];
  /** Of each finding, run by run. */
  readonly strips: Map<string, SightingInRun[]>;
  readonly trend: ReportTrack['trend'];
};

/** Of what was told, what may be shown. */
function told(
  run: Run,
  { inventory, judgement, measure }: TrackGround,
  { lives, said, strips, trend }: Told,
): ReportTrack {
  const { hidden, due } = measure;
  const day = dayOf(run.endedAt ?? run.startedAt);
  const { findings, tasks, tally } = viewOf({ lives, hidden, inventory, lawbook: judgement.lawbook, day, due });
  const shown = new Set(findings.map(({ life }) => life.id));
  for (const id of strips.keys()) if (!shown.has(id)) strips.delete(id);
  const ofFinding = ({ event }: HistoryRecord) => ('finding' in event ? event.finding : '');
  return {
    day,
    findings,
    tasks,
    tally,
    strips,
    history: Map.groupBy(
      said.filter((record) => shown.has(ofFinding(record))),
      ofFinding,
    ),
    ...(trend === undefined ? {} : { trend }),
  };
}
