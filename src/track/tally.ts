import { dayOf, daysBetween } from '../model/day.ts';
import type { Life } from '../model/track/life.ts';
import type { TrackState } from '../model/track/state.ts';
import { lateBy, workStates } from './task.ts';
import type { Due } from '../model/track/due.ts';
import type { Tally } from '../model/track/tally.ts';
import { asideOn, stateOn } from './state.ts';
import { lapsingWithinDays } from './settings.ts';

/** Counts lives on a day (`YYYY-MM-DD`). Pure. */
export function tallyOn(lives: readonly Life[], day: string, dueOf: (life: Life) => Due | undefined): Tally {
  const states: Partial<Record<TrackState, number>> = {};
  let toMend = 0;
  let late = 0;
  const lapsing: { finding: string; until: string }[] = [];
  let setAside = 0;
  for (const life of lives) {
    const state = stateOn(life, day);
    states[state] = (states[state] ?? 0) + 1;
    if (workStates.has(state) && life.phase === 'confirmed') {
      toMend += 1;
      if (lateBy(dueOf(life), day) > 0) late += 1;
    }
    if (state !== 'waived' && state !== 'false-positive') continue;
    setAside += 1;
    const until = asideOn(life, day)?.until;
    if (until !== undefined && daysBetween(day, until) <= lapsingWithinDays) lapsing.push({ finding: life.id, until });
  }
  const took = lives.flatMap(({ mended }) => mended.map(({ from, to }) => daysBetween(dayOf(from), dayOf(to))));
  return {
    states,
    toMend,
    late,
    setAside,
    lapsing: lapsing.sort((a, b) => (a.until < b.until ? -1 : 1)),
    mended: took.length,
    meanDaysToFix: took.length === 0 ? null : took.reduce((sum, one) => sum + one, 0) / took.length,
  };
}
