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

export type FindingsView = {
  readonly findings: readonly TrackedFinding[];
  readonly tally: Tally;
  readonly checks: ReadonlyMap<string, Check>;
};

export type TrackView = FindingsView & { readonly tasks: readonly Task[] };

/** The findings tracked, of all systems or of some, as they stand on a day, by the newest finished run's inventory and lawbook. */
export async function loadFindings(store: Store, day: string, systems?: readonly string[]): Promise<FindingsView> {
  const input = await readInput(store, day, systems);
  return input === undefined ? { findings: [], tally: tallyOf([], day), checks: new Map() } : findingsOf(input);
}

/** The remediation tasks of all systems on a day, by the same. */
export async function loadTasks(store: Store, day: string): Promise<readonly Task[]> {
  const input = await readInput(store, day);
  return input === undefined ? [] : tasksOf(input);
}

async function readInput(store: Store, day: string, systems?: readonly string[]): Promise<ViewInput | undefined> {
  const run = (await store.runs()).find(({ state }) => state === 'finished');
  if (run === undefined) return undefined;
  const lives = await store.track.lives(undefined, systems);
  const inventory = await store.inventory(run.id);
  const { lawbook } = await store.judgement(run.id);
  const due = await dueOn(inventory, lawbook, day);
  return { lives, hidden: await secretSystems(store), inventory, lawbook, day, due };
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

/** Lives as they stand on a day, by one inventory and one lawbook, and the tasks that they come to. */
export function viewOf(input: ViewInput): TrackView {
  return { ...findingsOf(input), tasks: tasksOf(input) };
}

const shownOf = ({ lives, hidden }: ViewInput): readonly Life[] => lives.filter(({ system }) => !hidden.has(system));

function tasksOf(input: ViewInput): readonly Task[] {
  const { inventory, lawbook, day, due } = input;
  const dueOf = (life: Life): Due | undefined => due(life).due[0];
  return tasksOn({ lives: shownOf(input), checks: checksOf(lawbook), inventory, dueOf, day });
}

function findingsOf(input: ViewInput): FindingsView {
  const { day, due: daysOf } = input;
  const findings = shownOf(input).map((life): TrackedFinding => {
    const state = stateOn(life, day);
    const asked = workStates.has(state) || state === 'waived';
    const days = asked ? daysOf(life) : undefined;
    const [due, ...otherDue] = days?.due ?? [];
    const asideUntil = asideOn(life, day)?.until;
    return {
      life,
      state,
      ageDays: daysBetween(dayOf(life.bornAt), day),
      ...(due === undefined ? {} : { due }),
      otherDue,
      passed: days?.passed ?? [],
      daysLate: workStates.has(state) ? lateBy(due, day) : 0,
      ...(asideUntil === undefined || (state !== 'waived' && state !== 'false-positive') ? {} : { asideUntil }),
    };
  });
  return { findings, tally: tallyOf(findings, day), checks: checksOf(input.lawbook) };
}

const checksOf = ({ checks }: Lawbook): FindingsView['checks'] => new Map(checks.map((check) => [check.id, check]));
