import { applicableObligations } from '../assess/applicable.ts';
import { regimeOf } from '../assess/level/regime.ts';
import { toldOf, workingDays } from '../assess/level/working-days.ts';
import { contentHash } from '../model/canonical.ts';
import type { Inventory, System } from '../model/inventory.ts';
import type { Life } from '../model/track/life.ts';
import type { Lawbook } from '../store/types.ts';
import type { Calendar } from '../track/calendar.ts';
import { dueDays, type Binding, type DueInput } from '../track/deadline.ts';
import { readDeadlineRules } from '../track/deadline-rules.ts';

export type Dues = ReturnType<typeof dueDays>;

/** How due days are told on a day by an inventory and a lawbook. */
export type DueMeasure = {
  /** Every due day of a finding, the first in force first. */
  readonly due: (life: Life) => Dues;
  /** A hash of all that a system's due days follow from; of one that the inventory does not know, too. */
  readonly measure: (system: string) => string;
};

/** The days off that a lawbook knows; Monday to Friday in a year that it has no calendar of. */
export function calendarOf({ levels }: Pick<Lawbook, 'levels'>): Calendar {
  const days = workingDays(levels?.calendars ?? []);
  return {
    isWorkingDay: (day) => toldOf(days, day)?.working ?? !weekend.has(new Date(`${day}T00:00:00Z`).getUTCDay()),
  };
}
const weekend: ReadonlySet<number> = new Set([0, 6]);

/** Every due day of a finding by an inventory and a lawbook. */
export async function dueOn(inventory: Inventory, lawbook: Lawbook, day: string): Promise<(life: Life) => Dues> {
  return (await dueMeasure(inventory, lawbook, day)).due;
}

/** The same, with what tells whether two of them measure alike. */
export async function dueMeasure(inventory: Inventory, lawbook: Lawbook, day: string): Promise<DueMeasure> {
  const rules = await readDeadlineRules();
  const beforeDay = inventory.conventions?.beforeDay;
  const common = { rules, calendar: calendarOf(lawbook), ...(beforeDay === undefined ? {} : { beforeDay }) };
  const told = contentHash([rules, beforeDay ?? null, lawbook.levels?.calendars ?? []]);
  const unknown: DueInput = { ...common, bindings: [], important: false };
  // What binds a system follows from few of its words; two thousand systems come to a dozen sets of obligations.
  const inputs = new Map<string, DueInput>();
  const measures = new Map<DueInput, string>();
  const inputOf = (system: System): DueInput => {
    const level = system.classification?.level;
    const important = system.critical !== undefined;
    const key = JSON.stringify([level, important, regimeOf(system, day)]);
    const found = inputs.get(key);
    if (found !== undefined) return found;
    const bindings = bindingsOf(system, inventory, lawbook, day);
    const input = { ...common, bindings, important, ...(level === undefined ? {} : { level }) };
    inputs.set(key, input);
    return input;
  };
  const bySystem = new Map(inventory.systems.map((system) => [system.id, inputOf(system)]));
  return {
    due: (life) => dueDays(life, bySystem.get(life.system) ?? unknown),
    measure: (system) => {
      const input = bySystem.get(system) ?? unknown;
      const { bindings, important, level = null } = input;
      const measured = measures.get(input) ?? contentHash([told, bindings, important, level]);
      measures.set(input, measured);
      return measured;
    },
  };
}

function bindingsOf(system: System, { province }: Inventory, { frameworks }: Lawbook, day: string): readonly Binding[] {
  return applicableObligations(system, frameworks, day, province.id).map(
    ({ framework, obligation, clause }): Binding => ({
      obligation: obligation.id,
      title: framework.title,
      instrument: framework.instrument.number,
      ...(clause === undefined ? {} : { clause }),
      certainty: obligation.cite.certainty,
      checks: obligation.checks,
      ...(obligation.task?.deadline !== undefined && 'before' in obligation.task.deadline
        ? { before: obligation.task.deadline.before }
        : {}),
    }),
  );
}
