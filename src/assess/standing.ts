import type { Standing, Verdict } from '../model/assessment.ts';
import type { DirectiveTask } from '../model/framework.ts';
import { daysBetween } from '../model/day.ts';

/** What is known of a task's doing on the day of the assessment. */
export type Doing = { readonly verdict: Verdict; readonly doneOn?: string; readonly onDay: string };

/** Where a dated task stands; undefined for a task without a date, or one that does not apply. */
export function standingOf(task: DirectiveTask | undefined, doing: Doing): Standing | undefined {
  if (task?.deadline === undefined || !('before' in task.deadline)) return undefined;
  const { before } = task.deadline;
  const { verdict, doneOn, onDay } = doing;
  const past = (day: string) => daysBetween(before, day) + 1;
  switch (verdict) {
    case 'not-applicable':
      return undefined;
    case 'not-met':
    case 'contradicted':
      return onDay < before ? { before, state: 'pending' } : { before, state: 'overdue', days: past(onDay) };
    case 'met':
    case 'manual':
    case 'unproven':
      if (doneOn !== undefined && verdict !== 'unproven') {
        return doneOn < before
          ? { before, state: 'on-time', doneOn }
          : { before, state: 'late', doneOn, days: past(doneOn) };
      }
      if (onDay < before) return { before, state: verdict === 'met' ? 'on-time' : 'pending' };
      return { before, state: verdict === 'met' ? 'done-undated' : 'no-evidence' };
  }
}
