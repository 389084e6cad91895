import type { Assessment } from '../model/assessment.ts';
import type { TaskItem, TaskState } from '../model/task-status.ts';

/** What a command's exit code says (house.md). */
export const exitCodes = { allMet: 0, notMet: 1, badInput: 2, tooLittleSeen: 3, bug: 70, interrupted: 130 } as const;

/** 1 when anything is not met or contradicted; else 3 when anything needed was not seen; else 0. */
export function exitCodeOf(assessments: readonly Assessment[]): number {
  if (assessments.some(({ verdict }) => verdict === 'not-met' || verdict === 'contradicted')) return exitCodes.notMet;
  const blind = assessments.some(({ verdict, coverage }) => verdict === 'unproven' && coverage.seen < coverage.needed);
  return blind ? exitCodes.tooLittleSeen : exitCodes.allMet;
}

const late: ReadonlySet<TaskState> = new Set(['contradicted', 'overdue', 'periodic-late', 'done-late']);
const unknown: ReadonlySet<TaskState> = new Set(['no-evidence', 'done-undated']);

/** 1 when a task is overdue, late or contradicted for anybody; else 3 when too little is known of one; else 0. */
export function exitCodeOfTasks(items: readonly TaskItem[]): number {
  if (items.some(({ state }) => late.has(state))) return exitCodes.notMet;
  return items.some(({ state }) => unknown.has(state)) ? exitCodes.tooLittleSeen : exitCodes.allMet;
}
