import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import { dayOf } from '../model/day.ts';
import type { HistoryRecord } from '../model/track/history.ts';
import type { ReportTrack, SightingInRun } from '../model/track/report-track.ts';
import type { Life } from '../model/track/life.ts';
import type { Due } from '../model/track/due.ts';
import type { Judgement, Store } from '../store/types.ts';
import { isOfSome } from '../track/take-in-partial.ts';
import { createTrend } from '../track/trend.ts';
import { keepTrend, trendKey } from './kept-trend.ts';
import { replayTo } from './replay-track.ts';
import { dueOn, hiddenSystems, viewOf } from './track-view.ts';

/**
 * The life of the findings of a run's zone as it stood when that run had been taken in, so that a report drawn again later
 * says the same; undefined for a run that was not taken in. Due days are by the run's own inventory and lawbook, for every
 * point of the trend too: one measure for all of them.
 */
export async function loadReportTrack(
  store: Store,
  run: Run,
  { inventory, judgement }: { readonly inventory: Inventory; readonly judgement: Judgement },
): Promise<ReportTrack | undefined> {
  const by = { inventory, lawbook: judgement.lawbook };
  const day = dayOf(run.endedAt ?? run.startedAt);
  const hidden = hiddenSystems(by.inventory);
  const due = onceEach(await dueOn(by.inventory, by.lawbook, day));
  const trend = createTrend({ dueOf: (life) => due(life).due[0], hidden });
  const glances = await store.track.glances();
  const strips = new Map<string, SightingInRun[]>();
  const replayed = await replayTo(store, { run: run.id, zone: run.zone }, ({ event, at, lives, sightings }) => {
    const seen = new Set<string>();
    for (const sighting of sightings) {
      const strip = strips.get(sighting.finding);
      const inRun = { ...sighting, run: event.run };
      if (strip === undefined) strips.set(sighting.finding, [inRun]);
      else strip.push(inRun);
      if (looks.has(sighting.mark)) seen.add(sighting.finding);
    }
    // A look at some findings or systems is no point of a trend: it saw nothing of the rest.
    if (isOfSome(event)) return;
    const glance = glances.get(event.run);
    const { run: id, checksHash } = event;
    trend.next({ run: id, at, checksHash, lives, seen, ...(glance === undefined ? {} : { glance }) });
  });
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
  const counted = trend.trend();
  // An old report drawn again does not push out what is asked for every day.
  const newest = (await store.runs()).find(({ zone, state }) => zone === run.zone && state === 'finished');
  if (newest?.id === run.id) await keepTrend(store, run.id, await trendKey(store, run, judgement.id), counted);
  return { day, findings, tasks, tally, strips, history, trend: counted };
}

const looks: ReadonlySet<string> = new Set(['pass', 'fail', 'not-applicable']);

/** Due days once for all weeks in which a finding is in the same trouble. */
function onceEach(dueOf: (life: Life) => Dues): (life: Life) => Dues {
  const known = new Map<string, Dues>();
  return (life) => {
    const { id, check, severity, openedAt, phase, words } = life;
    const key = [id, check, severity, openedAt, phase, words.time ?? ''].join('\n');
    const found = known.get(key) ?? dueOf(life);
    known.set(key, found);
    return found;
  };
}

type Dues = { readonly due: readonly Due[]; readonly passed: readonly Due[] };
