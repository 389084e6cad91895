import { applicableObligations } from '../assess/applicable.ts';
import { toldOf, workingDays } from '../assess/level/working-days.ts';
import type { Check } from '../model/check.ts';
import { dayOf, daysBetween } from '../model/day.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Life } from '../model/track/life.ts';
import type { Due } from '../model/track/due.ts';
import type { Tally } from '../model/track/tally.ts';
import type { Task } from '../model/track/task.ts';
import type { TrackedFinding } from '../model/track/tracked.ts';
import type { Lawbook, Store } from '../store/types.ts';
import type { Calendar } from '../track/calendar.ts';
import { dueDays, type Binding, type DueInput } from '../track/deadline.ts';
import { readDeadlineRules } from '../track/deadline-rules.ts';
import { asideOn, stateOn } from '../track/state.ts';
import { tallyOn } from '../track/tally.ts';
import { lateBy, tasksOn, workStates } from '../track/task.ts';
import { secretSystems } from './latest-inventory.ts';

export type TrackView = {
  readonly findings: readonly TrackedFinding[];
  readonly tasks: readonly Task[];
  readonly tally: Tally;
  readonly checks: ReadonlyMap<string, Check>;
};

/** The days off that a lawbook knows; Monday to Friday in a year that it has no calendar of. */
function calendarOf({ levels }: Lawbook): Calendar {
  const days = workingDays(levels?.calendars ?? []);
  return {
    isWorkingDay: (day) => toldOf(days, day)?.working ?? !weekend.has(new Date(`${day}T00:00:00Z`).getUTCDay()),
  };
}
const weekend: ReadonlySet<number> = new Set([0, 6]);

/** Everything tracked, as it stands on a day, by the newest finished run's inventory and lawbook. */
export async function loadTrack(store: Store, day: string): Promise<TrackView> {
  const all = await store.track.lives();
  const run = (await store.runs()).find(({ state }) => state === 'finished');
  if (run === undefined)
    return { findings: [], tasks: [], tally: tallyOn([], day, () => undefined), checks: new Map() };
  const inventory = await store.inventory(run.id);
  const { lawbook } = await store.judgement(run.id);
  // What may not be looked at any more is not listed by host either.
  const secret = await secretSystems(store);
  const lives = all.filter(({ system }) => !secret.has(system));
  const inputOf = await dueInputs(inventory, lawbook, day);
  const days = new Map(lives.map((life) => [life.id, dueDays(life, inputOf(life.system))]));
  const dueOf = (life: Life): Due | undefined => days.get(life.id)?.due[0];
  const checks = new Map(lawbook.checks.map((check) => [check.id, check]));
  const findings = lives.map((life): TrackedFinding => {
    const state = stateOn(life, day);
    const asked = workStates.has(state) || state === 'waived';
    const [due, ...otherDue] = asked ? (days.get(life.id)?.due ?? []) : [];
    const asideUntil = asideOn(life, day)?.until;
    return {
      life,
      state,
      ageDays: daysBetween(dayOf(life.bornAt), day),
      ...(due === undefined ? {} : { due }),
      otherDue,
      passed: asked ? (days.get(life.id)?.passed ?? []) : [],
      daysLate: workStates.has(state) ? lateBy(due, day) : 0,
      ...(asideUntil === undefined || (state !== 'waived' && state !== 'false-positive') ? {} : { asideUntil }),
    };
  });
  return {
    findings,
    tasks: tasksOn({ lives, checks, inventory, dueOf, day }),
    tally: tallyOn(lives, day, dueOf),
    checks,
  };
}

async function dueInputs(inventory: Inventory, lawbook: Lawbook, day: string): Promise<(system: string) => DueInput> {
  const rules = await readDeadlineRules();
  const beforeDay = inventory.conventions?.beforeDay;
  const { frameworks } = lawbook;
  const common = { rules, calendar: calendarOf(lawbook), ...(beforeDay === undefined ? {} : { beforeDay }) };
  const inputs = new Map(
    inventory.systems.map((system): [string, DueInput] => {
      const bindings = applicableObligations(system, frameworks, day, inventory.province.id).map(
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
      const level = system.classification?.level;
      const important = system.critical !== undefined;
      return [system.id, { ...common, bindings, important, ...(level === undefined ? {} : { level }) }];
    }),
  );
  return (system) => inputs.get(system) ?? { ...common, bindings: [], important: false };
}
