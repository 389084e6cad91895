import { dayOf, daysBetween } from '../model/day.ts';
import type { Check } from '../model/check.ts';
import type { Inventory } from '../model/inventory.ts';
import { sixClear } from '../model/inventory/six-clear.ts';
import type { Text } from '../model/text.ts';
import type { Life } from '../model/track/life.ts';
import { workStates } from '../model/track/state.ts';
import type { Due } from '../model/track/due.ts';
import type { Clear, Task } from '../model/track/task.ts';
import { stateOn } from './state.ts';
import { severities } from '../model/check.ts';

export type TaskInput = {
  readonly lives: readonly Life[];
  readonly checks: ReadonlyMap<string, Pick<Check, 'title' | 'change'>>;
  readonly inventory: Inventory;
  readonly dueOf: (life: Life) => Due | undefined;
  /** `YYYY-MM-DD` in Viet Nam. */
  readonly day: string;
};

/** The remediation tasks of a day, the first due first. Pure. */
export function tasksOn(input: TaskInput): readonly Task[] {
  const { lives, checks, day } = input;
  const open = lives.filter((life) => life.phase === 'confirmed' && workStates.has(stateOn(life, day)));
  const { systems, organisations } = input.inventory;
  const names: Named = {
    systems: new Map(systems.map((system) => [system.id, system])),
    organisations: new Map(organisations.map((one) => [one.id, one])),
  };
  const groups = Map.groupBy(open, (life) => `${life.system}\n${checks.get(life.check)?.change ?? life.check}`);
  const tasks = [...groups].map(([key, group]) => taskOf(group, key.slice(key.indexOf('\n') + 1), input, names));
  return tasks.sort((a, b) => ((a.due?.on ?? '9') < (b.due?.on ?? '9') ? -1 : 1));
}

type Named = {
  readonly systems: ReadonlyMap<string, Inventory['systems'][number]>;
  readonly organisations: ReadonlyMap<string, Inventory['organisations'][number]>;
};

function taskOf(group: readonly Life[], change: string, input: TaskInput, names: Named): Task {
  const { checks, dueOf, day } = input;
  const dues = group.flatMap((life) => dueOf(life) ?? []).sort((a, b) => (a.on < b.on ? -1 : 1));
  const due = dues[0];
  const system = group[0]?.system ?? '';
  const declared = names.systems.get(system);
  const owner = names.organisations.get(declared?.owner ?? '');
  const operator = names.organisations.get(declared?.operator ?? '');
  const given = (key: Clear) =>
    group.map(({ words }) => words[key]).find((word) => word !== undefined && word.trim() !== '');
  const head = owner === undefined ? undefined : [owner.headPosition, owner.head].filter(Boolean).join(' ');
  const titles = [...new Set(group.map(({ check }) => check))].map((id) => checks.get(id)?.title ?? { vi: id, en: id });
  const work: Text = { vi: titles.map(({ vi }) => vi).join('; '), en: titles.map(({ en }) => en).join('; ') };
  const clear = {
    person: given('person') ?? operator?.contact?.name ?? null,
    work: given('work') ?? work,
    time: due?.on ?? null,
    responsibility: given('responsibility') ?? head ?? null,
    product: given('product') ?? null,
    authority: given('authority') ?? null,
  };
  const opened = group.map(({ openedAt }) => dayOf(openedAt)).sort()[0] ?? day;
  return {
    system,
    change,
    findings: group.map(({ id }) => id),
    severity: severities.find((one) => group.some(({ severity }) => severity === one)) ?? 'info',
    clear,
    blank: sixClear.filter((key) => clear[key] === null),
    ...(due === undefined ? {} : { due }),
    daysOpen: daysBetween(opened, day),
    daysLate: lateBy(due, day),
  };
}

/** Days past a due day. */
export function lateBy(due: Due | undefined, day: string): number {
  return due === undefined ? 0 : Math.max(0, daysBetween(due.on, day));
}
