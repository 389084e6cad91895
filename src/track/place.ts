import type { Inventory } from '../model/inventory.ts';
import type { TargetKey } from '../model/target.ts';

/**
 * The part of a target's key that the inventory declares and an address does not change: `https://portal.example/` of
 * `https://portal.example/ [192.0.2.7]`. The key of a domain or a mail domain is its place. Pure.
 */
export function placeOf(target: TargetKey): string {
  return /\[(dns|mail)\]$/.test(target) ? target : target.replace(/ \[[^\]]*\]$/, '');
}

/** Whether a target stands for a name that had no address. */
export function isUnresolved(target: TargetKey): boolean {
  return target.endsWith(' [?]');
}

/** Places that the inventory declares, `<system>\n<place>`, whether or not they were to be scanned. Pure. */
export function declaredPlaces(inventory: Inventory): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { id, endpoints } of inventory.systems) {
    const add = (place: string) => places.add(`${id}\n${place}`);
    for (const endpoint of endpoints) {
      switch (endpoint.kind) {
        case 'web':
          add(endpoint.url);
          break;
        case 'host': {
          const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
          add(endpoint.host);
          for (const { port } of endpoint.services ?? []) add(`${host}:${port}`);
          break;
        }
        case 'domain':
          add(`${endpoint.domain} [dns]`);
          break;
        case 'mail':
          add(`${endpoint.domain} [mail]`);
          break;
      }
    }
  }
  return places;
}

/** The targets of one declared place, `<system>\n<place>`, as last seen with an address. */
export type KnownPlaces = ReadonlyMap<string, readonly TargetKey[]>;

/** The places of a run's targets; a name without address has none. Pure. */
export function placesOf(targets: readonly { readonly system: string; readonly key: TargetKey }[]): KnownPlaces {
  const places = new Map<string, TargetKey[]>();
  for (const { system, key } of targets) {
    if (isUnresolved(key)) continue;
    const place = `${system}\n${placeOf(key)}`;
    const keys = places.get(place);
    if (keys === undefined) places.set(place, [key]);
    else keys.push(key);
  }
  return places;
}

/**
 * Which target became which where the same declared name has other addresses than before: those that left and those that
 * came are paired in their order. An address that was there before takes over nobody's findings. Pure.
 */
export function movedTargets(before: KnownPlaces, now: KnownPlaces): ReadonlyMap<string, TargetKey> {
  const moved = new Map<string, TargetKey>();
  for (const [place, keys] of now) {
    const old = before.get(place) ?? [];
    const left = old.filter((key) => !keys.includes(key));
    const came = keys.filter((key) => !old.includes(key));
    left.forEach((key, index) => {
      const to = came[index];
      if (to !== undefined) moved.set(`${place.slice(0, place.indexOf('\n'))}\n${key}`, to);
    });
  }
  return moved;
}
