import { dayOf, daysBetween } from '../day.ts';
import { workStates, type TrackState } from './state.ts';
import type { TrackedFinding } from './tracked.ts';

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

/** Ahead of which a waiver is listed as ending soon, in days. */
const lapsingWithinDays = 30;

/** What findings come to on a day (`YYYY-MM-DD`), of all or of some: what follows them and what shows them must agree on it. Pure. */
export function tallyOf(findings: readonly TrackedFinding[], day: string): Tally {
  const states: Partial<Record<TrackState, number>> = {};
  for (const { state } of findings) states[state] = (states[state] ?? 0) + 1;
  const toMend = findings.filter(({ state, life }) => workStates.has(state) && life.phase === 'confirmed');
  const took = findings.flatMap(({ life }) => life.mended.map(({ from, to }) => daysBetween(dayOf(from), dayOf(to))));
  return {
    states,
    toMend: toMend.length,
    late: toMend.filter(({ daysLate }) => daysLate > 0).length,
    setAside: (states.waived ?? 0) + (states['false-positive'] ?? 0),
    lapsing: findings
      .flatMap(({ life, asideUntil: until }) => (until === undefined ? [] : [{ finding: life.id, until }]))
      .filter(({ until }) => daysBetween(day, until) <= lapsingWithinDays)
      .sort((a, b) => (a.until < b.until ? -1 : 1)),
    mended: took.length,
    meanDaysToFix: took.length === 0 ? null : took.reduce((sum, one) => sum + one, 0) / took.length,
  };
}
