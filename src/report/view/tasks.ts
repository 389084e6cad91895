import type { Verdict } from '../../model/assessment.ts';
import { statedKey, taskStates, type TaskItem, type TaskState, type TaskView } from '../../model/task-status.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import { clearViews, type ClearView } from './six-clear.ts';
import { compare, groupBy, type ReportIndex } from './report-index.ts';
import { coverage, type CoverageView } from './tally.ts';

/** One task of a directive, over everybody it falls on. */
export type TaskRow = {
  readonly obligation: string;
  readonly title: Text;
  /** Vietnamese, verbatim. */
  readonly quote: string;
  readonly owner: Text;
  readonly instrument: string;
  readonly clause: string | null;
  /** The text says "before this day". */
  readonly before: string | null;
  readonly when: Text | null;
  /** How often, where the text says only that it is periodic. */
  readonly every: Message | null;
  readonly state: TaskState;
  /** The state with its days. */
  readonly word: Message;
  readonly tone: Verdict;
  /** Why, where the task falls on one alone. */
  readonly because: Message | null;
  readonly counts: readonly StateCount[];
  /** What it falls on: so many systems or bodies, or the province. */
  readonly subjects: Message;
  readonly coverage: CoverageView;
  readonly clear: readonly ClearView[];
  readonly blanks: number;
  readonly shows: Text | null;
};

/** One state and how often, as drawn. */
export type StateCount = { readonly tone: Verdict; readonly word: Message; readonly n: number };

/** Tasks that bind here, most urgent first, then by day. Empty where a run was stored before there were any. */
export function tasks(index: ReportIndex): readonly TaskRow[] {
  const { tasks: views = [], items = [] } = index.data.tasks ?? {};
  const byTask = groupBy(items, ({ task }) => task);
  return urgentFirst(views.map((view) => taskRow(view, byTask.get(view.id) ?? [])));
}

/** Orders rows: most urgent first, then by day. */
export function urgentFirst(rows: readonly TaskRow[]): readonly TaskRow[] {
  return rows.toSorted(
    (a, b) =>
      taskStates.indexOf(a.state) - taskStates.indexOf(b.state) || compare(a.before ?? '9999', b.before ?? '9999'),
  );
}

/** A task as shown, over some of its items. */
export function taskRow(view: TaskView, items: readonly TaskItem[]): TaskRow {
  const [only] = items;
  const every = items.find(({ due }) => due.every !== undefined)?.due.every;
  const { deadline } = view;
  return {
    obligation: view.id,
    title: view.title,
    quote: view.quote,
    owner: view.owner,
    instrument: view.source.instrument,
    clause: view.source.clause ?? null,
    before: deadline !== undefined && 'before' in deadline ? deadline.before : null,
    when: deadline !== undefined && 'words' in deadline ? deadline.words : null,
    every: every === undefined ? null : message(`tasks.interval.${every.interval}`),
    state: view.state,
    word: stated(view.state, view.days),
    tone: taskTone(view.state),
    because: items.length === 1 && only !== undefined ? message(`tasks.because-${only.because}`) : null,
    counts: items.length === 1 ? [] : stateCounts(items),
    subjects: subjectsOf(items),
    coverage: coverage(items.map(({ evidence }) => evidence.coverage)),
    clear: clearViews(view.clear),
    blanks: view.clear.filter(({ from }) => from === null).length,
    shows: view.shows ?? null,
  };
}

/** The words of a state, with its days where they matter. */
export function stated(state: TaskState, days: number | undefined): Message {
  const n = days ?? 0;
  switch (statedKey(state, days)) {
    case 'alone':
      return message(`tasks.state.${state}`);
    case 'past':
      return message(`tasks.stated.${state}`, { n });
    case 'left':
      return message(`tasks.stated-left.${state}`, { n });
    case 'last-day':
      return message(`tasks.stated-last-day.${state}`);
  }
}

/** Colour and shape of a state, those of the verdicts. */
export function taskTone(state: TaskState): Verdict {
  const tones = {
    contradicted: 'contradicted',
    overdue: 'not-met',
    'periodic-late': 'not-met',
    'no-evidence': 'unproven',
    'done-undated': 'met',
    'waiting-for-trigger': 'manual',
    pending: 'manual',
    'in-progress': 'manual',
    'done-late': 'met',
    'periodic-current': 'met',
    'done-on-time': 'met',
    done: 'met',
  } as const satisfies Record<TaskState, Verdict>;
  return tones[state];
}

function stateCounts(items: readonly TaskItem[]): readonly StateCount[] {
  return taskStates.flatMap((state) => {
    const n = items.filter((item) => item.state === state).length;
    return n === 0 ? [] : [{ tone: taskTone(state), word: message(`tasks.state.${state}`), n }];
  });
}

function subjectsOf(items: readonly TaskItem[]): Message {
  const n = items.length;
  if (items.some(({ subject }) => subject.kind === 'system')) return message('tasks.subject.systems', { n });
  if (items.some(({ subject }) => subject.kind === 'province')) return message('tasks.subject.province');
  return message('tasks.subject.bodies', { n });
}
