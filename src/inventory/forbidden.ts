import type { Inventory, System } from '../model/inventory.ts';
import { embeddedAddress, parseNetwork, type Address, type Network } from './address.ts';
import { knownAddresses, placesOf } from './endpoint.ts';
import { domainIndex, networkIndex } from './lookup.ts';
import { normaliseName } from './name.ts';

/** Why something is never contacted, strongest first. */
export const prohibitions = ['excluded-system', 'state-secret', 'excluded'] as const;
export type Prohibition = (typeof prohibitions)[number];

/** Why a system is never contacted, if so. */
export function prohibitionOf(system: System): Exclude<Prohibition, 'excluded'> | undefined {
  if (system.excluded !== undefined) return 'excluded-system';
  return system.stateSecret === true && system.stateSecretPermit === undefined ? 'state-secret' : undefined;
}

type Filed<T> = readonly (readonly [T, Prohibition])[];

/** Everything that is forbidden, with why: of systems that are never scanned, and of exclusions. */
function filed(inventory: Inventory): { readonly networks: Filed<Network>; readonly domains: Filed<string> } {
  const networks: (readonly [Network, Prohibition])[] = [];
  const domains: (readonly [string, Prohibition])[] = [];
  const addNetwork = (text: string, prohibition: Prohibition) => {
    const network = parseNetwork(text);
    if (network !== undefined) networks.push([network, prohibition]);
  };
  const addDomain = (text: string | undefined, prohibition: Prohibition) => {
    const domain = text === undefined ? undefined : normaliseName(text);
    if (domain !== undefined) domains.push([domain, prohibition]);
  };
  for (const system of inventory.systems) {
    const prohibition = prohibitionOf(system);
    if (prohibition === undefined) continue;
    for (const endpoint of system.endpoints) {
      for (const address of knownAddresses(endpoint) ?? []) addNetwork(address, prohibition);
      for (const place of placesOf(endpoint)) {
        addDomain(place.name, prohibition);
        if (place.literal !== undefined) addNetwork(place.literal, prohibition);
      }
    }
  }
  for (const exclusion of inventory.exclusions ?? []) {
    for (const network of exclusion.networks ?? []) addNetwork(network, 'excluded');
    for (const domain of exclusion.domains ?? []) addDomain(domain, 'excluded');
  }
  return { networks, domains };
}

/** The networks and names that are forbidden, for who must tell what is left without them. */
export function forbiddenPlaces(inventory: Inventory): {
  readonly networks: readonly Network[];
  readonly domains: readonly string[];
} {
  const { networks, domains } = filed(inventory);
  return { networks: networks.map(([network]) => network), domains: domains.map(([domain]) => domain) };
}

/**
 * Says why an address or a name is forbidden whatever any document permits: it belongs to a system that is never scanned
 * (its names with their subdomains, its pinned and bare addresses), or an exclusion lists it. An exclusion by domain
 * forbids the name, not the machine behind it; to forbid a machine, exclude its network.
 */
export function createForbidden(inventory: Inventory): (address?: Address, name?: string) => Prohibition | undefined {
  const { networks, domains } = filed(inventory);
  const byAddress = networkIndex(networks);
  const byName = domainIndex(domains);
  return (address, name) => {
    const embedded = address === undefined ? undefined : embeddedAddress(address);
    const found = [
      ...(address === undefined ? [] : byAddress(address)),
      ...(embedded === undefined ? [] : byAddress(embedded)),
      ...(name === undefined ? [] : byName(name)),
    ];
    return prohibitions.find((prohibition) => found.includes(prohibition));
  };
}
