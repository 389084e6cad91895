import { readCadence, type Cadence } from '../engine/schedule/cadence.ts';
import { turnReasonsOf, type TurnInput } from '../engine/schedule/turn.ts';
import { describeScope } from '../inventory/describe-scope.ts';
import { expandEndpoints } from '../inventory/targets.ts';
import { readInventory } from '../inventory/read.ts';
import { dayOf, daysBetween, startOfDay } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Schedule, Turn } from '../model/schedule.ts';
import { message } from '../model/text.ts';
import type { Store } from '../store/types.ts';
import { createBlackoutDays } from './coverage-debt.ts';
import type { LeftTarget } from './known-looks.ts';
import { createLeft } from './left.ts';
import { holdOf, openingOf, type Door } from './openings.ts';
import { knownOf, type Known, type ScheduleInput } from './schedule-known.ts';
import { zoneOf } from './zone.ts';

export type TurnsInput = {
  readonly inventory: Inventory;
  readonly zone: string;
  /** Now. */
  readonly at: string;
  readonly cadence: Cadence;
  readonly known: (system: string) => Known;
};

/** When each system is looked at next from a zone, and why; for one that is due, what stands in the way. Pure. */
export function turnsOf({ inventory, zone, at, cadence, known }: TurnsInput): Schedule {
  const day = dayOf(at);
  const expansion = expandEndpoints(inventory, zone);
  const planned = Map.groupBy(expansion.endpoints, ({ system }) => system.id);
  const elsewhere = new Set(expansion.otherZone.map(({ system }) => system.id));
  const refused = new Set(expansion.refused.map(({ system }) => system));
  const ask = describeScope(inventory);
  const blackoutDays = createBlackoutDays(inventory, zone, ask);
  const leftNow = createLeft({ zone, at, ask, retryHours: cadence.leftHours });
  const turns = inventory.systems.flatMap((system): readonly Turn[] => {
    const endpoints = planned.get(system.id) ?? [];
    if (refused.has(system.id) || (endpoints.length === 0 && elsewhere.has(system.id))) return [];
    const { left: leftThen, ...about } = known(system.id);
    const left = leftNow(leftThen);
    const because = turnReasonsOf({ ...about, ...leftInput(left) }, cadence, day);
    const due = because[0].on;
    // All that is due is what was left: the rest was looked at.
    const onlyLeft = because[0].kind === 'left' && because.every(({ kind, on }) => kind === 'left' || on > day);
    const doors: readonly Door[] = onlyLeft ? left.map(({ target }) => target) : endpoints;
    const from = due <= day ? at : startOfDay(due);
    const openings = doors.map((door) => openingOf(door, zone, from, ask));
    const first = openings
      .flatMap(({ opening }) => opening ?? [])
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))[0];
    const debtDays = Math.max(0, daysBetween(due, day));
    return [
      {
        system: system.id,
        level: system.classification?.level ?? null,
        last: about.last ?? null,
        because,
        next: first ?? null,
        hold: due <= day ? holdOf(openings) : null,
        debtDays,
        debt: { days: debtDays, blackoutDays: debtDays === 0 ? 0 : blackoutDays(doors, due, day) },
        left: onlyLeft ? left.map(({ target }) => target.key) : [],
        endpoints: doors.length,
        closed: openings.filter(({ ever }) => !ever).length,
      },
    ];
  });
  turns.sort((a, b) => (a.because[0].on < b.because[0].on ? -1 : a.because[0].on > b.because[0].on ? 1 : 0));
  const { excludedSystems } = expansion;
  return { zone, at, day, turns, excludedSystems, debt: debtOf(turns), wakeUps: wakeUpsOf(turns) };
}

function leftInput(left: readonly LeftTarget[]): Pick<TurnInput, 'left'> {
  const at = left
    .map((one) => one.at)
    .sort()
    .at(-1);
  return at === undefined ? {} : { left: { at, targets: left.length } };
}

function debtOf(turns: readonly Turn[]): Schedule['debt'] {
  const late = turns.filter(({ debtDays }) => debtDays > 0);
  const sum = (of: (turn: Turn) => number) => late.reduce((all, turn) => all + of(turn), 0);
  return {
    systems: late.length,
    days: sum(({ debt }) => debt.days),
    blackoutDays: sum(({ debt }) => debt.blackoutDays),
  };
}

function wakeUpsOf(turns: readonly Turn[]): Schedule['wakeUps'] {
  const byTime = Map.groupBy(
    turns.flatMap(({ next }) => next ?? []),
    ({ from }) => from,
  );
  return [...byTime]
    .map(([at, those]) => ({ at, systems: those.length }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, 10);
}

async function scheduleOf(input: ScheduleInput): Promise<Schedule> {
  return turnsOf({ ...input, cadence: await readCadence(), known: await knownOf(input, dayOf(input.at)) });
}

type Asked = Pick<ScheduleInput, 'lawbook' | 'at' | 'rewind'> & { readonly zone?: string };
type PlacedSchedule = { readonly inventory: Inventory; readonly schedule: Schedule };

/** The schedule of an inventory alone: nothing was looked at yet. Throws UserError for what is wrong with the file. */
export async function scheduleOfFile(file: string, asked: Asked): Promise<PlacedSchedule> {
  const { inventory } = await readInventory(file);
  const zone = zoneOf(inventory, asked.zone);
  return { inventory, schedule: await scheduleOf({ ...asked, inventory, zone }) };
}

/** The schedule by what a store tells, of an inventory or of the newest finished run's. Throws UserError where there is neither. */
export async function scheduleOfStore(store: Store, file: string | undefined, asked: Asked): Promise<PlacedSchedule> {
  const run = (await store.runs()).find(({ state }) => state === 'finished');
  const inventory = file === undefined ? await inventoryOf(store, run?.id) : (await readInventory(file)).inventory;
  const zone = zoneOf(inventory, asked.zone ?? (file === undefined ? run?.zone : undefined));
  return { inventory, schedule: await scheduleOf({ ...asked, inventory, zone, store }) };
}

async function inventoryOf(store: Store, run: string | undefined): Promise<Inventory> {
  if (run === undefined) throw new UserError([{ message: message('cli.inventory-needed') }]);
  return store.inventory(run);
}
