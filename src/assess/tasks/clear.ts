import type { DirectiveTask, Obligation } from '../../model/framework.ts';
import type { TaskRecord } from '../../model/inventory/tasks.ts';
import { sixClear } from '../../model/inventory/six-clear.ts';
import type { ClearName, ClearPart } from '../../model/task-status.ts';

type Given = NonNullable<TaskRecord['clear']>;

/**
 * The six "rõ" of a task, always six and in their order: what the province's records say, the nearest first, else what the text
 * says, else a blank. "Định kỳ" names no interval, so it leaves the time blank.
 */
export function clearOf(obligation: Obligation, task: DirectiveTask, records: readonly Given[]): readonly ClearPart[] {
  return sixClear.map((part) => {
    const said = records.map((given) => given[part]?.trim()).find((words) => words !== undefined && words !== '');
    if (said !== undefined) return { part, from: 'province', says: { vi: said, en: said } };
    return textual(obligation, task, part);
  });
}

function textual(obligation: Obligation, task: DirectiveTask, part: ClearName): ClearPart {
  const { deadline } = task;
  if (part === 'time' && deadline !== undefined && 'before' in deadline) {
    return { part, from: 'text', before: deadline.before };
  }
  const says = wordsOf(obligation, task, part);
  return says === undefined ? { part, from: null } : { part, from: 'text', says };
}

function wordsOf(obligation: Obligation, task: DirectiveTask, part: ClearName) {
  const { deadline, clear } = task;
  switch (part) {
    case 'person':
      return clear?.person ?? task.owner;
    case 'work':
      return { vi: task.quote, en: obligation.title.en };
    case 'time':
      if (deadline === undefined || 'before' in deadline) return undefined;
      return 'within' in deadline ? { vi: deadline.within.vi, en: deadline.within.en } : deadline.trigger;
    case 'responsibility':
      return clear?.responsibility;
    case 'product':
      return task.product;
    case 'authority':
      return clear?.authority;
  }
}
