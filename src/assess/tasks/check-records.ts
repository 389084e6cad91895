import type { DirectiveTask, Framework } from '../../model/framework.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { TaskRecord } from '../../model/inventory/tasks.ts';
import { message, type Message } from '../../model/text.ts';
import { nearest } from '../../yaml/nearest.ts';
import { addressed } from './addressees.ts';
import { addDays } from './period.ts';

/** What may be wrong with the nth record, at one of its fields. */
export type RecordDoubt = { readonly record: number; readonly field: keyof TaskRecord; readonly message: Message };

type Task = { readonly task: DirectiveTask; readonly framework: Framework; readonly last?: string };

/**
 * Records that no text takes up or that their texts deny: a task nobody knows or of another province, a body that it does not fall
 * on, done before the text was there or on a day to come, an extension that grants nothing. `today`: `YYYY-MM-DD`.
 */
export function doubtsOfRecords(
  inventory: Inventory,
  frameworks: readonly Framework[],
  today: string,
): readonly RecordDoubt[] {
  const tasks = new Map(
    frameworks.flatMap((framework) =>
      framework.obligations.flatMap(({ id, task }) =>
        task === undefined ? [] : [[id, taskIn(framework, task)] as const],
      ),
    ),
  );
  return (inventory.tasks ?? []).flatMap((record, index) => {
    const doubt = (field: keyof TaskRecord, words: Message): RecordDoubt => ({ record: index, field, message: words });
    const known = tasks.get(record.task);
    if (known === undefined) return [doubt('task', unknownTask(record.task, [...tasks.keys()]))];
    const of = known.task.province;
    if (of !== undefined && of !== inventory.province.id) {
      return [doubt('task', message('tasks.record-other-province', { task: record.task, province: of }))];
    }
    return [...ofSubject(record, known, inventory, doubt), ...ofDays(record, known, today, doubt)];
  });
}

type Doubt = (field: keyof TaskRecord, words: Message) => RecordDoubt;

function taskIn(framework: Framework, task: DirectiveTask): Task {
  const { deadline } = task;
  if (deadline === undefined || 'trigger' in deadline) return { task, framework };
  const last = 'before' in deadline ? addDays(deadline.before, -1) : deadline.within.last;
  return { task, framework, ...(last === undefined ? {} : { last }) };
}

function unknownTask(task: string, all: readonly string[]): Message {
  const suggestion = nearest(task, all);
  return suggestion === undefined
    ? message('tasks.record-unknown', { task })
    : message('tasks.record-unknown-near', { task, suggestion });
}

function ofSubject(record: TaskRecord, { task }: Task, inventory: Inventory, doubt: Doubt): readonly RecordDoubt[] {
  const { organisation, system } = record;
  if (task.provinceWide === true) {
    if (system !== undefined) return [doubt('system', message('tasks.record-of-system', { task: record.task }))];
    if (task.addressees === undefined) return [];
    const bodies = addressed(task.addressees, inventory);
    if (organisation === undefined) {
      const lost = record.done !== undefined && bodies.length > 1;
      return lost ? [doubt('done', message('tasks.record-of-nobody', { count: bodies.length }))] : [];
    }
    const among = bodies.some((body) => body.kind === 'organisation' && body.organisation === organisation);
    return among ? [] : [doubt('organisation', message('tasks.record-outside', { organisation }))];
  }
  if (organisation === undefined) return [];
  const one = inventory.systems.find(({ id }) => id === system);
  const answers = (of: Inventory['systems'][number]) => of.owner === organisation || of.operator === organisation;
  if (one === undefined ? inventory.systems.some(answers) : answers(one)) return [];
  return [doubt('organisation', message('tasks.record-without-system', { organisation }))];
}

function ofDays(record: TaskRecord, { framework, last }: Task, today: string, doubt: Doubt): readonly RecordDoubt[] {
  const { done, extended } = record;
  const { from } = framework.inForce;
  return [
    ...(done !== undefined && done.on < from
      ? [doubt('done', message('tasks.record-before-text', { on: done.on, from }))]
      : []),
    ...(done !== undefined && done.on > today
      ? [doubt('done', message('tasks.record-to-come', { on: done.on, today }))]
      : []),
    ...(done !== undefined && done.document.date < done.on
      ? [doubt('done', message('tasks.record-document-first', { on: done.on, date: done.document.date }))]
      : []),
    ...(extended !== undefined && last !== undefined && extended.until <= last
      ? [doubt('extended', message('tasks.record-grants-nothing', { until: extended.until, last }))]
      : []),
  ];
}
