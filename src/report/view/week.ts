import { message, type Message } from '../../model/text.ts';
import { actions, gravity, type Action } from './actions.ts';
import { compare, groupBy, type ReportIndex } from './report-index.ts';

/** A change to make, with the earliest day that a text names for any of it. */
export type WeekAction = Action & {
  readonly due: string | null;
  readonly late: Message | null;
};

/** The changes of a province in the order in which to make them: gravest first, of those the soonest due, then the most widespread. */
export function weekActions(index: ReportIndex): readonly WeekAction[] {
  const tasks = groupBy(index.data.track?.tasks ?? [], ({ change }) => change);
  return actions(index.files)
    .map((action): WeekAction => {
      const own = tasks.get(action.change) ?? [];
      const late = Math.max(0, ...own.map(({ daysLate }) => daysLate));
      return {
        ...action,
        due: own.flatMap(({ due }) => due?.on ?? []).toSorted(compare)[0] ?? null,
        late: late === 0 ? null : message('shell.week.late', { n: late }),
      };
    })
    .toSorted(
      (a, b) =>
        gravity(a.severity) - gravity(b.severity) ||
        compare(a.due ?? '9999', b.due ?? '9999') ||
        b.systems - a.systems ||
        compare(a.change, b.change),
    );
}
