import type { TaskRecord } from '../../model/inventory/tasks.ts';
import type { TaskSubject } from '../../model/task-status.ts';

/** What the inventory says of one task for one of those it falls on. */
export type Spoken = Pick<TaskRecord, 'done' | 'trigger' | 'extended' | 'note'> & {
  readonly reports: NonNullable<TaskRecord['reports']>;
  /** A record speaks of this one in particular, so what it does not call done is not done. */
  readonly exists: boolean;
  /** Records that state some of the six "rõ", the nearest first. */
  readonly clear: readonly NonNullable<TaskRecord['clear']>[];
  /** One of them is a record of its own. */
  readonly ownClear: boolean;
};

/** Finds the records of a subject. */
export type Speaking = (
  task: string,
  subject: TaskSubject,
  others: { readonly alone: boolean; readonly operator?: string },
) => Spoken;

/**
 * Looks records up. Of several records the nearest speaks: the system's own, its owner's, its operator's, that of the province. A
 * record of the province as a whole grants time and guidance to everybody, but is the word of one body only where the task falls
 * on that body `alone`: of many it does not say which.
 */
export function speaking(records: readonly TaskRecord[]): Speaking {
  const byTask = Map.groupBy(records, ({ task }) => task);
  return (task, subject, others) => {
    const of = byTask.get(task) ?? [];
    const general = of.find((record) => record.system === undefined && record.organisation === undefined);
    const own = ownRecords(of, subject, others.operator);
    const near = own.concat(general !== undefined && (others.alone || subject.kind === 'system') ? [general] : []);
    const all = general === undefined || near.includes(general) ? near : [...near, general];
    return spokenIn(near, all, own);
  };
}

function ownRecords(of: readonly TaskRecord[], subject: TaskSubject, operator: string | undefined): TaskRecord[] {
  const by = (organisation: string | undefined) =>
    of.filter((record) => record.system === undefined && record.organisation === organisation);
  switch (subject.kind) {
    case 'system':
      return [
        ...of.filter(({ system }) => system === subject.system),
        ...by(subject.organisation),
        ...(operator === undefined || operator === subject.organisation ? [] : by(operator)),
      ];
    case 'organisation':
      return by(subject.organisation);
    case 'body':
      return [];
    case 'province':
      return of.filter(({ system }) => system === undefined);
  }
}

function spokenIn(near: readonly TaskRecord[], all: readonly TaskRecord[], own: readonly TaskRecord[]): Spoken {
  const first = <T>(of: readonly TaskRecord[], pick: (record: TaskRecord) => T | undefined) =>
    of.map(pick).find((value) => value !== undefined);
  const done = first(near, (record) => record.done);
  const trigger = first(all, (record) => record.trigger);
  const extended = first(all, (record) => record.extended);
  const note = first(near, (record) => record.note);
  return {
    exists: near.length > 0,
    reports: near.flatMap((record) => record.reports ?? []),
    clear: all.flatMap((record) => record.clear ?? []),
    ownClear: own.some(({ clear }) => clear !== undefined),
    ...(done === undefined ? {} : { done }),
    ...(trigger === undefined ? {} : { trigger }),
    ...(extended === undefined ? {} : { extended }),
    ...(note === undefined ? {} : { note }),
  };
}
