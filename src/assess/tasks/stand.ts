import { daysBetween } from '../../model/day.ts';
import type { TaskDue, TaskReason, TaskState } from '../../model/task-status.ts';
import type { Spoken } from './spoken.ts';

/** Where one item stands, and why. */
export type Stand = { readonly state: TaskState; readonly because: TaskReason; readonly days?: number };

/** What every rule goes by. */
export type Case = {
  readonly spoken: Spoken;
  readonly due: TaskDue;
  readonly today: string;
  /** The text makes it wait for an event. */
  readonly awaits: boolean;
  /** First day of the text: what is periodic is counted from here while nothing was done. */
  readonly since: string;
};

/** The day that a record calls it done, unless that day has not come. */
export function doneIn({ spoken, today }: Case): string | undefined {
  const on = spoken.done?.on;
  return on !== undefined && on <= today ? on : undefined;
}

/** Done on a day: in time or late by the last compliant day. */
export function doneOn(on: string, { due }: Case, because: TaskReason): Stand {
  if (due.last === undefined) return { state: 'done', because };
  const days = daysBetween(due.last, on);
  return days > 0 ? { state: 'done-late', because, days } : { state: 'done-on-time', because };
}

/** Known not to be done: overdue once the last compliant day is over. Without a day nothing is overdue. */
export function notDone(of: Case, because: TaskReason): Stand {
  const { due, today } = of;
  if (due.last === undefined) return { state: 'no-evidence', because };
  const days = daysBetween(due.last, today);
  return days > 0 ? { state: 'overdue', because, days } : { state: 'pending', because, days: Math.abs(days) };
}

/** Not known to be done: overdue only where a record of its own leaves it undone. */
export function notKnown(of: Case, because: TaskReason): Stand {
  const stand = notDone(of, because);
  return stand.state === 'overdue' && !of.spoken.exists ? { ...stand, state: 'no-evidence' } : stand;
}

/** A claim that evidence does not bear out: without ground once the last compliant day is over, or where there is none. */
export function unproven(of: Case, because: TaskReason): Stand {
  const stand = notDone(of, because);
  return stand.state === 'overdue' ? { ...stand, state: 'no-evidence' } : stand;
}
