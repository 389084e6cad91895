import type { Coverage } from '../model/assessment.ts';
import { dayOf } from '../model/day.ts';
import type { Inventory } from '../model/inventory.ts';
import type { OfficialDocument } from '../model/inventory/common.ts';
import {
  statedKey,
  taskStates,
  type TaskItem,
  type TaskState,
  type TaskStatus,
  type TaskView,
  type TaskReason,
} from '../model/task-status.ts';
import type { Output } from './output.ts';
import { safeText } from './safe-text.ts';
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
    printTask(output, view, items);
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

function printTask(output: Output, view: TaskView, items: readonly TaskItem[]): void {
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
  if (items.length === 1 && only !== undefined) {
    paragraph(output, [say(`tasks.because-${only.because}`), ...claimWords(output, only)].join(' · '));
    if (coverage.needed > 0) paragraph(output, seen(output, coverage));
  } else {
    const key = items.some(({ subject }) => subject.kind === 'system') ? 'systems' : 'bodies';
    const told = `${say(`tasks.subject.${key}`, { n: items.length })}: ${countWords(output, counts).join(', ')}`;
    paragraph(output, coverage.needed > 0 ? `${told} · ${seen(output, coverage)}` : told);
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

/** Reasons whose findings are failures. */
const failing: ReadonlySet<TaskReason> = new Set([
  'fail',
  'fail-after-record',
  'fail-before-record',
  'papers-denied',
  'document-weakened',
]);

/** Claim and evidence, each with its date; the document that moved the day. */
function claimWords(output: Output, { claim, evidence, due, because }: TaskItem): readonly string[] {
  const { say } = output;
  const words: string[] = [];
  if (claim !== undefined) {
    const day = shownDay(claim.on);
    words.push(
      claim.document === undefined
        ? say('tasks.claimed', { day })
        : say('tasks.claimed-by', { day, document: documentWords(output, claim.document) }),
    );
  }
  if (evidence.at !== undefined) words.push(say('tasks.seen-on', { day: shownDay(dayOf(evidence.at)) }));
  if (failing.has(because) && evidence.findings.length > 0)
    words.push(say('tasks.failing', { n: evidence.findings.length }));
  if (due.extended !== undefined) {
    const { until, document } = due.extended;
    words.push(say('tasks.extended', { day: shownDay(until), document: documentWords(output, document) }));
  }
  if (due.trigger !== undefined) {
    words.push(say('tasks.trigger', { document: documentWords(output, due.trigger.document) }));
  }
  return words;
}

function deadlineWords({ say, lang }: Output, { deadline }: TaskView, items: readonly TaskItem[]): string {
  const every = items.find(({ due }) => due.every !== undefined)?.due.every;
  if (deadline !== undefined) {
    return 'before' in deadline ? say('tasks.before', { day: shownDay(deadline.before) }) : deadline.words[lang];
  }
  return every === undefined
    ? say('tasks.no-day')
    : say('tasks.every', { interval: say(`tasks.interval.${every.interval}`) });
}

function stateWords({ say }: Output, state: TaskState, days: number | undefined): string {
  const n = days ?? 0;
  switch (statedKey(state, days)) {
    case 'alone':
      return say(`tasks.state.${state}`);
    case 'past':
      return say(`tasks.stated.${state}`, { n });
    case 'left':
      return say(`tasks.stated-left.${state}`, { n });
    case 'last-day':
      return say(`tasks.stated-last-day.${state}`);
  }
}

function countWords({ say }: Output, counts: Readonly<Record<TaskState, number>>): readonly string[] {
  return taskStates
    .filter((state) => counts[state] > 0)
    .map((state) => say('tasks.cli.count', { n: counts[state], state: say(`tasks.state.${state}`).toLowerCase() }));
}

const ground = ({ say }: Output, of: Coverage) => say('tasks.cli.grounded', { ...of });
const seen = ({ say }: Output, of: Coverage) =>
  of.needed === 0 ? say('tasks.cli.coverage-none') : say('tasks.cli.coverage', { ...of });

function keyName(output: Output, { inventory, status }: Printed, by: string, key: string): string {
  if (by === 'layer') return output.say('report.layers.n', { n: Number(key) });
  if (by === 'level') return output.say(`words.level.${key}`);
  if (by === 'task') return `${status.tasks.find(({ id }) => id === key)?.title[output.lang] ?? key} (${key})`;
  if (key === 'province') return output.say('tasks.subject.province');
  return organisationName(output, inventory, key) ?? `${key} (${output.say('tasks.subject.body-missing')})`;
}

function subjectName(output: Output, { subject }: TaskItem, inventory: Inventory): string {
  switch (subject.kind) {
    case 'system': {
      const system = inventory.systems.find(({ id }) => id === subject.system);
      const name = output.lang === 'en' ? (system?.nameEn ?? system?.name) : system?.name;
      return safeText(name ?? subject.system);
    }
    case 'organisation':
      return organisationName(output, inventory, subject.organisation) ?? subject.organisation;
    case 'body':
      return `${subject.name[output.lang]} (${output.say('tasks.subject.body-missing')})`;
    case 'province':
      return output.say('tasks.subject.province');
  }
}

function organisationName({ lang }: Output, { organisations }: Inventory, id: string): string | undefined {
  const one = organisations.find((each) => each.id === id);
  return one === undefined ? undefined : safeText(lang === 'en' ? (one.nameEn ?? one.name) : one.name);
}

function mark({ colors }: Output, state: TaskState): string {
  switch (state) {
    case 'contradicted':
      return colors.magenta('◆');
    case 'overdue':
    case 'periodic-late':
      return colors.red('▲');
    case 'no-evidence':
    case 'done-undated':
      return colors.dim('◌');
    case 'waiting-for-trigger':
    case 'pending':
    case 'in-progress':
      return colors.blue('□');
    case 'done-late':
      return colors.yellow('●');
    case 'periodic-current':
    case 'done-on-time':
    case 'done':
      return colors.cyan('●');
  }
}

const documentWords = ({ say }: Output, { number, date }: OfficialDocument) =>
  say('tasks.document', { number: safeText(number, 100), day: shownDay(date) });

/** `22/11/2026`, as on the pages. */
const shownDay = (day: string) => day.split('-').toReversed().join('/');

function paragraph(output: Output, text: string, first = '    ', rest = '    ', quiet = false): void {
  for (const line of wrap(text, output.width, first, rest)) output.line(quiet ? output.colors.dim(line) : line);
}
