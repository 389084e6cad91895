import { statfsSync } from 'node:fs';
import type { Feeds } from '../feeds/open.ts';
import { feedNames } from '../model/feed.ts';
import type { FeedAge, FleetFigures, ZoneFigures } from '../model/fleet-figures.ts';
import type { Store } from '../store/types.ts';
import type { Lawbook } from '../store/types.ts';
import { scheduleOfStore } from './schedule.ts';

export type FiguresOptions = {
  readonly out: string;
  readonly at: string;
  readonly feeds?: Pick<Feeds, 'states' | 'days'>;
  /** For the coverage debt; absent: it is not worked out. */
  readonly lawbook?: Lawbook;
};

/** Everything that an operator looks at, from the store, its disk and the folder of feeds. */
export async function fleetFigures(store: Store, options: FiguresOptions): Promise<FleetFigures> {
  const { at, out } = options;
  const set = await store.fleetSwitch();
  const underWay = await store.figures.underWay();
  const { engine, bytes } = await store.figures.size();
  const debt = options.lawbook === undefined ? undefined : await debtOf(store, options.lawbook, at);
  return {
    at,
    ...(set === undefined ? {} : { switch: set }),
    runs: await store.figures.runCounts(),
    underWay,
    zones: await zonesOf(store, underWay),
    controls: [],
    feeds: feedAges(options.feeds),
    ...(debt === undefined ? {} : { debt }),
    store: { engine, bytes, freeBytes: freeOn(out), prunedRuns: 0 },
  };
}

async function zonesOf(store: Store, underWay: FleetFigures['underWay']): Promise<readonly ZoneFigures[]> {
  const totals = await store.figures.zoneTotals();
  return Promise.all(
    totals.map(async ({ zone, finished, ...sent }) => {
      const here = underWay.filter((run) => run.zone === zone);
      const [newest] = finished;
      return {
        zone,
        waiting: here.reduce((sum, { waiting }) => sum + waiting, 0),
        done: here.reduce((sum, { done }) => sum + done, 0),
        ...(newest === undefined ? {} : { lastFinished: newest }),
        durations: finished.map(({ startedAt, endedAt }) => (Date.parse(endedAt) - Date.parse(startedAt)) / 1000),
        ...sent,
        observations: newest === undefined ? [] : await store.figures.observationCounts(newest.run),
      };
    }),
  );
}

/** Coverage debt of every zone that a scan was made from; undefined where none was finished yet. */
async function debtOf(store: Store, lawbook: Lawbook, at: string): Promise<FleetFigures['debt']> {
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
