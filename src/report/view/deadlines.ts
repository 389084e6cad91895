import { dayMs } from '../../model/day.ts';
import type { Verdict } from '../../model/assessment.ts';
import { percent } from './bar.ts';
import { taskStates, type TaskState } from '../../model/task-status.ts';
import { message, type Message } from '../../model/text.ts';
import { compare, groupBy, type ReportIndex } from './report-index.ts';
import { tasks, type TaskRow } from './tasks.ts';

/** Tasks of one day, at `x` percent of the line. */
export type DeadlineMark = {
  readonly day: string;
  readonly x: string;
  readonly tone: Verdict;
  readonly tasks: number;
  /** Keeps the label inside the drawing. */
  readonly anchor: TextAnchor;
  /** Heights of the two lines of the label: below the line, or above it so that neighbours do not overprint. */
  readonly dayY: number;
  readonly tasksY: number;
};

type TextAnchor = 'start' | 'middle' | 'end';

/** Tasks of the directives and their days on a line, with the day of the run. */
export type Deadlines = {
  readonly today: string;
  readonly tasks: readonly TaskRow[];
  /** Overdue, late by their interval, or contradicted. */
  readonly overdue: number;
  readonly unproven: number;
  /** How "trước ngày" and "định kỳ" were read. */
  readonly reading: Message | null;
  readonly interval: Message | null;
  readonly line: {
    readonly marks: readonly DeadlineMark[];
    readonly todayX: string;
    readonly todayAnchor: TextAnchor;
  } | null;
};

const late: ReadonlySet<TaskState> = new Set(['overdue', 'periodic-late', 'contradicted']);

/** Lays out the tasks of a report. */
export function deadlines(index: ReportIndex): Deadlines {
  const rows = tasks(index);
  const conventions = index.data.tasks?.conventions;
  return {
    today: index.today,
    tasks: rows,
    overdue: rows.filter(({ state }) => late.has(state)).length,
    unproven: rows.filter(({ state }) => state === 'no-evidence' || state === 'done-undated').length,
    reading: conventions === undefined ? null : message(`tasks.convention.before-${conventions.beforeDay}`),
    interval: conventions === undefined ? null : message(`tasks.interval.${conventions.reportEvery}`),
    line: line(rows, index.today),
  };
}

/** Percent of the width below which two labels would touch on a narrow page. */
const near = 14;

function line(rows: readonly TaskRow[], today: string): Deadlines['line'] {
  const dated = groupBy(
    rows.filter(({ before }) => before !== null),
    ({ before }) => before ?? '',
  );
  const days = [...dated].sort(([a], [b]) => compare(a, b));
  if (days.length === 0) return null;
  const times = [...days.map(([day]) => Date.parse(day)), Date.parse(today)];
  const first = Math.min(...times);
  const span = Math.max(Math.max(...times) - first, dayMs);
  const place = (day: string): number => 4 + ((Date.parse(day) - first) / span) * 92;
  let previous = -100;
  let above = true;
  const marks = days.map(([day, on]): DeadlineMark => {
    const x = place(day);
    above = x - previous < near && !above;
    previous = x;
    const tone = taskStates.flatMap((state) => on.find((task) => task.state === state)?.tone ?? [])[0] ?? 'manual';
    const heights = above ? { dayY: 36, tasksY: 52 } : { dayY: 104, tasksY: 120 };
    return { day, x: percent(x), tone, tasks: on.length, anchor: anchorAt(x), ...heights };
  });
  return { marks, todayX: percent(place(today)), todayAnchor: anchorAt(place(today), 30) };
}

function anchorAt(x: number, edge = 10): TextAnchor {
  if (x < edge) return 'start';
  return x > 100 - edge ? 'end' : 'middle';
}
