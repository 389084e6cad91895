import type { Inventory } from '../model/inventory.ts';
import type { Blackout } from '../model/inventory/blackout.ts';
import type { Dial, Limits, Permission, Permit } from '../model/permission.ts';
import { parseAddress } from './address.ts';
import { createBlackouts, isFrom, type BlackoutTimes } from './blackouts.ts';
import { hostPlace } from './endpoint.ts';
import { createForbidden, type Prohibition } from './forbidden.ts';
import { createGrants, type Claims, type Grant } from './grants.ts';
import { provinceTime, type ProvinceTime } from './province-time.ts';

/**
 * Why a dial is refused; the first word of `Permission.reason`, before its detail. Below `excluded`, they stand in the
 * order of how near a document came to permitting it; the nearest is given.
 */
export const refusals = [
  'excluded-system',
  'state-secret',
  'excluded',
  'no-authorisation',
  'private-address',
  'zone',
  'port',
  'not-yet',
  'expired',
  'blackout',
  'outside-hours',
] as const;
export type Refusal = (typeof refusals)[number];

/** The machine word of a refusal's reason. */
export function refusalOf(reason: string): Refusal | undefined {
  return refusals.find((refusal) => reason === refusal || reason.startsWith(`${refusal}: `));
}

/** A place as it is asked about: read once, then answered for many ports. */
export type Asked = {
  readonly prohibition?: Prohibition;
  readonly unreadable?: string;
  readonly claims: Claims;
  /** Those of the inventory that speak of it, whatever the zone and time; they win over every document. */
  readonly blackouts: readonly BlackoutTimes[];
  /** The address is known, or nothing more could be learned from it. */
  readonly located: boolean;
};

/** Places remembered between dials; past this many, all are forgotten. A province's run asks about some ten thousand. */
const remembered = 50_000;

/**
 * Decides dials for an inventory as `readInventory` gives it. Fails closed: an address, a name or a clock that cannot be
 * read is refused. Where several documents cover a dial, each bounds it: the limits are the lowest of all, and the
 * document named is the one with the lowest rate (then the fewest connections, then the first in the file).
 */
export function createPermit(inventory: Inventory): Permit {
  const ask = createAsk(inventory);
  let clock: { readonly at: string; readonly time: ProvinceTime | undefined } | undefined;
  return (dial) => {
    if (clock?.at !== dial.at) clock = { at: dial.at, time: provinceTime(dial.at) };
    if (clock.time === undefined) return { allowed: false, reason: 'no-authorisation: the clock cannot be read' };
    return decide(ask(dial.address, dial.name), dial, clock.time);
  };
}

/** What two inventories both permit, by the lower limits. */
export function permitBoth(one: Permit, other: Permit | undefined): Permit {
  if (other === undefined) return one;
  return (dial) => {
    const [first, second] = [one(dial), other(dial)];
    if (!first.allowed) return first;
    return second.allowed ? { ...second, limits: lowest(first.limits, second.limits) } : second;
  };
}

/** Reads and looks up places, remembering them. An address that is not known yet is asked about by its name alone. */
export function createAsk(inventory: Inventory): (address: string | undefined, name: string | undefined) => Asked {
  const forbidden = createForbidden(inventory);
  const grants = createGrants(inventory);
  const blackouts = createBlackouts(inventory);
  // Two levels, because no way of joining two hostile texts to one key is free of doubles.
  const known = new Map<string | undefined, Map<string | undefined, Asked>>();
  let count = 0;
  const nothing = { claims: { covering: [], rebinding: [], bounded: [] }, blackouts: [] };

  const read = (address: string | undefined, name: string | undefined): Asked => {
    const literal = address === undefined ? undefined : parseAddress(address);
    if (address !== undefined && literal === undefined) {
      return { unreadable: 'not a literal address', located: true, ...nothing };
    }
    const place = name === undefined ? {} : hostPlace(name);
    if (place === undefined) return { unreadable: 'the name cannot be read', located: true, ...nothing };
    const spoken = place.literal === undefined ? undefined : parseAddress(place.literal);
    if (literal !== undefined && spoken !== undefined && spoken.text !== literal.text) {
      return { unreadable: 'the name is another address', located: true, ...nothing };
    }
    const where = literal ?? spoken;
    const located = where !== undefined;
    const prohibition = forbidden(where, place.name);
    return prohibition === undefined
      ? { claims: grants(where, place.name), blackouts: blackouts(where, place.name), located }
      : { prohibition, ...nothing, located };
  };
  return (address, name) => {
    const hit = known.get(address)?.get(name);
    if (hit !== undefined) return hit;
    count += 1;
    if (count > remembered) {
      known.clear();
      count = 1;
    }
    const asked = read(address, name);
    const names = known.get(address) ?? new Map<string | undefined, Asked>();
    known.set(address, names.set(name, asked));
    return asked;
  };
}

