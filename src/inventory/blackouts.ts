import type { Inventory, System } from '../model/inventory.ts';
import type { Blackout } from '../model/inventory/blackout.ts';
import { parseAddress, type Address } from './address.ts';
import { knownAddresses, placesOf } from './endpoint.ts';
import { dayNumber, minuteOf, type ProvinceTime } from './province-time.ts';
import { spansOf, type Opening, type Window } from './window.ts';

/** A blackout of the inventory, made ready for asking. */
export type BlackoutTimes = {
  readonly blackout: Blackout;
  readonly holds: (time: ProvinceTime) => boolean;
  /** The minute after the stretch that holds this time. */
  readonly end: (time: ProvinceTime) => ProvinceTime;
  /** The next minute of the same day at which a stretch begins. */
  readonly startsAfter: (time: ProvinceTime) => number | undefined;
};

/**
 * Hours that pass midnight forbid each day's early morning and its evening, and the morning after the last day too: where a
 * reader could take them in two ways, neither lets a packet out.
 */
export function blackoutTimes(blackout: Blackout): BlackoutTimes {
  const [first, last] = [dayNumber(blackout.from), dayNumber(blackout.until)];
  const spans = spansOf(blackout.hours);
  const spill = Math.max(0, ...(blackout.hours ?? []).flatMap(({ from, to }) => (from < to ? [] : [minuteOf(to)])));
  const spansOn = (day: number) =>
    day >= first && day <= last ? spans : day === last + 1 && spill > 0 ? [{ from: 0, to: spill }] : [];
  const at = ({ day, minute }: ProvinceTime) => spansOn(day).find(({ from, to }) => minute >= from && minute < to);
  return {
    blackout,
    holds: (time) => at(time) !== undefined,
    end: (time) => {
      const span = at(time);
      if (span === undefined) return time;
      if (span.to < 1440) return { day: time.day, minute: span.to };
      return { day: span.from === 0 ? Math.max(time.day, last) + 1 : time.day + 1, minute: 0 };
    },
    startsAfter: ({ day, minute }) => spansOn(day).find(({ from }) => from > minute)?.from,
  };
}

/**
 * Finds the blackouts that speak of a place, whatever the time: those of everything, and those of a system that it belongs to, by the
 * very name or a known address. A machine that two systems share is left alone for either.
 */
export function createBlackouts(
  inventory: Inventory,
): (address: Address | undefined, name: string | undefined) => readonly BlackoutTimes[] {
  const all = (inventory.blackouts ?? []).map(blackoutTimes);
  const whole = all.filter(({ blackout }) => isOfAll(blackout));
  const some = all.filter(({ blackout }) => !isOfAll(blackout));
  const byPlace = new Map<string, Set<BlackoutTimes>>();
  const file = (place: string | undefined, times: readonly BlackoutTimes[]): void => {
    if (place === undefined) return;
    const filed = byPlace.get(place) ?? new Set();
    for (const one of times) filed.add(one);
    byPlace.set(place, filed);
  };
  for (const system of some.length === 0 ? [] : inventory.systems) {
    const own = some.filter(({ blackout }) => concerns(blackout, system));
    if (own.length === 0) continue;
    for (const endpoint of system.endpoints) {
      for (const { name } of placesOf(endpoint)) file(name, own);
      for (const text of knownAddresses(endpoint) ?? []) file(parseAddress(text)?.text, own);
    }
  }
  return (address, name) => {
    if (byPlace.size === 0) return whole;
    const places = [address?.text, name].flatMap((place) => [
      ...(place === undefined ? [] : (byPlace.get(place) ?? [])),
    ]);
    return places.length === 0 ? whole : [...whole, ...new Set(places)];
  };
}

/** The blackout that forbids a system as a whole, wherever its names lead today. */
export function createSystemBlackouts(
  inventory: Inventory,
  zone: string,
): (system: string, time: ProvinceTime) => Blackout | undefined {
  const some = (inventory.blackouts ?? []).filter((one) => !isOfAll(one) && isFrom(one, zone)).map(blackoutTimes);
  if (some.length === 0) return () => undefined;
  const systems = new Map(inventory.systems.map((system) => [system.id, system]));
  return (id, time) => {
    const system = systems.get(id);
    if (system === undefined) return undefined;
    return some.find(({ blackout, holds }) => concerns(blackout, system) && holds(time))?.blackout;
  };
}

/** Whether a blackout forbids scans from a zone. */
export const isFrom = ({ zones }: Blackout, zone: string): boolean => zones?.includes(zone) !== false;

const isOfAll = ({ organisations, systems }: Blackout): boolean => organisations === undefined && systems === undefined;

const concerns = ({ organisations, systems }: Blackout, { id, owner, operator }: System): boolean =>
  systems?.includes(id) === true || organisations?.some((one) => one === owner || one === operator) === true;

/** The first opening of a document from a time on that no blackout holds, cut where the next one begins. */
export function openingOutside(
  window: Window,
  blackouts: readonly BlackoutTimes[],
  time: ProvinceTime,
): Opening | undefined {
  for (let from = time; ;) {
    const opening = window.next(from);
    if (opening === undefined || blackouts.length === 0) return opening;
    const start = isBefore(opening.from, from) ? from : opening.from;
    const held = blackouts.find(({ holds }) => holds(start));
    if (held === undefined) {
      const cuts = blackouts.flatMap(({ startsAfter }) => startsAfter(start) ?? []);
      return { from: start, until: { day: opening.until.day, minute: Math.min(opening.until.minute, ...cuts) } };
    }
    from = held.end(start);
  }
}

const isBefore = (a: ProvinceTime, b: ProvinceTime): boolean => (a.day === b.day ? a.minute < b.minute : a.day < b.day);
