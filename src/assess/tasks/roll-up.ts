import type { Coverage } from '../../model/assessment.ts';
import { taskStates, type TaskItem, type TaskState, type TaskStatus } from '../../model/task-status.ts';

export const taskRollUpKeys = ['organisation', 'task', 'layer', 'level'] as const;
export type TaskRollUpKey = (typeof taskRollUpKeys)[number];

/** Items with one thing in common: how many stand where, never without what that rests on. */
export type TaskRollUp = {
  /** Id of the organisation or task; `1`..`4`; `1`..`5` or `none`; `province`; the name of a body that the inventory lacks. */
  readonly key: string;
  readonly counts: Readonly<Record<TaskState, number>>;
  readonly total: number;
  /** Items whose state rests on a document or on something seen, of all. */
  readonly grounded: Coverage;
  /** Answers of checks had, of those needed. */
  readonly coverage: Coverage;
};

/**
 * Counts items by the organisation that answers (the owner of a system), by task, by layer that a task serves, or by the level of
 * the system. A task that serves no layer is in none, one that serves four in four; what falls on no system has no level.
 */
export function rollUpTasks({ tasks, items }: TaskStatus, by: TaskRollUpKey): readonly TaskRollUp[] {
  const layers = new Map(tasks.map((task) => [task.id, task.layers.map(String)]));
  const groups = new Map<string, TaskItem[]>();
  for (const item of items) {
    for (const key of keysOf(item, by, layers)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => count(key, group));
}

function keysOf(
  { task, subject }: TaskItem,
  by: TaskRollUpKey,
  layers: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  switch (by) {
    case 'task':
      return [task];
    case 'layer':
      return layers.get(task) ?? [];
    case 'level':
      return subject.kind === 'system' ? [String(subject.level ?? 'none')] : [];
    case 'organisation':
      if (subject.kind === 'province') return ['province'];
      return [subject.kind === 'body' ? subject.name.vi : subject.organisation];
  }
}

function count(key: string, group: readonly TaskItem[]): TaskRollUp {
  const counts = Object.fromEntries(taskStates.map((state) => [state, 0])) as Record<TaskState, number>;
  const coverage = { seen: 0, needed: 0 };
  let grounded = 0;
  for (const { state, claim, evidence } of group) {
    counts[state] += 1;
    coverage.seen += evidence.coverage.seen;
    coverage.needed += evidence.coverage.needed;
    if (state !== 'no-evidence' && (claim !== undefined || evidence.at !== undefined)) grounded += 1;
  }
  return { key, counts, total: group.length, grounded: { seen: grounded, needed: group.length }, coverage };
}
