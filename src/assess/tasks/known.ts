import { asideFinder, type FindingAside } from '../../model/aside.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Framework } from '../../model/framework.ts';
import type { FindingHead } from '../../model/finding.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Conventions } from '../../model/inventory/tasks.ts';
import type { Iso } from '../../model/observation.ts';
import { dayOf } from '../../model/day.ts';
import { speaking, type Speaking } from './spoken.ts';

/** All that the tasks of a province are judged by. */
export type TaskInput = {
  readonly inventory: Pick<Inventory, 'province' | 'organisations' | 'systems' | 'tasks' | 'conventions'>;
  readonly frameworks: readonly Framework[];
  readonly assessments: readonly Assessment[];
  readonly findings: readonly FindingHead[];
  /** What sets fails aside; absent: the inventory's waivers by their date. */
  readonly asides?: readonly FindingAside[];
  /** When each system was last seen by any run, by its id. */
  readonly lookedAt: ReadonlyMap<string, Iso>;
  /** The clock that deadlines are held against. */
  readonly at: Iso;
};

/** The same, looked up once. */
export type Known = TaskInput & {
  readonly today: string;
  readonly conventions: Required<Omit<Conventions, 'sightings'>>;
  readonly speak: Speaking;
  /** Systems that any task may be asked of: none of quân sự, quốc phòng, cơ yếu. */
  readonly systems: ReadonlyMap<string, Inventory['systems'][number]>;
  readonly assessed: ReadonlyMap<string, readonly Assessment[]>;
  /** Critical and high fails that nobody has set aside, by the owner of the system. */
  readonly serious: ReadonlyMap<string, readonly FindingHead[]>;
};

/** The findings that tasks lean on beside assessments; no other need be given. */
export const seriousFails = {
  outcomes: ['fail'],
  severities: ['critical', 'high'],
} as const satisfies Readonly<Record<string, readonly (FindingHead['outcome'] | FindingHead['severity'])[]>>;

/** The obligations whose assessments tasks lean on; no other need be given. */
export function taskObligations(frameworks: readonly Framework[]): readonly string[] {
  const all = frameworks.flatMap(({ obligations }) => obligations);
  return [...new Set(all.flatMap(({ id, task }) => (task === undefined ? [] : [id])))];
}

/** Looks everything up. "Trước ngày" is strict and "định kỳ" a quarter unless the inventory says otherwise. */
export function known(input: TaskInput): Known {
  const { inventory, assessments, findings } = input;
  const today = dayOf(input.at);
  const systems = new Map(
    inventory.systems.filter(({ excluded }) => excluded === undefined).map((system) => [system.id, system]),
  );
  const serious = findings.filter(
    ({ severity, outcome, system }) =>
      seriousFails.outcomes.some((one) => one === outcome) &&
      seriousFails.severities.some((one) => one === severity) &&
      systems.has(system),
  );
  const asideOf = asideFinder(input.asides, inventory.systems, today);
  const open = serious.filter((finding) => asideOf(finding) === undefined);
  return {
    ...input,
    today,
    conventions: { beforeDay: 'strict', reportEvery: 'quarter', ...inventory.conventions },
    speak: speaking(inventory.tasks ?? []),
    systems,
    assessed: Map.groupBy(assessments, ({ obligation }) => obligation),
    serious: Map.groupBy(open, ({ system }) => systems.get(system)?.owner ?? ''),
  };
}
