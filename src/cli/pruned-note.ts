import { dayOf } from '../model/day.ts';
import type { Run } from '../model/run.ts';
import { formatDay } from '../report/format.ts';
import type { Output } from './output.ts';
import { safeText } from './safe-text.ts';

/** Says, beside what is printed of it, that a run's raw observations are gone. */
export function notePruned({ note, say, colors }: Output, { id, pruned }: Run): void {
  if (pruned === undefined) return;
  const params = { run: safeText(id), day: formatDay(dayOf(pruned.at)), months: pruned.months };
  note(colors.yellow(say('retention.removed', params)));
}

/** The same of many runs, in one sentence. */
export function noteSomePruned({ note, say, colors }: Output, runs: readonly Run[]): void {
  const gone = runs
    .filter(({ pruned }) => pruned !== undefined)
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const [last] = gone;
  if (last?.pruned === undefined) return;
  const { at, months } = last.pruned;
  const params = { runs: gone.length, last: safeText(last.id), day: formatDay(dayOf(at)), months };
  note(colors.yellow(say('retention.some-removed', params)));
}
