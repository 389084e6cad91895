import type { Coverage } from '../assessment.ts';
import { severities, type Severity } from '../check.ts';
import type { Iso } from '../observation.ts';
import { trackStates, type TrackState } from './state.ts';

/**
 * What made a finding fail, or fail no more, where it was not the world: `checks` and `data` (end-of-life dates, feeds) read
 * the observations of the run before otherwise; `look`: the run before saw nothing of it, so it may be old.
 */
export type TrendOrigin = 'checks' | 'data' | 'look';

/** One finding, by its names in that run, whose outcome did not change by the world alone. */
export type OriginOfChange = {
  readonly system: string;
  readonly target: string;
  readonly check: string;
  readonly what: 'failed' | 'stopped';
  readonly because: TrendOrigin;
};

/** What is kept of a run when it is taken in, for a year of runs is too much to be judged again each time. */
export type RunGlance = {
  /** The run of the same zone before it; absent for the first. */
  readonly before?: string;
  readonly checks: boolean;
  readonly data: boolean;
  /** False where one of the two changed and the run before could not be judged again: nothing is told apart then. */
  readonly toldApart: boolean;
  readonly origins: readonly OriginOfChange[];
  /** Checks observed of checks needed. One that does not apply needs nothing. */
  readonly coverage: readonly ({ readonly system: string } & Coverage)[];
};

/** A run as a point of a trend. */
export type TrendRun = {
  readonly run: string;
  readonly at: Iso;
  /** In Viet Nam. */
  readonly day: string;
  /** Whether our checks, or the data they lean on, are others than those of the run before. */
  readonly checks: boolean;
  readonly data: boolean;
  readonly toldApart: boolean;
};

export type BySeverity = Readonly<Record<Severity, number>>;

/**
 * Findings of one system, or several, after one run. To mend is what was confirmed and is neither fixed, set aside nor gone.
 *
 * to mend = to mend before + opened + reopened + raised + returned - fixed - setAside - gone - dropped
 */
export type TrendCount = {
  readonly toMend: BySeverity;
  /** Of those to mend: in trouble since our checks or their data changed; and, of the others, not seen by this run. */
  readonly byReading: BySeverity;
  readonly unseen: BySeverity;
  /** Not yet to be mended: failed, and too few times to be confirmed. Not those of changed checks or data. */
  readonly fresh: BySeverity;
  /** Of those to mend, by the due days of the newest run's rules, so that one measure holds for all points. */
  readonly late: number;
  readonly states: Readonly<Record<TrackState, number>>;
  /** Confirmed for the first time; `firstLook` of them where the run before had seen nothing. */
  readonly opened: number;
  readonly firstLook: number;
  readonly reopened: number;
  /** Confirmed because our checks or their data changed. */
  readonly raised: number;
  /** Back from being set aside or gone. */
  readonly returned: number;
  /** Proven fixed, and the days that these took together, first fail to first pass. */
  readonly fixed: number;
  readonly fixedDays: number;
  readonly setAside: number;
  readonly gone: number;
  /** No longer counted because our checks or their data changed. Not a fix. */
  readonly dropped: number;
  /** Claims of a fix that the run refuted. */
  readonly refuted: number;
  readonly coverage: Coverage;
};

/** The findings of a zone over its runs, the oldest first. */
export type Trend = {
  readonly runs: readonly TrendRun[];
  /** By id, one count for each run; systems that are no longer in the inventory are among them. */
  readonly systems: ReadonlyMap<string, readonly TrendCount[]>;
};

const none = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;

/** Nothing counted. */
export const noCount: TrendCount = {
  toMend: none(severities),
  byReading: none(severities),
  unseen: none(severities),
  fresh: none(severities),
  late: 0,
  states: none(trackStates),
  opened: 0,
  firstLook: 0,
  reopened: 0,
  raised: 0,
  returned: 0,
  fixed: 0,
  fixedDays: 0,
  setAside: 0,
  gone: 0,
  dropped: 0,
  refuted: 0,
  coverage: { seen: 0, needed: 0 },
};

/** Adds up what some systems count, run by run; a system that is not in the trend counts nothing. Pure. */
export function sumTrend({ runs, systems }: Trend, ids: Iterable<string>): readonly TrendCount[] {
  const series = [...ids].flatMap((id) => {
    const one = systems.get(id);
    return one === undefined ? [] : [one];
  });
  return runs.map((_, at) => series.reduce((sum, counts) => add(sum, counts[at] ?? noCount), noCount));
}

function add(a: TrendCount, b: TrendCount): TrendCount {
  if (b === noCount) return a;
  if (a === noCount) return b;
  const sum = (one: Counted, other: Counted): Counted => {
    const all: Record<string, number | Counted> = {};
    for (const key in one) {
      const [value = 0, more = 0] = [one[key], other[key]];
      all[key] =
        typeof value === 'number' && typeof more === 'number' ? value + more : sum(value as Counted, more as Counted);
    }
    return all;
  };
  return sum(a, b) as TrendCount;
}

type Counted = { readonly [key: string]: number | Counted };

/** All that are to be mended. */
export function toMendOf({ toMend }: TrendCount): number {
  return severities.reduce((all, severity) => all + toMend[severity], 0);
}
