import ipaddr from 'ipaddr.js';
import type { Inventory } from '../model/inventory.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import type { Organisation } from '../model/inventory/organisation.ts';
import type { Target } from '../model/target.ts';

type Places = { readonly names: readonly string[]; readonly addresses: readonly string[] };

/**
 * The part of an inventory that concerns one organisation: its systems, the organisations that these name (without
 * contacts, save of those that own or operate them), and of each document and exclusion what covers their endpoints.
 */
export function ownInventory(inventory: Inventory, organisation: string, targets: readonly Target[]): Inventory {
  const systems = inventory.systems.filter(
    ({ owner, operator }) => owner === organisation || operator === organisation,
  );
  const ids = new Set(systems.map(({ id }) => id));
  const places = placesOf(inventory, ids, targets);
  const authorisations = inventory.authorisations.flatMap((one) => {
    const scope = narrowed(one.scope, places);
    return scope === undefined ? [] : [{ ...one, scope }];
  });
  const exclusions = (inventory.exclusions ?? []).flatMap(({ reason, ...scope }) => {
    const own = narrowed(scope, places);
    return own === undefined ? [] : [{ ...own, reason }];
  });
  const parties = new Set([organisation, ...systems.flatMap(({ owner, operator }) => [owner, operator])]);
  const people = authorisations.flatMap(({ requestedBy, approvedBy }) => [requestedBy, approvedBy]);
  const approvers = systems.flatMap(({ classification }) => [
    classification?.approvedBy ?? [],
    classification?.appraisal?.by ?? [],
  ]);
  const named = new Set([...parties, ...people.flatMap(({ organisation: of }) => of ?? []), ...approvers.flat()]);
  return {
    ...inventory,
    // Our own resolvers and controls are nobody's to know.
    zones: inventory.zones.map(({ resolver: _resolver, controls: _controls, ...zone }) => zone),
    organisations: closure(inventory.organisations, named).map((one) => (parties.has(one.id) ? one : nameOnly(one))),
    systems,
    authorisations,
    ...(inventory.exclusions === undefined ? {} : { exclusions }),
    ...(inventory.tasks === undefined
      ? {}
      : {
          tasks: inventory.tasks.filter(({ organisation: of, system }) =>
            system === undefined ? of === organisation : ids.has(system),
          ),
        }),
  };
}

/** Names and addresses of own endpoints, as declared and as resolved. */
function placesOf(inventory: Inventory, ids: ReadonlySet<string>, targets: readonly Target[]): Places {
  const declared = inventory.systems
    .filter(({ id }) => ids.has(id))
    .flatMap(({ endpoints }) => endpoints.flatMap(hostsOf));
  const seen = targets.flatMap(({ name, address, siblings }) => [name ?? [], address ?? [], siblings ?? []].flat());
  const all = [...new Set([...declared, ...seen].map((one) => one.toLowerCase()))];
  return { names: all.filter((one) => !ipaddr.isValid(one)), addresses: all.filter((one) => ipaddr.isValid(one)) };
}

function hostsOf(endpoint: Endpoint): readonly string[] {
  switch (endpoint.kind) {
    case 'web':
      return [endpoint.url, endpoint.httpUrl ?? []]
        .flat()
        .map(hostOf)
        .concat(endpoint.addresses ?? []);
    case 'host':
      return [endpoint.host, ...(endpoint.addresses ?? [])];
    case 'domain':
    case 'mail':
      return [endpoint.domain];
  }
}

const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');

type Scope = { readonly networks?: readonly string[]; readonly domains?: readonly string[]; readonly ports?: string };

/** What of a scope covers own places; undefined where nothing does. */
function narrowed<S extends Scope>(scope: S, { names, addresses }: Places): S | undefined {
  const networks = (scope.networks ?? []).filter((network) => addresses.some((address) => within(address, network)));
  const domains = (scope.domains ?? []).filter((domain) => {
    const parent = domain.toLowerCase();
    return names.some((name) => name === parent || name.endsWith(`.${parent}`));
  });
  if (networks.length + domains.length === 0) return undefined;
  const { networks: _networks, domains: _domains, ...rest } = scope;
  return {
    ...rest,
    ...(networks.length === 0 ? {} : { networks }),
    ...(domains.length === 0 ? {} : { domains }),
  } as unknown as S;
}

function within(address: string, network: string): boolean {
  const block = network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`;
  if (!ipaddr.isValidCIDR(block)) return false;
  const [base, prefix] = ipaddr.parseCIDR(block);
  const one = ipaddr.parse(address);
  return one.kind() === base.kind() && one.match(base, prefix);
}

/** Those named and what they are placed under, in the inventory's order. */
function closure(all: readonly Organisation[], named: ReadonlySet<string>): readonly Organisation[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const wanted = new Set<string>();
  const add = (id: string | undefined): void => {
    const one = id === undefined ? undefined : byId.get(id);
    if (one === undefined || wanted.has(one.id)) return;
    wanted.add(one.id);
    add(one.parent);
    add(one.specialisedUnit?.organisation);
  };
  for (const id of named) add(id);
  return all.filter(({ id }) => wanted.has(id));
}

function nameOnly({ id, name, nameEn, parent, kind, headPosition }: Organisation): Organisation {
  return {
    id,
    name,
    ...(nameEn === undefined ? {} : { nameEn }),
    ...(parent === undefined ? {} : { parent }),
    ...(kind === undefined ? {} : { kind }),
    headPosition,
  };
}
