import type { Verdict } from '../../model/assessment.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import { percent } from './bar.ts';
import { groupBy, type Assessed, type ReportIndex } from './report-index.ts';
import { counts, tally, total, type Count } from './tally.ts';

/** Where a task stands on the day of the run. */
export type TaskState = 'overdue' | 'unproven' | 'due' | 'no-date' | 'late' | 'done';

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
  readonly periodic: boolean;
  readonly state: TaskState;
  readonly word: Message;
  readonly tone: Verdict;
  /** Days since the last compliant day or until it, while that still matters. */
  readonly timing: Message | null;
  readonly counts: readonly Count[];
  readonly systems: number;
};

/** Tasks of one day, at `x` percent of the line. */
export type DeadlineMark = {
  readonly day: string;
  readonly x: string;
  readonly tone: Verdict;
  readonly tasks: number;
  /** Keeps the label inside the drawing. */
  readonly anchor: 'start' | 'middle' | 'end';
  /** Heights of the two lines of the label: below the line, or above it so that neighbours do not overprint. */
  readonly dayY: number;
  readonly tasksY: number;
};

export type Deadlines = {
  readonly today: string;
  readonly tasks: readonly TaskRow[];
  readonly overdue: number;
  readonly unproven: number;
  readonly line: {
    readonly marks: readonly DeadlineMark[];
    readonly todayX: string;
    readonly todayAnchor: 'start' | 'middle' | 'end';
  } | null;
};

const order: readonly TaskState[] = ['overdue', 'unproven', 'due', 'no-date', 'late', 'done'];

/** Tasks of the directives in force, most urgent first, and their days on a line. */
export function deadlines(index: ReportIndex): Deadlines {
  const assessed = groupBy(
    index.files.flatMap((file) => file.assessed.filter(({ obligation }) => obligation.task !== undefined)),
    ({ obligation }) => obligation.id,
  );
  const tasks = index.data.frameworks
    .filter((framework) => framework.kind === 'directive')
    .flatMap((framework) =>
      framework.obligations.flatMap((obligation): TaskRow[] => {
        const { task } = obligation;
        if (task === undefined) return [];
        const own = assessed.get(obligation.id) ?? [];
        const before = task.deadline !== undefined && 'before' in task.deadline ? task.deadline.before : null;
        const state = stateOf(own, before, index.today);
        const verdicts = tally(own.map(({ assessment }) => assessment.verdict));
        return [
          {
            obligation: obligation.id,
            title: obligation.title,
            quote: task.quote,
            owner: task.owner,
            instrument: framework.instrument.number,
            before,
            when: whenOf(task.deadline),
            periodic: task.periodic ?? false,
            state,
            word: message(`words.task.${state}`),
            tone: toneOf(state),
            timing: timing(state, before, index.today),
            counts: counts(verdicts),
            systems: total(verdicts),
          },
        ];
      }),
    )
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || compareDays(a.before, b.before));
  return {
    today: index.today,
    tasks,
    overdue: tasks.filter(({ state }) => state === 'overdue').length,
    unproven: tasks.filter(({ state }) => state === 'unproven').length,
    line: line(tasks, index.today),
  };
}

/** "Trước ngày D" ends on the day before D. A claim dated after that was kept, but late. */
function stateOf(own: readonly Assessed[], before: string | null, today: string): TaskState {
  const binding = own.filter(({ assessment }) => assessment.verdict !== 'not-applicable');
  const broken = binding.some(({ assessment: { verdict } }) => verdict === 'not-met' || verdict === 'contradicted');
  const done = binding.length > 0 && binding.every(({ assessment }) => assessment.verdict === 'met');
  if (done) {
    const late = before !== null && binding.some(({ assessment }) => (assessment.claim?.on ?? '') >= before);
    return late ? 'late' : 'done';
  }
  if (before === null) return 'no-date';
  if (today < before) return 'due';
  return broken ? 'overdue' : 'unproven';
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

function timing(state: TaskState, before: string | null, today: string): Message | null {
  if (before === null || state === 'done' || state === 'late') return null;
  const days = daysBetween(lastDay(before), today);
  if (days === 0) return message('report.deadlines.last-day');
  return message(`report.deadlines.days-${days > 0 ? 'past' : 'left'}`, { n: Math.abs(days) });
}

type Deadline = NonNullable<NonNullable<Assessed['obligation']['task']>['deadline']>;

function whenOf(deadline: Deadline | undefined): Text | null {
  if (deadline === undefined || 'before' in deadline) return null;
  return 'within' in deadline ? deadline.within : deadline.trigger;
}

const dayMs = 86_400_000;

function lastDay(before: string): string {
  return new Date(Date.parse(before) - dayMs).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

function compareDays(a: string | null, b: string | null): number {
  return (a ?? '9999').localeCompare(b ?? '9999');
}

function line(tasks: readonly TaskRow[], today: string): Deadlines['line'] {
  const days = [...groupBy(tasks.filter(({ before }) => before !== null), ({ before }) => before ?? '')].sort((a, b) =>
    compareDays(a[0], b[0]),
  );
  if (days.length === 0) return null;
  const times = [...days.map(([day]) => Date.parse(day)), Date.parse(today)];
  const first = Math.min(...times);
  const span = Math.max(Math.max(...times) - first, dayMs);
  const place = (day: string): number => 4 + ((Date.parse(day) - first) / span) * 92;
  let previous = -100;
  let above = true;
  const marks = days.map(([day, on]): DeadlineMark => {
    const x = place(day);
    above = x - previous < 14 && !above;
    previous = x;
    const worst = on.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0];
    return { day, x: percent(x), tone: worst?.tone ?? 'manual', tasks: on.length, anchor: anchorAt(x), dayY: above ? 36 : 104, tasksY: above ? 52 : 120 };
  });
  const x = place(today);
  return { marks, todayX: percent(x), todayAnchor: anchorAt(x) };
}

function anchorAt(x: number): 'start' | 'middle' | 'end' {
  if (x < 10) return 'start';
  return x > 90 ? 'end' : 'middle';
}
