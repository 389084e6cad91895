import type { TaskItem, TaskStatus, TaskView } from '../../model/task-status.ts';
import type { Framework } from '../../model/framework.ts';
import { applicableFrameworks } from '../applicable.ts';
import { clearOf } from './clear.ts';
import { itemsOf, type Asked } from './items.ts';
import { known, type Known, type TaskInput } from './known.ts';
import { ruleOf } from './rule.ts';
import { worst } from './worst.ts';

/**
 * Where every task of the directives in force stands, for each of those it falls on: tasks in the order of their texts, items in
 * the order of the inventory. Pure: the clock comes in.
 */
export function taskStatus(input: TaskInput): TaskStatus {
  const all = known(input);
  const made = applicableFrameworks(input.frameworks, all.today, input.inventory.province.id).flatMap((framework) =>
    framework.obligations.flatMap((obligation) => {
      const { task } = obligation;
      if (task === undefined) return [];
      const asked: Asked = { obligation, task, rule: ruleOf(obligation), since: framework.inForce.from };
      const items = itemsOf(asked, all);
      return items.length === 0 ? [] : [{ view: viewOf(asked, framework, items, all), items }];
    }),
  );
  return {
    day: all.today,
    conventions: all.conventions,
    tasks: made.map(({ view }) => view),
    items: made.flatMap(({ items }) => items),
  };
}

function viewOf(asked: Asked, framework: Framework, items: readonly TaskItem[], { speak }: Known): TaskView {
  const { obligation, task, rule } = asked;
  const { clause } = obligation.cite;
  // A body that no record is of is spoken for by the record of the province as a whole.
  const general = speak(obligation.id, { kind: 'body', name: obligation.title }, { alone: false });
  const only = items.length === 1 ? items[0]?.clear : undefined;
  const deadline = deadlineOf(task.deadline);
  return {
    id: obligation.id,
    title: obligation.title,
    quote: task.quote,
    owner: task.owner,
    source: {
      instrument: obligation.cite.instrument === '' ? framework.instrument.number : obligation.cite.instrument,
      ...(clause === undefined ? {} : { clause }),
    },
    ...(deadline === undefined ? {} : { deadline }),
    periodic: task.periodic === true,
    rule,
    ...(task.evidence === undefined ? {} : { shows: task.evidence.shows }),
    layers: task.layers ?? [],
    clear: only ?? clearOf(obligation, task, general.clear),
    ...worst(items),
  };
}

function deadlineOf(deadline: Asked['task']['deadline']): TaskView['deadline'] {
  if (deadline === undefined) return undefined;
  if ('before' in deadline) return { before: deadline.before };
  const { vi, en } = 'within' in deadline ? deadline.within : deadline.trigger;
  return { words: { vi, en } };
}
