import { statfsSync } from 'node:fs';
import type { Feeds } from '../feeds/open.ts';
import { feedNames } from '../model/feed.ts';
import type { ControlFigures, FeedAge, FleetFigures, WorkerFigures, ZoneFigures } from '../model/fleet-figures.ts';
import type { ZoneQueue } from '../store/figures.ts';
import type { Store } from '../store/types.ts';
import type { AssessingLaw } from './assessing-law.ts';
import { controlsOfRun } from './control-readings.ts';
import { scheduleOfStore } from './schedule.ts';

export type FiguresOptions = {
  readonly out: string;
  readonly at: string;
  readonly feeds?: Pick<Feeds, 'states' | 'days'>;
  /** For the coverage debt; absent: it is not worked out. */
  readonly lawbook?: AssessingLaw;
};

/** A worker that says nothing for so long is no longer counted on, whether or not somebody has noted that it was lost. */
const silentMs = 60_000;

/** Everything that an operator looks at, from the store, its disk and the folder of feeds. */
export async function fleetFigures(store: Store, options: FiguresOptions): Promise<FleetFigures> {
  const { at, out } = options;
  const set = await store.fleetSwitch();
  const scheduler = await store.schedulerState();
  const underWay = await store.figures.underWay();
  const queues = await store.figures.queues();
  const { engine, bytes } = await store.figures.size();
  const workers = await workersOf(store);
  const zones = await zonesOf(store, underWay, queues);
  const debt = options.lawbook === undefined ? undefined : await debtOf(store, options.lawbook, at);
  return {
    at,
    ...(set === undefined ? {} : { switch: set }),
    ...(scheduler === undefined ? {} : { scheduler }),
    runs: await store.figures.runCounts(),
    underWay,
    zones,
    ...(workers.length === 0 && queues === undefined ? {} : { workers }),
    controls: await controlsOf(store, zones),
    feeds: feedAges(options.feeds),
    ...(debt === undefined ? {} : { debt }),
    store: { engine, bytes, freeBytes: freeOn(out), prunedRuns: await store.figures.prunedRuns() },
  };
}

async function zonesOf(
  store: Store,
  underWay: FleetFigures['underWay'],
  queues: readonly ZoneQueue[] | undefined,
): Promise<readonly ZoneFigures[]> {
  const totals = await store.figures.zoneTotals();
  return Promise.all(
    totals.map(async ({ zone, finished, ...sent }) => {
      const here = underWay.filter((run) => run.zone === zone);
      const queue = queues?.find((one) => one.zone === zone);
      const [newest] = finished;
      return {
        zone,
        waiting: here.reduce((sum, { waiting }) => sum + waiting, 0),
        done: here.reduce((sum, { done }) => sum + done, 0),
        ...(queues === undefined ? {} : { lanesQueued: queue?.queued ?? 0, lanesActive: queue?.active ?? 0 }),
        ...(queue?.oldest === undefined ? {} : { oldestQueued: queue.oldest }),
        ...(newest === undefined ? {} : { lastFinished: newest }),
        durations: finished.map(({ startedAt, endedAt }) => (Date.parse(endedAt) - Date.parse(startedAt)) / 1000),
        ...sent,
        observations: newest === undefined ? [] : await store.figures.observationCounts(newest.run),
      };
    }),
  );
}

/** Workers that did not take their leave, by the clock of the store. */
async function workersOf(store: Store): Promise<readonly WorkerFigures[]> {
  const seen = await store.workers();
  if (seen.length === 0) return [];
  const now = Date.parse(await store.figures.now());
  return seen
    .filter(({ state }) => state !== 'gone')
    .map(({ session, zone, host, pid, version, state, seenAt, lanes, done, clockOffsetMs }) => ({
      id: session,
      zone,
      host,
      pid,
      version,
      state: state === 'there' && now - Date.parse(seenAt) <= silentMs ? 'alive' : 'stale',
      seenAt,
      lanes,
      done,
      clockMs: clockOffsetMs,
    }));
}

/** How the newest finished scan of each zone read the controls of that zone. */
async function controlsOf(store: Store, zones: readonly ZoneFigures[]): Promise<readonly ControlFigures[]> {
  const all: ControlFigures[] = [];
  for (const { zone, lastFinished } of zones) {
    const run = lastFinished === undefined ? undefined : await store.run(lastFinished.run);
    if (run === undefined || (await store.controls.rounds(run.id)).length === 0) continue;
    const { standings } = await controlsOfRun(store, run);
    for (const { kind, family, state } of standings)
      if (state !== 'none') all.push({ zone, kind, family, reading: state });
  }
  return all;
}

/** Coverage debt of every zone that a scan was made from; undefined where none was finished yet. */
async function debtOf(store: Store, lawbook: AssessingLaw, at: string): Promise<FleetFigures['debt']> {
  const finished = (await store.runs()).filter(({ state }) => state === 'finished');
  const newest = finished[0];
  if (newest === undefined) return undefined;
  const { zones } = await store.inventory(newest.id);
  const scanned = zones.filter(({ id }) => finished.some(({ zone }) => zone === id));
  return Promise.all(
    scanned.map(async ({ id }) => {
      const { schedule } = await scheduleOfStore(store, undefined, { lawbook, at, zone: id });
      const owed = schedule.turns.filter(({ debtDays }) => debtDays > 0);
      return { zone: id, systems: owed.length, days: owed.reduce((sum, { debtDays }) => sum + debtDays, 0) };
    }),
  );
}

function feedAges(feeds: FiguresOptions['feeds']): readonly FeedAge[] {
  if (feeds === undefined) return [];
  return feedNames.flatMap((feed) => {
    const state = feeds.states[feed];
    return state === undefined ? [] : [{ feed, date: state.date, limitDays: feeds.days[feed] }];
  });
}

/** Bytes free on the disk of a folder, as whoever runs this may use them. */
export function freeOn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
