import type { Coverage } from './assessment.ts';
import type { EvidenceRule } from './framework.ts';
import type { OfficialDocument } from './inventory/common.ts';
import type { Level } from './inventory/level-words.ts';
import type { Conventions, ReportEvery } from './inventory/tasks.ts';
import type { sixClear } from './inventory/six-clear.ts';
import type { Iso } from './observation.ts';
import type { Text } from './text.ts';

/**
 * Where a task stands for who it falls on, most urgent first. `done`: done, and the text sets no day. `done-undated`: seen done
 * after its day, the day of doing unknown.
 */
export const taskStates = [
  'contradicted',
  'overdue',
  'periodic-late',
  'no-evidence',
  'waiting-for-trigger',
  'pending',
  'in-progress',
  'done-undated',
  'done-late',
  'periodic-current',
  'done-on-time',
  'done',
] as const;
export type TaskState = (typeof taskStates)[number];

/** The one reason behind a state; each is a sentence of the catalogue, `tasks.because-<reason>`. */
export const taskReasons = [
  'record-done',
  'record-undone',
  'record-in-future',
  'no-record',
  'no-subject',
  'no-day',
  'reports-so-far',
  'guidance-awaited',
  'guidance-came',
  'seen-done',
  'seen-and-recorded',
  'fail-after-record',
  'fail-before-record',
  'fail',
  'waived',
  'false-positive',
  'not-observed',
  'clean-needs-document',
  'papers',
  'papers-later',
  'papers-missing',
  'papers-say-no',
  'papers-deny-record',
  'papers-deny-themselves',
  'papers-denied',
  'papers-undocumented',
  'papers-expired',
  'papers-not-checked',
  'report-in-time',
  'report-old',
  'report-none',
  'report-not-yet',
  'seen-in-time',
  'seen-too-long-ago',
  'seen-in-part',
  'document-weakened',
  'document-beside-coverage',
] as const;
export type TaskReason = (typeof taskReasons)[number];

/** Whom a task falls on. `body`: named by the text, and no organisation of the inventory bears the name. */
export type TaskSubject =
  | { readonly kind: 'system'; readonly system: string; readonly organisation: string; readonly level?: Level }
  | { readonly kind: 'organisation'; readonly organisation: string }
  | { readonly kind: 'body'; readonly name: Text }
  | { readonly kind: 'province' };

/** One of the six "rõ": who says it, and what; `from: null` is a blank, which is a defect. */
export type ClearPart = { readonly part: ClearName } & (
  | { readonly from: 'text' | 'province'; readonly says: Text }
  /** Rõ thời gian of a text that says "trước ngày". */
  | { readonly from: 'text'; readonly before: string }
  | { readonly from: null }
);
export type ClearName = (typeof sixClear)[number];

/** When a task falls due, and by which reading and document. */
export type TaskDue = {
  /** The last day on which it is done in time; absent: the text sets none, or what it waits for has not come. */
  readonly last?: string;
  /** The last day before a document moved it. */
  readonly original?: string;
  readonly extended?: { readonly until: string; readonly document: OfficialDocument };
  readonly trigger?: { readonly document: OfficialDocument; readonly due?: string };
  /** Periodic: how often, and whether the text or only a convention says so. */
  readonly every?: { readonly interval: ReportEvery; readonly convention: boolean };
};

/** One task for one of those it falls on: claim and evidence side by side, each with its date. */
export type TaskItem = {
  /** Id of the obligation. */
  readonly task: string;
  readonly subject: TaskSubject;
  readonly state: TaskState;
  readonly because: TaskReason;
  readonly due: TaskDue;
  /** Days past the last compliant day, or left until it (`pending`, `in-progress`, `periodic-current`). */
  readonly days?: number;
  /** Who does it says so: the day, and the document. */
  readonly claim?: { readonly on: string; readonly document?: OfficialDocument };
  /** What was seen: the clock of the latest evidence, the findings behind it, and how much of what was needed. */
  readonly evidence: {
    readonly at?: Iso;
    readonly findings: readonly { readonly check: string; readonly target: string }[];
    readonly coverage: Coverage;
  };
  /** The six "rõ" with what a record of its own adds; absent: those of the task. */
  readonly clear?: readonly ClearPart[];
  readonly note?: string;
};

/** One task of a directive, and where it stands altogether: where its most urgent item stands. */
export type TaskView = {
  readonly id: string;
  readonly title: Text;
  /** Vietnamese, verbatim. */
  readonly quote: string;
  readonly owner: Text;
  readonly source: { readonly instrument: string; readonly clause?: string };
  /** The deadline as the text puts it. */
  readonly deadline?: { readonly before: string } | { readonly words: Text };
  readonly periodic: boolean;
  readonly rule: EvidenceRule;
  readonly shows?: Text;
  readonly layers: readonly (1 | 2 | 3 | 4)[];
  readonly clear: readonly ClearPart[];
  readonly state: TaskState;
  readonly days?: number;
};

/** All tasks that bind a province on a day. */
export type TaskStatus = {
  /** The day they are held against, `YYYY-MM-DD`. */
  readonly day: string;
  readonly conventions: Required<Omit<Conventions, 'sightings'>>;
  readonly tasks: readonly TaskView[];
  readonly items: readonly TaskItem[];
};

/** A state with its days as one message: `overdue` and 3 is "overdue by 3 days". The words of the state alone: `tasks.state.*`. */
export function statedKey(state: TaskState, days: number | undefined): 'alone' | 'past' | 'left' | 'last-day' {
  if (days === undefined) return 'alone';
  switch (state) {
    case 'overdue':
    case 'periodic-late':
    case 'no-evidence':
    case 'done-late':
      return 'past';
    case 'pending':
    case 'in-progress':
    case 'periodic-current':
      return days === 0 ? 'last-day' : 'left';
    case 'contradicted':
    case 'waiting-for-trigger':
    case 'done-undated':
    case 'done-on-time':
    case 'done':
      return 'alone';
  }
}
