import type { Inventory, System } from '../model/inventory.ts';
import type { Authorisation, Exclusion } from '../model/inventory/authorisation.ts';
import type { Control } from '../model/inventory/control.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import { networkText, parseAddress, parseNetwork } from './address.ts';
import { hostPlace } from './endpoint.ts';
import { normaliseName } from './name.ts';
import { normaliseUrl } from './url.ts';

/** Brings every address, block, name and URL of a checked inventory to its one spelling, so that texts can be compared. */
export function normalise(inventory: Inventory): Inventory {
  return {
    ...inventory,
    zones: inventory.zones.map((zone) =>
      zone.controls === undefined ? zone : { ...zone, controls: zone.controls.map(normaliseControl) },
    ),
    systems: inventory.systems.map(normaliseSystem),
    authorisations: inventory.authorisations.map((authorisation): Authorisation => {
      return { ...authorisation, scope: { ...authorisation.scope, ...places(authorisation.scope) } };
    }),
    ...(inventory.exclusions === undefined
      ? {}
      : { exclusions: inventory.exclusions.map((exclusion): Exclusion => ({ ...exclusion, ...places(exclusion) })) }),
  };
}

function normaliseControl(control: Control): Control {
  return { ...control, endpoint: normaliseEndpoint(control.endpoint) };
}

function normaliseSystem(system: System): System {
  return { ...system, endpoints: system.endpoints.map(normaliseEndpoint) };
}

function normaliseEndpoint(endpoint: Endpoint): Endpoint {
  switch (endpoint.kind) {
    case 'web': {
      const twin = endpoint.httpUrl === undefined ? {} : { httpUrl: urlOf(endpoint.httpUrl) };
      return { ...endpoint, url: urlOf(endpoint.url), ...twin, ...addressesOf(endpoint.addresses) };
    }
    case 'host': {
      const place = hostPlace(endpoint.host);
      const host = place?.name ?? place?.literal ?? endpoint.host;
      return { ...endpoint, host, ...addressesOf(endpoint.addresses) };
    }
    case 'domain':
    case 'mail':
      return { ...endpoint, domain: nameOf(endpoint.domain) };
  }
}

function addressesOf(addresses: readonly string[] | undefined): { addresses?: string[] } {
  if (addresses === undefined) return {};
  return { addresses: [...new Set(addresses.map((text) => parseAddress(text)?.text ?? text))] };
}

function places(scope: { readonly networks?: readonly string[]; readonly domains?: readonly string[] }) {
  return {
    ...(scope.networks === undefined ? {} : { networks: scope.networks.map(blockOf) }),
    ...(scope.domains === undefined ? {} : { domains: scope.domains.map(nameOf) }),
  };
}

const urlOf = (text: string): string => normaliseUrl(text)?.href ?? text;
const nameOf = (text: string): string => normaliseName(text) ?? text;
const blockOf = (text: string): string => {
  const network = parseNetwork(text);
  return network === undefined ? text : networkText(network);
};
