import { prohibitionOf } from '../inventory/forbidden.ts';
import type { Check } from '../model/check.ts';
import { dayOf, daysBetween } from '../model/day.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Life } from '../model/track/life.ts';
import type { Due } from '../model/track/due.ts';
import { tallyOf, type Tally } from '../model/track/tally.ts';
import type { Task } from '../model/track/task.ts';
import type { TrackedFinding } from '../model/track/tracked.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { asideOn, stateOn } from '../track/state.ts';
import { lateBy, tasksOn } from '../track/task.ts';
import { workStates } from '../model/track/state.ts';
import { dueOn, type Dues } from './due-on.ts';
import { secretSystems } from './latest-inventory.ts';

export type TrackView = {
  readonly findings: readonly TrackedFinding[];
  readonly tasks: readonly Task[];
  readonly tally: Tally;
  readonly checks: ReadonlyMap<string, Check>;
};

/** Everything tracked, as it stands on a day, by the newest finished run's inventory and lawbook. */
export async function loadTrack(store: Store, day: string): Promise<TrackView> {
  const all = await store.track.lives();
  const run = (await store.runs()).find(({ state }) => state === 'finished');
  if (run === undefined) return { findings: [], tasks: [], tally: tallyOf([], day), checks: new Map() };
  const inventory = await store.inventory(run.id);
  const { lawbook } = await store.judgement(run.id);
  const due = await dueOn(inventory, lawbook, day);
  return viewOf({ lives: all, hidden: await secretSystems(store), inventory, lawbook, day, due });
}

/** Every finding with its state on a day, and nothing more: what schedules ask for. */
export async function standing(store: Store, day: string): Promise<readonly Pick<TrackedFinding, 'life' | 'state'>[]> {
  const hidden = await secretSystems(store);
  const shown = (await store.track.lives()).filter(({ system }) => !hidden.has(system));
  return shown.map((life) => ({ life, state: stateOn(life, day) }));
}

/** Systems that may not be looked at (any more): they are not listed by host either. */
export function hiddenSystems({ systems }: Inventory): ReadonlySet<string> {
  return new Set(systems.filter((system) => prohibitionOf(system)).map(({ id }) => id));
}

export type ViewInput = {
  readonly lives: readonly Life[];
  readonly hidden: ReadonlySet<string>;
  readonly inventory: Inventory;
  readonly lawbook: Lawbook;
  readonly day: string;
  readonly due: (life: Life) => Dues;
};

/** Lives as they stand on a day, by one inventory and one lawbook. */
export function viewOf({ lives: all, hidden, inventory, lawbook, day, due: daysOf }: ViewInput): TrackView {
  const lives = all.filter(({ system }) => !hidden.has(system));
  const days = new Map(lives.map((life) => [life.id, daysOf(life)]));
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
    tally: tallyOf(findings, day),
    checks,
  };
}