/** Decides for a place that was looked up. */
export function decide(asked: Asked, dial: Pick<Dial, 'port' | 'zone'>, time: ProvinceTime): Permission {
  // No detail: reports never name what an excluded system is reached by.
  if (asked.prohibition !== undefined) return { allowed: false, reason: asked.prohibition };
  let chosen: Grant | undefined;
  let limits: Limits | undefined;
  let refused: readonly [Refusal, Grant] | undefined;
  const blackout = asked.blackouts.find((one) => isFrom(one.blackout, dial.zone) && one.holds(time))?.blackout;
  for (const grant of asked.claims.covering) {
    const own = stateOf(grant, dial, time);
    const state = blackout !== undefined && (own === 'open' || own === 'outside-hours') ? 'blackout' : own;
    if (state !== 'open') {
      if (refused === undefined || refusals.indexOf(state) > refusals.indexOf(refused[0])) refused = [state, grant];
      continue;
    }
    if (chosen === undefined || isStricter(grant.limits, chosen.limits)) chosen = grant;
    limits = limits === undefined ? grant.limits : lowest(limits, grant.limits);
  }
  if (chosen !== undefined && limits !== undefined) {
    return { allowed: true, authorisation: chosen.authorisation.id, limits };
  }
  return { allowed: false, reason: reasonOf(asked, refused, dial, blackout) };
}

function stateOf(grant: Grant, dial: Pick<Dial, 'port' | 'zone'>, time: ProvinceTime) {
  if (!grant.zones.has(dial.zone)) return 'zone';
  if (!isPort(dial.port) || grant.ports?.has(dial.port) === false) return 'port';
  return grant.window.state(time);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function isStricter(a: Limits, b: Limits): boolean {
  return a.perSecond === b.perSecond ? a.connections < b.connections : a.perSecond < b.perSecond;
}

function lowest(a: Limits, b: Limits): Limits {
  return { connections: Math.min(a.connections, b.connections), perSecond: Math.min(a.perSecond, b.perSecond) };
}

function reasonOf(
  asked: Asked,
  refused: readonly [Refusal, Grant] | undefined,
  dial: Pick<Dial, 'port' | 'zone'>,
  blackout: Blackout | undefined,
): string {
  // Where only the address can tell which document covers it, no address will help.
  const hidden = refused === undefined && !asked.located && asked.unreadable === undefined;
  if (blackout !== undefined && (hidden || refused?.[0] === 'blackout')) return blackoutReason(blackout);
  if (refused !== undefined) return `${refused[0]}: ${detailOf(refused[0], refused[1], dial)}`;
  if (asked.unreadable !== undefined) return `no-authorisation: ${asked.unreadable}`;
  const [rebinding] = asked.claims.rebinding;
  if (rebinding !== undefined) return `private-address: ${rebinding.authorisation.id} names the domain only`;
  const [bounded] = asked.claims.bounded;
  if (bounded !== undefined)
    return `no-authorisation: ${bounded.authorisation.id} names the domain, its networks do not hold the address`;
  return 'no-authorisation';
}

/** The reason that a blackout of the inventory gives. */
export const blackoutReason = ({ from, until, reason }: Blackout): string => `blackout: ${from} to ${until}, ${reason}`;

function detailOf(refusal: Refusal, { authorisation }: Grant, dial: Pick<Dial, 'port' | 'zone'>): string {
  const { id } = authorisation;
  switch (refusal) {
    case 'zone':
      return `${id} permits ${authorisation.zones.join(', ')}, not ${dial.zone}`;
    case 'port':
      return `${id} permits ${authorisation.scope.ports ?? '1-65535'}, not ${dial.port}`;
    case 'not-yet':
      return `${id} from ${authorisation.from}`;
    case 'expired':
      return `${id} until ${authorisation.until}`;
    case 'outside-hours':
      return `${id} permits ${(authorisation.hours ?? []).map(({ from, to }) => `${from}-${to}`).join(', ')}`;
    case 'blackout':
    case 'excluded-system':
    case 'state-secret':
    case 'excluded':
    case 'no-authorisation':
    case 'private-address':
      return id;
  }
}
