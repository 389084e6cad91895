import type { Coverage } from '../model/assessment.ts';
import { dayOf } from '../model/day.ts';
import type { Inventory } from '../model/inventory.ts';
import type { OfficialDocument } from '../model/inventory/common.ts';
import {
  statedKey,
  taskStates,
  type TaskItem,
  type TaskReason,
  type TaskState,
  type TaskStatus,
  type TaskView,
} from '../model/task-status.ts';
import type { Output } from './output.ts';
import { safeText } from './safe-text.ts';

/** Reasons whose findings are failures. */
const failing: ReadonlySet<TaskReason> = new Set([
  'fail',
  'fail-after-record',
  'fail-before-record',
  'papers-denied',
  'document-weakened',
]);

/** Claim and evidence, each with its date; the document that moved the day. */
export function claimWords(output: Output, { claim, evidence, due, because }: TaskItem): readonly string[] {
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

/** The deadline as the text puts it, or how often. */
export function deadlineWords({ say, lang }: Output, { deadline }: TaskView, items: readonly TaskItem[]): string {
  const every = items.find(({ due }) => due.every !== undefined)?.due.every;
  if (deadline !== undefined) {
    return 'before' in deadline ? say('tasks.before', { day: shownDay(deadline.before) }) : deadline.words[lang];
  }
  return every === undefined
    ? say('tasks.no-day')
    : say('tasks.every', { interval: say(`tasks.interval.${every.interval}`) });
}

/** A state with its days where they matter. */
export function stateWords({ say }: Output, state: TaskState, days: number | undefined): string {
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

/** Each state that occurs and how often, most urgent first. */
export function countWords({ say }: Output, counts: Readonly<Record<TaskState, number>>): readonly string[] {
  return taskStates
    .filter((state) => counts[state] > 0)
    .map((state) => say('tasks.cli.count', { n: counts[state], state: say(`tasks.state.${state}`).toLowerCase() }));
}

/** How many items rest on something, of all. */
export const ground = ({ say }: Output, of: Coverage) => say('tasks.cli.grounded', { ...of });
/** Coverage in words. */
export const seen = ({ say }: Output, of: Coverage) =>
  of.needed === 0 ? say('tasks.cli.coverage-none') : say('tasks.cli.coverage', { ...of });

/** What the key of a group stands for. */
export function keyName(
  output: Output,
  { inventory, status }: { readonly inventory: Inventory; readonly status: TaskStatus },
  by: string,
  key: string,
): string {
  if (by === 'layer') return output.say('report.layers.n', { n: Number(key) });
  if (by === 'level') return output.say(`words.level.${key}`);
  if (by === 'task') return `${status.tasks.find(({ id }) => id === key)?.title[output.lang] ?? key} (${key})`;
  if (key === 'province') return output.say('tasks.subject.province');
  return organisationName(output, inventory, key) ?? `${key} (${output.say('tasks.subject.body-missing')})`;
}

/** Whom an item falls on, by name. */
export function subjectName(output: Output, { subject }: TaskItem, inventory: Inventory): string {
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

/** Shape and colour of a state, those of the pages. */
export function mark({ colors }: Output, state: TaskState): string {
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
export const shownDay = (day: string) => day.split('-').toReversed().join('/');
