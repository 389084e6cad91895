import type { Inventory } from '../model/inventory.ts';
import type { Authorisation } from '../model/inventory/authorisation.ts';
import type { Limits } from '../model/permission.ts';
import { isPublic, parseAddress, parseNetwork, type Address, type Network } from './address.ts';
import { controlsOf } from './controls.ts';
import { knownAddresses, placesOf } from './endpoint.ts';
import { domainIndex, networkIndex } from './lookup.ts';
import { normaliseName } from './name.ts';
import { parsePorts } from './ports.ts';
import { createWindow, type Window } from './window.ts';

/** Limits of an authorisation that names none (house.md, "Rules of engagement"). */
export const defaultLimits: Limits = { connections: 2, perSecond: 10 };

/** One authorisation, made ready for asking. */
export type Grant = {
  readonly authorisation: Authorisation;
  readonly zones: ReadonlySet<string>;
  /** Undefined: any port. */
  readonly ports: ReadonlySet<number> | undefined;
  readonly window: Window;
  readonly limits: Limits;
};

/** Which documents speak of a place, whatever the port, zone and time. */
export type Claims = {
  readonly covering: readonly Grant[];
  /** Documents that name the domain only, while the address is not one of the public Internet: perhaps DNS rebinding. */
  readonly rebinding: readonly Grant[];
  /** Documents that name the domain but bound it to networks that do not hold the address, or the address is not known. */
  readonly bounded: readonly Grant[];
};

/**
 * Files the authorisations by network and by domain. An address in `networks` is covered under any name. A name in
 * `domains` (or below one) covers its addresses only where the document gives no `networks` at all; then the address must
 * be public, or pinned to that name in the inventory.
 */
export function createGrants(inventory: Inventory): (address: Address | undefined, name: string | undefined) => Claims {
  const networks: (readonly [Network, Grant])[] = [];
  const domains: (readonly [string, Grant])[] = [];
  for (const authorisation of inventory.authorisations) {
    const grant = grantOf(authorisation);
    for (const text of authorisation.scope.networks ?? []) {
      const network = parseNetwork(text);
      if (network !== undefined) networks.push([network, grant]);
    }
    for (const text of authorisation.scope.domains ?? []) {
      const domain = normaliseName(text);
      if (domain !== undefined) domains.push([domain, grant]);
    }
  }
  const byAddress = networkIndex(networks);
  const byName = domainIndex(domains);
  const isPinned = pinned(inventory);

  return (address, name) => {
    const covering = new Set(address === undefined ? [] : byAddress(address));
    const named = name === undefined ? [] : byName(name);
    const free = named.filter((grant) => grant.authorisation.scope.networks === undefined);
    const trusted =
      free.length === 0 ||
      address === undefined ||
      isPublic(address) ||
      (name !== undefined && isPinned(name, address));
    if (trusted) for (const grant of free) covering.add(grant);
    return {
      covering: [...covering],
      rebinding: trusted ? [] : [...new Set(free)],
      bounded: [...new Set(named)].filter((grant) => !covering.has(grant) && !free.includes(grant)),
    };
  };
}

function grantOf(authorisation: Authorisation): Grant {
  const ports = authorisation.scope.ports === undefined ? undefined : parsePorts(authorisation.scope.ports);
  return {
    authorisation,
    zones: new Set(authorisation.zones),
    ports: ports !== undefined && 'fault' in ports ? new Set<number>() : ports,
    window: createWindow(authorisation),
    limits: authorisation.limits ?? defaultLimits,
  };
}

function pinned(inventory: Inventory): (name: string, address: Address) => boolean {
  let known: ReadonlyMap<string, readonly string[]> | undefined;
  const pins = new Map<string, ReadonlySet<string>>();
  // Reading every address of a province takes longer than reading those of the few names that are asked about.
  return (name, address) => {
    known ??= addressesByName(inventory);
    const texts = known.get(name);
    if (texts === undefined) return false;
    const own = pins.get(name) ?? new Set(texts.map((text) => parseAddress(text)?.text ?? ''));
    pins.set(name, own);
    return own.has(address.text);
  };
}

function addressesByName(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  const controls = controlsOf(inventory).map(({ endpoint }) => endpoint);
  const byName = new Map<string, string[]>();
  for (const endpoint of [...inventory.systems.flatMap(({ endpoints }) => endpoints), ...controls]) {
    for (const { name } of placesOf(endpoint)) {
      if (name === undefined) continue;
      const addresses = byName.get(name) ?? [];
      addresses.push(...(knownAddresses(endpoint) ?? []));
      byName.set(name, addresses);
    }
  }
  return byName;
}
