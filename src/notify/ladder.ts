import type { Severity } from '../model/check.ts';
import { daysBetween } from '../model/day.ts';
import type { NotifySettings } from './settings-schema.ts';

/** When an organisation is told of one finding, in calendar days; what falls on a day off goes on the next working day. */
export type Rungs = {
  /** Days from the first sighting to the first notice: 0 is at once. */
  readonly first: number;
  /** Days from one notice to the next, in order, then `every`, while nobody answers. */
  readonly reminders: readonly number[];
  readonly every: number;
  /** Days before the due day, and after it; once those are over, every `everyLate` days. */
  readonly beforeDue: readonly number[];
  readonly afterDue: readonly number[];
  readonly everyLate: number;
  /** Days late from which others are told too. */
  readonly escalate: { readonly head: number; readonly parent: number; readonly police: number };
};

/** `info` is advice, has no due day, and asks for no letter. */
export type Ladder = Readonly<Record<Exclude<Severity, 'info'>, Rungs>>;

/**
 * Critical must be mended within 5 to 10 working days, so two reminders fit before the due day and a week late is much; low
 * has half a year, so a monthly line in a letter is enough, and medium waits a week for company in one letter. The numbers
 * are a convention of this tool; no Vietnamese text read so far sets any.
 */
export const defaultLadder: Ladder = {
  critical: {
    first: 0,
    reminders: [3, 7],
    every: 7,
    beforeDue: [3, 1],
    afterDue: [1, 3],
    everyLate: 7,
    escalate: { head: 3, parent: 7, police: 14 },
  },
  high: {
    first: 0,
    reminders: [7, 14],
    every: 14,
    beforeDue: [7, 1],
    afterDue: [1, 7],
    everyLate: 7,
    escalate: { head: 7, parent: 14, police: 21 },
  },
  medium: {
    first: 7,
    reminders: [],
    every: 30,
    beforeDue: [14, 3],
    afterDue: [1, 14],
    everyLate: 14,
    escalate: { head: 14, parent: 30, police: 45 },
  },
  low: {
    first: 30,
    reminders: [],
    every: 30,
    beforeDue: [14],
    afterDue: [7],
    everyLate: 30,
    escalate: { head: 30, parent: 60, police: 90 },
  },
};

/** The defaults with what the operator set instead, number by number. */
export function ladderOf(own: NotifySettings['ladder'] = {}): Ladder {
  const merged = (severity: keyof Ladder): Rungs => ({
    ...defaultLadder[severity],
    ...own[severity],
    escalate: { ...defaultLadder[severity].escalate, ...own[severity]?.escalate },
  });
  return { critical: merged('critical'), high: merged('high'), medium: merged('medium'), low: merged('low') };
}

/** A finding as the ladder sees it; days of Viet Nam. */
export type Standing = {
  readonly opened: string;
  readonly due?: string;
  readonly told?: { readonly lastOn: string; readonly times: number };
  /** Whether the owner has said nothing yet: who works on it is not asked again before the due day comes near. */
  readonly unanswered: boolean;
};

export type Rung = 'first' | 'reminder' | 'due-soon' | 'overdue';

/** The rung that a finding has reached since it was last told, if any: what makes a letter go. Pure. */
export function rungOn(rungs: Rungs, { opened, due, told, unanswered }: Standing, day: string): Rung | undefined {
  const left = due === undefined ? undefined : daysBetween(day, due);
  if (told === undefined) {
    if (left !== undefined && left < 0) return 'overdue';
    if (left !== undefined && rungs.beforeDue.some((days) => left <= days)) return 'due-soon';
    return daysBetween(opened, day) >= rungs.first ? 'first' : undefined;
  }
  const since = daysBetween(told.lastOn, day);
  if (since <= 0) return undefined;
  if (left !== undefined && left < 0) {
    const crossed = rungs.afterDue.some((days) => -left >= days && -left - since < days);
    return crossed || since >= rungs.everyLate ? 'overdue' : undefined;
  }
  if (left !== undefined && rungs.beforeDue.some((days) => left <= days && left + since > days)) return 'due-soon';
  return unanswered && since >= gapOf(rungs, told.times) ? 'reminder' : undefined;
}

/**
 * Whether a finding joins a letter that goes anyway: half of its time is over, so that reminders of one owner come
 * together.
 */
export function joins(rungs: Rungs, { told, unanswered }: Standing, day: string): boolean {
  return told !== undefined && unanswered && daysBetween(told.lastOn, day) * 2 >= gapOf(rungs, told.times);
}

function gapOf({ reminders, every }: Rungs, times: number): number {
  return reminders[times - 1] ?? every;
}

/** Whether the window of `beforeDue` is open: the finding stands in the list of what is due soon. */
export function isDueSoon({ beforeDue }: Rungs, due: string | undefined, day: string): boolean {
  if (due === undefined) return false;
  const left = daysBetween(day, due);
  return left >= 0 && left <= Math.max(0, ...beforeDue);
}
