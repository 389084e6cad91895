import { dayOf, daysBetween } from '../model/day.ts';
import type { TrackState } from '../model/track/state.ts';
import type { Tally } from '../model/track/tally.ts';
import type { TrackedFinding } from '../model/track/tracked.ts';

const work: ReadonlySet<TrackState> = new Set<TrackState>([
  'open',
  'in-progress',
  'claimed-fixed',
  'reopened',
  'not-seen-lately',
]);

/** Ahead of which a waiver is listed as ending soon, in days. */
const soonDays = 30;

/** What some findings come to on a day: the tally of src/track (a test compares), of findings whose states are told. Pure. */
export function tallyOf(findings: readonly TrackedFinding[], day: string): Tally {
  const states: Partial<Record<TrackState, number>> = {};
  for (const { state } of findings) states[state] = (states[state] ?? 0) + 1;
  const toMend = findings.filter(({ state, life }) => work.has(state) && life.phase === 'confirmed');
  const took = findings.flatMap(({ life }) => life.mended.map(({ from, to }) => daysBetween(dayOf(from), dayOf(to))));
  return {
    states,
    toMend: toMend.length,
    late: toMend.filter(({ daysLate }) => daysLate > 0).length,
    setAside: (states.waived ?? 0) + (states['false-positive'] ?? 0),
    lapsing: findings
      .flatMap(({ life, asideUntil: until }) => (until === undefined ? [] : [{ finding: life.id, until }]))
      .filter(({ until }) => daysBetween(day, until) <= soonDays)
      .sort((a, b) => (a.until < b.until ? -1 : 1)),
    mended: took.length,
    meanDaysToFix: took.length === 0 ? null : took.reduce((sum, one) => sum + one, 0) / took.length,
  };
}
