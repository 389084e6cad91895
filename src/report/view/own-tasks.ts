import type { Verdict } from '../../model/assessment.ts';
import { taskStates, type TaskItem, type TaskReason } from '../../model/task-status.ts';
import { message, type Message } from '../../model/text.ts';
import type { PageRef } from '../page-ref.ts';
import { documentView, type DocumentView } from './document.ts';
import { organisation } from './matrix.ts';
import { nameOf, type Name } from './name.ts';
import { groupBy, type ReportIndex } from './report-index.ts';
import { coverage, type CoverageView } from './tally.ts';
import { stated, taskRow, taskTone, urgentFirst, type TaskRow } from './tasks.ts';

/** One task for one of those it falls on: claim and evidence side by side, each with its date. */
export type TaskItemView = {
  /** Null on the page of the subject itself. */
  readonly subject: { readonly name: Name; readonly ref: PageRef } | null;
  readonly tone: Verdict;
  readonly word: Message;
  readonly because: Message;
  readonly last: string | null;
  readonly original: string | null;
  readonly extended: { readonly until: string; readonly document: DocumentView | null } | null;
  readonly trigger: DocumentView | null;
  readonly claim: { readonly on: string; readonly document: DocumentView | null } | null;
  readonly seenAt: string | null;
  /** Failures behind it. */
  readonly failing: number;
  readonly coverage: CoverageView;
  readonly note: string | null;
};

/** A task with the items that a page is about. */
export type OwnTask = { readonly row: TaskRow; readonly items: readonly TaskItemView[] };

/** Items by the organisation that answers for them and by system, so that a thousand pages do not each search all. */
export type TaskHoldings = {
  readonly organisations: ReadonlyMap<string, readonly TaskItem[]>;
  readonly systems: ReadonlyMap<string, readonly TaskItem[]>;
};

/** Who answers for which items. */
export function taskHoldings({ data }: ReportIndex): TaskHoldings {
  const items = data.tasks?.items ?? [];
  const keyed = (key: (item: TaskItem) => string | undefined) =>
    groupBy(
      items.filter((item) => key(item) !== undefined),
      (item) => key(item) ?? '',
    );
  return {
    organisations: keyed(({ subject }) => ('organisation' in subject ? subject.organisation : undefined)),
    systems: keyed(({ subject }) => (subject.kind === 'system' ? subject.system : undefined)),
  };
}

/** Tasks over some items, most urgent first; `self` is the page they are shown on. */
export function ownTasks(index: ReportIndex, items: readonly TaskItem[], self: PageRef): readonly OwnTask[] {
  const byTask = groupBy(items, ({ task }) => task);
  const own = (index.data.tasks?.tasks ?? []).flatMap((view) => {
    const its = byTask.get(view.id);
    if (its === undefined) return [];
    const state = taskStates.find((one) => its.some((item) => item.state === one)) ?? view.state;
    const days = its.find((item) => item.state === state)?.days;
    const { days: _all, ...rest } = view;
    // What a record of their own says of the six stands before the text's words.
    const clear = its.find((item) => item.clear !== undefined)?.clear ?? view.clear;
    const row = taskRow({ ...rest, clear, state, ...(days === undefined ? {} : { days }) }, its);
    const rank = (item: TaskItem) => taskStates.indexOf(item.state);
    return [{ row, items: its.toSorted((a, b) => rank(a) - rank(b)).map((item) => itemView(index, item, self)) }];
  });
  const order = urgentFirst(own.map(({ row }) => row));
  return own.toSorted((a, b) => order.indexOf(a.row) - order.indexOf(b.row));
}

/** Reasons whose findings are failures. */
const failing: ReadonlySet<TaskReason> = new Set([
  'fail',
  'fail-after-record',
  'fail-before-record',
  'papers-denied',
  'document-weakened',
]);

function itemView(index: ReportIndex, item: TaskItem, self: PageRef): TaskItemView {
  const { due, claim, evidence } = item;
  return {
    subject: subjectOf(index, item, self),
    tone: taskTone(item.state),
    word: stated(item.state, item.days),
    because: message(`tasks.because-${item.because}`),
    last: due.last ?? null,
    original: due.original ?? null,
    extended:
      due.extended === undefined ? null : { until: due.extended.until, document: documentView(due.extended.document) },
    trigger: documentView(due.trigger?.document),
    claim: claim === undefined ? null : { on: claim.on, document: documentView(claim.document) },
    seenAt: evidence.at ?? null,
    failing: failing.has(item.because) ? evidence.findings.length : 0,
    coverage: coverage([evidence.coverage]),
    note: item.note ?? null,
  };
}

function subjectOf(index: ReportIndex, { subject }: TaskItem, self: PageRef): TaskItemView['subject'] {
  if (subject.kind === 'system' && (self.page !== 'system' || self.id !== subject.system)) {
    const system = index.fileOf.get(subject.system)?.system;
    return {
      name: system === undefined ? { vi: subject.system, en: null } : nameOf(system),
      ref: { page: 'system', id: subject.system },
    };
  }
  if (subject.kind === 'organisation' && (self.page !== 'organisation' || self.id !== subject.organisation)) {
    return {
      name: nameOf(organisation(index, subject.organisation)),
      ref: { page: 'organisation', id: subject.organisation },
    };
  }
  return null;
}
