import type { Coverage } from '../model/assessment.ts';
import type { Inventory } from '../model/inventory.ts';
import { taskStates, type TaskItem, type TaskState, type TaskStatus, type TaskView } from '../model/task-status.ts';
import type { Output } from './output.ts';
import { safeText } from './safe-text.ts';
import {
  claimWords,
  countWords,
  deadlineWords,
  ground,
  keyName,
  mark,
  seen,
  shownDay,
  stateWords,
  subjectName,
} from './tasks-words.ts';
import { wrap } from './wrap.ts';

/** What is printed, and of what. `every`: each item is told, else they are counted. `unseen`: no run stands behind it. */
export type Printed = {
  readonly inventory: Inventory;
  readonly status: TaskStatus;
  readonly every: boolean;
  readonly unseen: boolean;
};

type Counted = {
  readonly key: string;
  readonly counts: Readonly<Record<TaskState, number>>;
  readonly grounded: Coverage;
  readonly coverage: Coverage;
};

/** For people: the answer, the conventions it was read by, then each task, most urgent first. */
export function printTasks(output: Output, printed: Printed): void {
  const { status } = printed;
  printAnswer(output, printed);
  if (status.tasks.length === 0) return;
  const byTask = Map.groupBy(status.items, (item) => item.task);
  const rank = ({ state }: TaskView) => taskStates.indexOf(state);
  for (const view of status.tasks.toSorted((a, b) => rank(a) - rank(b))) {
    const items = byTask.get(view.id) ?? [];
    output.line();
    printTask(output, view, items, printed.every);
    if (!printed.every) continue;
    const itemRank = (one: TaskItem) => taskStates.indexOf(one.state);
    for (const item of items.toSorted((a, b) => itemRank(a) - itemRank(b))) printItem(output, item, printed.inventory);
  }
}

/** For people: each group on a line or two, counts with what they rest on. */
export function printRollUp(output: Output, printed: Printed, by: string, groups: readonly Counted[]): void {
  printAnswer(output, printed);
  output.line();
  output.line(output.colors.bold(output.say(`tasks.cli.by.${by}`)));
  const bad = ({ counts }: Counted) =>
    counts.contradicted + counts.overdue + counts['periodic-late'] + counts['done-late'];
  const order = by === 'organisation' ? groups.toSorted((a, b) => bad(b) - bad(a)) : groups;
  for (const { key, counts, grounded, coverage } of order) {
    output.line();
    paragraph(output, keyName(output, printed, by, key), '  ', '  ');
    paragraph(output, [...countWords(output, counts), ground(output, grounded), seen(output, coverage)].join(' · '));
  }
}

function printAnswer(output: Output, { inventory, status, unseen }: Printed): void {
  const { say, colors } = output;
  const { day, conventions, tasks } = status;
  const name = output.lang === 'en' ? (inventory.province.nameEn ?? inventory.province.name) : inventory.province.name;
  for (const line of wrap(
    say('tasks.cli.title', { province: safeText(name), day: shownDay(day) }),
    output.width,
    '',
    '',
  ))
    output.line(colors.bold(line));
  if (tasks.length === 0) {
    output.line(say('tasks.cli.none'));
    return;
  }
  const count = (...states: readonly TaskState[]) => tasks.filter(({ state }) => states.includes(state)).length;
  const answer = {
    bad: count('contradicted', 'overdue', 'periodic-late', 'done-late'),
    unknown: count('no-evidence', 'done-undated'),
    open: count('pending', 'waiting-for-trigger', 'in-progress'),
    done: count('done', 'done-on-time', 'periodic-current'),
    total: tasks.length,
  };
  paragraph(output, say('tasks.cli.answer', answer), '', '');
  const readings = [
    say(`tasks.convention.before-${conventions.beforeDay}`),
    say('tasks.convention.every', { interval: say(`tasks.interval.${conventions.reportEvery}`) }),
  ];
  paragraph(output, `${say('tasks.convention.label')}: ${readings.join('; ')}.`, '', '', true);
  if (unseen) paragraph(output, say('tasks.cli.inventory-only'), '', '', true);
}

function printTask(output: Output, view: TaskView, items: readonly TaskItem[], every: boolean): void {
  const { say, lang, colors } = output;
  const head = `${stateWords(output, view.state, view.days)} · ${view.title[lang]}`;
  const [first = '', ...rest] = wrap(head, output.width, `${mark(output, view.state)} `, '  ');
  output.line(colors.bold(first));
  for (const line of rest) output.line(colors.bold(line));
  paragraph(output, `${view.id} · ${say('tasks.cli.deadline', { words: deadlineWords(output, view, items) })}`);
  paragraph(output, say('tasks.cli.owner', { owner: view.owner[lang] }));
  const counts = Object.fromEntries(
    taskStates.map((state) => [state, items.filter((item) => item.state === state).length]),
  ) as Record<TaskState, number>;
  const coverage = {
    seen: items.reduce((sum, item) => sum + item.evidence.coverage.seen, 0),
    needed: items.reduce((sum, item) => sum + item.evidence.coverage.needed, 0),
  };
  const [only] = items;
  if (items.length > 1) {
    const key = items.some(({ subject }) => subject.kind === 'system') ? 'systems' : 'bodies';
    const told = `${say(`tasks.subject.${key}`, { n: items.length })}: ${countWords(output, counts).join(', ')}`;
    paragraph(output, coverage.needed > 0 ? `${told} · ${seen(output, coverage)}` : told);
  } else if (only !== undefined && !every) {
    const told = [say(`tasks.because-${only.because}`), ...claimWords(output, only)];
    paragraph(output, [...told, ...(coverage.needed > 0 ? [seen(output, coverage)] : [])].join(' · '));
  }
  const blanks = view.clear.filter(({ from }) => from === null).map(({ part }) => say(`tasks.clear.${part}`));
  if (blanks.length > 0)
    paragraph(output, say('tasks.cli.blanks', { parts: blanks.join(', ') }), undefined, undefined, true);
}

function printItem(output: Output, item: TaskItem, inventory: Inventory): void {
  const { say } = output;
  const head = `${subjectName(output, item, inventory)} · ${stateWords(output, item.state, item.days)}`;
  paragraph(output, head, `    ${mark(output, item.state)} `, '      ');
  const { coverage } = item.evidence;
  const told = [
    say(`tasks.because-${item.because}`),
    ...claimWords(output, item),
    ...(coverage.needed > 0 ? [seen(output, coverage)] : []),
  ];
  paragraph(output, told.join(' · '), '      ', '      ', true);
}

function paragraph(output: Output, text: string, first = '    ', rest = '    ', quiet = false): void {
  for (const line of wrap(text, output.width, first, rest)) output.line(quiet ? output.colors.dim(line) : line);
}
