import { sixClear } from '../../../model/inventory/six-clear.ts';
import type { Task } from '../../../model/track/task.ts';
import { message, type Message, type Text } from '../../../model/text.ts';
import type { ActionTitle } from '../actions.ts';
import type { ReportIndex, SystemFile } from '../report-index.ts';
import type { DueView } from './grounds.ts';
import type { RemedyView } from './remedy.ts';

/** One change as the head of an agency gives it out: to whom, by when, what nobody has said yet. */
export type AssignView = {
  readonly n: number;
  readonly anchor: string;
  readonly title: ActionTitle;
  readonly severity: Message;
  readonly grave: boolean;
  readonly systems: number;
  readonly places: number;
  readonly due: DueView | null;
  readonly people: readonly (string | Text)[];
  readonly said: readonly Said[];
  /** Which of the six "rõ" nobody has said. */
  readonly blank: readonly Message[];
};

/** One of the six as somebody wrote it. */
type Said = { readonly own: string | null; readonly text: Text | null };

/** The first changes of a report with the six "rõ" that are known of them. */
export function assignments(
  { life, organisations }: ReportIndex,
  files: readonly SystemFile[],
  all: readonly RemedyView[],
  most: number,
): readonly AssignView[] {
  const tasks = life.tasksOf(files.map(({ system }) => system.id));
  return all.slice(0, most).map((remedy): AssignView => {
    const own = tasks.filter(({ change }) => change === remedy.change);
    const people = [
      ...new Set(own.length > 0 ? own.flatMap(({ clear }) => clear.person ?? []) : contacts(remedy.change)),
    ];
    const { n, anchor, title, severity, grave, systems: count, places, due } = remedy;
    return {
      n,
      anchor,
      title,
      severity,
      grave,
      systems: count,
      places,
      due,
      people,
      said: people.map((one) => (typeof one === 'string' ? { own: one, text: null } : { own: null, text: one })),
      blank: (own.length > 0 ? blanks(own) : beforeTask(people, remedy.change)).map((part) =>
        message(`tasks.clear.${part}`),
      ),
    };
  });

  /** A change that is no task yet has the people whom its tasks will name: contacts of operators, heads of owners (src/track/task.ts). */
  function contacts(change: string): readonly string[] {
    return partiesOf(change).flatMap(({ operator }) => organisations.get(operator)?.contact?.name ?? []);
  }

  function beforeTask(people: readonly unknown[], change: string): readonly Task['blank'][number][] {
    const headed = partiesOf(change).every(({ owner }) => organisations.has(owner));
    const known = new Set(['work', ...(people.length > 0 ? ['person'] : []), ...(headed ? ['responsibility'] : [])]);
    return sixClear.filter((part) => !known.has(part));
  }

  function partiesOf(change: string): readonly SystemFile['system'][] {
    return files.filter(({ open }) => open.some(({ check }) => check.change === change)).map(({ system }) => system);
  }
}

/** Blank in any of the tasks. */
function blanks(tasks: readonly Task[]): readonly Task['blank'][number][] {
  return sixClear.filter((part) => tasks.some(({ blank }) => blank.includes(part)));
}
