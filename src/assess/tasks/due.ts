import type { DirectiveTask } from '../../model/framework.ts';
import type { Conventions } from '../../model/inventory/tasks.ts';
import type { TaskDue } from '../../model/task-status.ts';
import { addDays } from './period.ts';
import type { Spoken } from './spoken.ts';

/**
 * When a task falls due. "Trước ngày D" ends on the day before D, or on D by the convention `inclusive`; a period ends on its
 * last day; a task that waits for guidance on the day entered with it. A document that grants more time moves the day, and what
 * it was stays beside it; one that names an earlier day grants nothing.
 */
export function dueOf(
  task: DirectiveTask,
  spoken: Spoken,
  conventions: Required<Omit<Conventions, 'sightings'>>,
): TaskDue {
  const { trigger, extended } = spoken;
  const stated = lastDayOf(task, spoken, conventions);
  const moved = extended !== undefined && stated !== undefined && extended.until > stated;
  return {
    ...(stated === undefined ? {} : { last: moved ? extended.until : stated }),
    ...(moved ? { original: stated } : {}),
    ...(extended === undefined ? {} : { extended }),
    ...(trigger === undefined ? {} : { trigger }),
    ...(task.periodic === true ? { every: { interval: conventions.reportEvery, convention: true } } : {}),
  };
}

function lastDayOf(
  task: DirectiveTask,
  spoken: Spoken,
  { beforeDay }: Required<Omit<Conventions, 'sightings'>>,
): string | undefined {
  const { deadline } = task;
  if (deadline === undefined) return undefined;
  if ('before' in deadline) return beforeDay === 'inclusive' ? deadline.before : addDays(deadline.before, -1);
  return 'within' in deadline ? deadline.within.last : spoken.trigger?.due;
}
