import { readCadence } from '../engine/schedule/cadence.ts';
import { turnReasonsOf } from '../engine/schedule/turn.ts';
import { describeScope, type Ask, type Coverage } from '../inventory/describe-scope.ts';
import { knownAddresses, placesOf } from '../inventory/endpoint.ts';
import { refusalOf } from '../inventory/scope.ts';
import { expandEndpoints, type Planned } from '../inventory/targets.ts';
import { readInventory } from '../inventory/read.ts';
import { dayOf, daysBetween, provinceOffsetMs } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Schedule, Turn, TurnHold } from '../model/schedule.ts';
import { message } from '../model/text.ts';
import type { Store } from '../store/types.ts';
import { knownOf, type ScheduleInput } from './schedule-known.ts';
import { zoneOf } from './zone.ts';

/** When each system is looked at next from a zone, and why; for one that is due, what stands in the way. */
async function scheduleOf(input: ScheduleInput): Promise<Schedule> {
  const { inventory, zone, at } = input;
  const day = dayOf(at);
  const cadence = await readCadence();
  const known = await knownOf(input, day);
  const expansion = expandEndpoints(inventory, zone);
  const planned = Map.groupBy(expansion.endpoints, ({ system }) => system.id);
  const elsewhere = new Set(expansion.otherZone.map(({ system }) => system.id));
  const refused = new Set(expansion.refused.map(({ system }) => system));
  const ask = describeScope(inventory);
  const turns = inventory.systems.flatMap((system): readonly Turn[] => {
    const endpoints = planned.get(system.id) ?? [];
    if (refused.has(system.id) || (endpoints.length === 0 && elsewhere.has(system.id))) return [];
    const about = known(system.id);
    const because = turnReasonsOf(about, cadence, day);
    const due = because[0].on;
    const from = due <= day ? at : startOf(due);
    const openings = endpoints.map((endpoint) => openingOf(endpoint, zone, from, ask));
    const first = openings
      .flatMap(({ opening }) => opening ?? [])
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))[0];
    return [
      {
        system: system.id,
        level: system.classification?.level ?? null,
        last: about.last ?? null,
        because,
        next: first ?? null,
        hold: due <= day ? holdOf(openings) : null,
        debtDays: Math.max(0, daysBetween(due, day)),
        endpoints: endpoints.length,
        closed: openings.filter(({ ever }) => !ever).length,
      },
    ];
  });
  turns.sort((a, b) => (a.because[0].on < b.because[0].on ? -1 : a.because[0].on > b.because[0].on ? 1 : 0));
  return { zone, at, day, turns, excludedSystems: expansion.excludedSystems };
}

type Opening = { readonly opening?: NonNullable<Turn['next']>; readonly hold: TurnHold; readonly ever: boolean };

/** When an endpoint may be asked, at the earliest at an instant: by the best of its addresses and ports. */
function openingOf({ endpoint }: Planned, zone: string, at: string, ask: (asking: Ask) => Coverage): Opening {
  const [place] = placesOf(endpoint);
  const ports = place === undefined || place.ports.length === 0 ? [endpoint.kind === 'domain' ? 53 : 443] : place.ports;
  const answers = (knownAddresses(endpoint) ?? [undefined]).flatMap((address) =>
    ports.map((port) =>
      ask({
        port,
        zone,
        at,
        ...(address === undefined ? {} : { address }),
        ...(place?.name === undefined ? {} : { name: place.name }),
      }),
    ),
  );
  const open = answers.find(({ permission }) => permission.allowed);
  if (open?.authorisation !== undefined) {
    return { opening: { from: at, document: open.authorisation.document }, hold: 'due', ever: true };
  }
  const later = answers
    .flatMap(({ next, authorisation }) =>
      next === undefined || authorisation === undefined ? [] : [{ from: next.from, document: authorisation.document }],
    )
    .sort((a, b) => (a.from < b.from ? -1 : 1))[0];
  const words = answers.flatMap(({ permission }) => (permission.allowed ? [] : (refusalOf(permission.reason) ?? [])));
  // Where only the address can tell, the scan itself will ask; it is not a closed door.
  const unresolved = answers.some((answer) => answer.unresolved);
  return {
    ...(later === undefined ? {} : { opening: later }),
    hold: unresolved ? 'due' : (holds.find((hold) => words.some((word) => word === hold)) ?? 'no-document'),
    ever: later !== undefined || unresolved,
  };
}

/** From the least to the most that stands in the way. */
const holds = ['outside-hours', 'blackout', 'not-yet', 'expired'] as const satisfies readonly TurnHold[];

function holdOf(openings: readonly Opening[]): TurnHold {
  if (openings.length === 0) return 'no-endpoint';
  if (openings.some(({ hold }) => hold === 'due')) return 'due';
  return holds.find((hold) => openings.some((one) => one.hold === hold)) ?? 'no-document';
}

/** Midnight of a day in Viet Nam. */
const startOf = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - provinceOffsetMs).toISOString();

type Asked = Pick<ScheduleInput, 'lawbook' | 'at'> & { readonly zone?: string };
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
