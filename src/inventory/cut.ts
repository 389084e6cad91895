import { UserError } from '../model/errors.ts';
import type { Inventory, System } from '../model/inventory.ts';
import type { Authorisation } from '../model/inventory/authorisation.ts';
import type { Control } from '../model/inventory/control.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import { message } from '../model/text.ts';
import { isPublic, networkOf, networkText, parseAddress, parseNetwork, widthOf, type Network } from './address.ts';
import { knownAddresses, placesOf } from './endpoint.ts';
import { controlsIn, controlsOf } from './controls.ts';
import { createForbidden, forbiddenPlaces } from './forbidden.ts';
import { domainIndex } from './lookup.ts';
import { normaliseName } from './name.ts';
import { expandEndpoints } from './targets.ts';
import { holds, subtract } from './subtract.ts';

/** What an inventory comes to for one zone. */
export type ZonePart = {
  /** The zone's own systems with its own endpoints, everything told of them kept: for who judges. */
  readonly own: Inventory;
  /**
   * The same for whoever looks in another network: places and documents and nothing else. Nothing of other zones and systems;
   * what is never contacted stands nowhere in it, its addresses are cut out of the networks of the documents.
   */
  readonly carried: Inventory;
  /** Endpoints of the zone that nobody may contact there: their places are forbidden, or forbidden names lie below theirs. */
  readonly leftOut: number;
};

/**
 * Cuts an inventory down to what a worker in `zone` needs to know. Documents keep only what covers the zone's own endpoints:
 * domains become the names themselves; networks are kept where they hold a pinned address, or may hold one that is looked up
 * there. Throws UserError where so many holes are left that no document could tell them.
 */
export function zonePart(inventory: Inventory, zone: string): ZonePart {
  const forbidden = createForbidden(inventory);
  const places = forbiddenPlaces(inventory);
  const isAbove = domainIndexOf(places.domains);
  let leftOut = 0;
  const isBarred = (endpoint: Endpoint): boolean =>
    placesOf(endpoint).some(
      ({ name, literal }) =>
        forbidden(literal === undefined ? undefined : parseAddress(literal), name) !== undefined ||
        (name !== undefined && isAbove(name)),
    ) || (knownAddresses(endpoint) ?? []).some((text) => forbidden(parseAddress(text)) !== undefined);
  const bySystem = new Map<System, Endpoint[]>();
  for (const { system, endpoint } of expandEndpoints(inventory, zone).endpoints) {
    if (isBarred(endpoint)) leftOut += 1;
    else bySystem.set(system, [...(bySystem.get(system) ?? []), endpoint]);
  }
  const systems = [...bySystem].map(([system, endpoints]) => ({ ...system, endpoints }));
  const own = { ...inventory, systems };
  // Whoever looks is told where a control stands, not by which checks it is held against.
  const controls = controlsIn(inventory, zone)
    .filter(({ endpoint }) => !isBarred(endpoint))
    .map(({ id, expects, endpoint }) => ({ id, expects, endpoint: bare(endpoint, zone) }));
  return { own, carried: carriedOf(own, inventory, zone, controls, places.networks), leftOut };
}

/** Says whether a forbidden name lies below a name. */
function domainIndexOf(domains: readonly string[]): (name: string) => boolean {
  const parents = new Set(
    domains.flatMap((domain) => domain.split('.').map((_, at, all) => all.slice(at + 1).join('.'))),
  );
  return (name) => parents.has(name);
}

function carriedOf(
  own: Inventory,
  whole: Inventory,
  zone: string,
  controls: readonly Control[],
  forbidden: readonly Network[],
): Inventory {
  const scope = scopeOf(own, whole, controls);
  const authorisations = own.authorisations.flatMap((one) => cutAuthorisation(one, zone, scope, forbidden) ?? []);
  const loose = authorisations.some(({ scope: { networks } }) => networks === undefined) && scope.unpinned;
  const outOfBounds = loose ? publicOnly(forbidden) : [];
  const ids = new Set(own.systems.flatMap(({ owner, operator }) => [owner, operator]));
  return {
    schema: own.schema,
    province: own.province,
    zones: own.zones.flatMap(({ controls: _, ...rest }) =>
      rest.id === zone ? [{ ...rest, ...(controls.length === 0 ? {} : { controls: [...controls] }) }] : [],
    ),
    organisations: own.organisations
      .filter(({ id }) => ids.has(id))
      .map(({ id, name, headPosition }) => ({ id, name, headPosition })),
    systems: own.systems.map(({ id, name, owner, operator, stateSecret, stateSecretPermit, endpoints }) => ({
      id,
      name,
      owner,
      operator,
      ...(stateSecret === undefined ? {} : { stateSecret }),
      ...(stateSecretPermit === undefined ? {} : { stateSecretPermit }),
      endpoints: endpoints.map((endpoint) => bare(endpoint, zone)),
    })),
    authorisations,
    ...(outOfBounds.length === 0 ? {} : { exclusions: [{ networks: [...outOfBounds], reason: '-' }] }),
  };
}

