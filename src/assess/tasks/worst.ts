import { taskStates, type TaskItem, type TaskState } from '../../model/task-status.ts';

/** Where several items stand together: where the most urgent one does, with the days that matter most. */
export function worst(items: readonly TaskItem[]): { readonly state: TaskState; readonly days?: number } {
  const state = taskStates.find((one) => items.some((item) => item.state === one)) ?? 'no-evidence';
  const days = items.flatMap((item) => (item.state === state ? (item.days ?? []) : []));
  if (days.length === 0) return { state };
  const left = state === 'pending' || state === 'in-progress' || state === 'periodic-current';
  return { state, days: left ? Math.min(...days) : Math.max(...days) };
}
