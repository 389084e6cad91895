import { daysBetween } from '../../model/day.ts';
import type { Standing, Verdict } from '../../model/assessment.ts';
import type { DirectiveTask, Framework, Obligation } from '../../model/framework.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import { compare, groupBy, type Assessed, type ReportIndex } from './report-index.ts';
import { counts, tally, total, type Count } from './tally.ts';

/** Where a task stands on the day of the run, over all systems it is asked of. */
export type TaskState = 'overdue' | 'unproven' | 'due' | 'no-date' | 'late' | 'done';

/** The most urgent first. */
export const taskStates: readonly TaskState[] = ['overdue', 'unproven', 'due', 'no-date', 'late', 'done'];

/** One task of a directive. */
export type TaskRow = {
  readonly obligation: string;
  readonly title: Text;
  /** Vietnamese, verbatim. */
  readonly quote: string;
  readonly owner: Text;
  readonly instrument: string;
  /** The text says "before this day". */
  readonly before: string | null;
  readonly when: Text | null;
  readonly state: TaskState;
  readonly word: Message;
  readonly tone: Verdict;
  /** Days since the last compliant day or until it, while that still matters. */
  readonly timing: Message | null;
  readonly counts: readonly Count[];
  readonly systems: number;
};

/** Tasks of the directives that ask something here, most urgent first, then by day. */
export function tasks(index: ReportIndex): readonly TaskRow[] {
  const assessed = groupBy(
    index.files.flatMap((file) => file.assessed.filter(({ obligation }) => obligation.task !== undefined)),
    ({ obligation }) => obligation.id,
  );
  return index.data.frameworks
    .flatMap((framework) =>
      framework.obligations.flatMap((obligation): TaskRow[] => {
        const { task } = obligation;
        const own = assessed.get(obligation.id) ?? [];
        if (task === undefined || (own.length === 0 && !provinceWide(index, framework, task))) return [];
        return [taskRow(framework, obligation, task, own, index.today)];
      }),
    )
    .toSorted(
      (a, b) =>
        taskStates.indexOf(a.state) - taskStates.indexOf(b.state) || compare(a.before ?? '9999', b.before ?? '9999'),
    );
}

/** A task given to this province as a whole stands in no system's file. */
function provinceWide(index: ReportIndex, { inForce }: Framework, task: DirectiveTask): boolean {
  const { today } = index;
  return (
    task.provinceWide === true &&
    (task.province === undefined || task.province === index.data.inventory.province.id) &&
    inForce.from <= today &&
    (inForce.to === undefined || today <= inForce.to)
  );
}

function taskRow(
  framework: Framework,
  obligation: Obligation,
  task: DirectiveTask,
  own: readonly Assessed[],
  today: string,
): TaskRow {
  const before = task.deadline !== undefined && 'before' in task.deadline ? task.deadline.before : null;
  const verdicts = tally(own.map(({ assessment }) => assessment.verdict));
  const state = stateOf(own, before, today);
  return {
    obligation: obligation.id,
    title: obligation.title,
    quote: task.quote,
    owner: task.owner,
    instrument: obligation.cite.instrument || framework.instrument.number,
    before,
    when: whenOf(task.deadline),
    state,
    word: message(`words.task.${state}`),
    tone: toneOf(state),
    timing: timing(state, before, today),
    counts: counts(verdicts),
    systems: total(verdicts),
  };
}

const standings = {
  overdue: 'overdue',
  'no-evidence': 'unproven',
  pending: 'due',
  late: 'late',
  'done-undated': 'done',
  'on-time': 'done',
} as const satisfies Record<Standing['state'], TaskState>;

/** The most urgent standing of any system; one that nobody assessed is unproven once its day has come. */
function stateOf(own: readonly Assessed[], before: string | null, today: string): TaskState {
  if (before === null) return 'no-date';
  const states: readonly TaskState[] = own.flatMap(({ assessment: { standing } }) =>
    standing === undefined ? [] : [standings[standing.state]],
  );
  return taskStates.find((state) => states.includes(state)) ?? (today < before ? 'due' : 'unproven');
}

function toneOf(state: TaskState): Verdict {
  const tones = {
    overdue: 'not-met',
    unproven: 'unproven',
    due: 'manual',
    'no-date': 'not-applicable',
    late: 'met',
    done: 'met',
  } as const satisfies Record<TaskState, Verdict>;
  return tones[state];
}

/** "Trước ngày D" ends on the day before D. */
function timing(state: TaskState, before: string | null, today: string): Message | null {
  if (before === null || state === 'done' || state === 'late' || state === 'no-date') return null;
  const days = daysBetween(before, today) + 1;
  if (days === 0) return message('report.deadlines.last-day');
  return message(`report.deadlines.days-${days > 0 ? 'past' : 'left'}`, { n: Math.abs(days) });
}

function whenOf(deadline: DirectiveTask['deadline']): Text | null {
  if (deadline === undefined || 'before' in deadline) return null;
  return 'within' in deadline ? deadline.within : deadline.trigger;
}