/** The endpoint with what looking at it needs. */
export function bare(endpoint: Endpoint, zone: string): Endpoint {
  const { note: _, ...rest } = endpoint;
  if (rest.kind === 'domain' || rest.kind === 'mail' || rest.zones === undefined) return rest;
  return { ...rest, zones: [zone] };
}

type Scope = {
  /** Names of own endpoints, controls among them. */
  readonly names: ReadonlySet<string>;
  /** Their addresses, as far as the inventory tells them. */
  readonly pinned: readonly Network[];
  /** Some of them are looked up in the zone. */
  readonly unpinned: boolean;
  /** Addresses that the inventory gives to systems which are not the zone's, and to controls of other zones. */
  readonly foreign: ReadonlySet<string>;
};

function scopeOf(own: Inventory, whole: Inventory, controls: readonly Control[]): Scope {
  const endpoints = [...own.systems.flatMap((system) => system.endpoints), ...controls.map(({ endpoint }) => endpoint)];
  const pinned = endpoints.flatMap((endpoint) => knownAddresses(endpoint) ?? []);
  const ours = new Set(pinned);
  const others = [
    ...whole.systems.flatMap((system) => system.endpoints),
    ...controlsOf(whole).map(({ endpoint }) => endpoint),
  ];
  const all = others.flatMap((endpoint) => knownAddresses(endpoint) ?? []);
  return {
    names: new Set(endpoints.flatMap((endpoint) => placesOf(endpoint).flatMap(({ name }) => name ?? []))),
    pinned: pinned.flatMap((text) => parseNetwork(text) ?? []),
    unpinned: endpoints.some((endpoint) => knownAddresses(endpoint) === undefined),
    foreign: new Set(all.filter((text) => !ours.has(text))),
  };
}

/** Most blocks that one document may hold (its schema's own limit). */
const mostNetworks = 5000;

function cutAuthorisation(
  authorisation: Authorisation,
  zone: string,
  scope: Scope,
  forbidden: readonly Network[],
): Authorisation | undefined {
  if (!authorisation.zones.includes(zone)) return undefined;
  const { networks, domains, ports } = authorisation.scope;
  const rest = { ...authorisation, zones: [zone] };
  const kept = ports === undefined ? {} : { ports };
  // Networks bound a document's domains: without one of them it covers nothing, whatever it names.
  if (networks !== undefined) {
    const cut = networks
      .flatMap((text) => parseNetwork(text) ?? [])
      .filter((network) => mayHoldOurs(network, scope))
      .flatMap((network) => subtract(network, forbidden))
      .map(networkText);
    const once = [...new Set(cut)];
    if (once.length > mostNetworks)
      throw new UserError([
        { message: message('carried.too-many-holes', { id: authorisation.id, most: mostNetworks }) },
      ]);
    return once.length === 0 ? undefined : { ...rest, scope: { ...kept, networks: once } };
  }
  const covers = domainIndex((domains ?? []).flatMap((text) => [[normaliseName(text) ?? '', true] as const]));
  const names = [...scope.names].filter((name) => covers(name).length > 0);
  return names.length === 0 ? undefined : { ...rest, scope: { ...kept, domains: names } };
}

function mayHoldOurs(network: Network, { pinned, unpinned, foreign }: Scope): boolean {
  if (pinned.some((one) => holds(network, one))) return true;
  const single = network.prefix === widthOf[network.version];
  return unpinned && !(single && foreign.has(networkText(networkOf(network))));
}

/** A document by names alone lets public addresses be asked: those that are out of bounds must then be told, bare. */
function publicOnly(networks: readonly Network[]): readonly string[] {
  const texts = networks.map((network) => networkText(networkOf(network)));
  return [...new Set(texts)].filter((text) => {
    const address = parseAddress(text.split('/')[0] ?? '');
    return address !== undefined && isPublic(address);
  });
}
