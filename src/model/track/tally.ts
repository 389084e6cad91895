import type { TrackState } from './state.ts';

/** Results of a day, not activity. */
export type Tally = {
  readonly states: Readonly<Partial<Record<TrackState, number>>>;
  /** Findings to be mended, and those past their day. What is set aside is in neither. */
  readonly toMend: number;
  readonly late: number;
  readonly setAside: number;
  /** Waivers and false alarms whose last day is at most thirty days off, the first first. */
  readonly lapsing: readonly { readonly finding: string; readonly until: string }[];
  /** Troubles proven mended, and the mean days from first sight to the first pass; null where there is none. */
  readonly mended: number;
  readonly meanDaysToFix: number | null;
};
