import type { TaskItem, TaskStatus } from '../../model/task-status.ts';
import { worst } from './worst.ts';

/** What to keep: one task, what one organisation answers for (itself and the systems it owns), or both. */
export type TaskSelection = { readonly task?: string; readonly organisation?: string };

/** The same tasks with only the items asked for; each then stands where the most urgent of those stands. */
export function selectTasks(status: TaskStatus, { task, organisation }: TaskSelection): TaskStatus {
  if (task === undefined && organisation === undefined) return status;
  const items = status.items.filter(
    (item) => (task === undefined || item.task === task) && (organisation === undefined || answers(item, organisation)),
  );
  const byTask = Map.groupBy(items, (item) => item.task);
  const tasks = status.tasks.flatMap((view) => {
    const own = byTask.get(view.id);
    if (own === undefined) return [];
    const { days: _days, ...rest } = view;
    return [{ ...rest, ...worst(own) }];
  });
  return { ...status, tasks, items };
}

function answers({ subject }: TaskItem, organisation: string): boolean {
  return 'organisation' in subject && subject.organisation === organisation;
}
