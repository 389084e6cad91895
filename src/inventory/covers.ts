import type { Inventory } from '../model/inventory.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import { message, type Message } from '../model/text.ts';
import { parseAddress, type Address } from './address.ts';
import { knownAddresses, placesOf } from './endpoint.ts';
import { createForbidden, type Prohibition } from './forbidden.ts';
import { createGrants, type Claims, type Grant } from './grants.ts';

/** Which documents speak of an endpoint, and what its addresses lack, one a address that none lets be reached. */
export type EndpointCoverage = {
  readonly grants: readonly Grant[];
  readonly lacks: readonly Message[];
  /** Some address can be reached. */
  readonly reachable: boolean;
};
type Coverage = { readonly grants: readonly Grant[]; readonly lack?: Message };

/** Holds an endpoint against the documents, times aside: a document of another month is still one. */
export function createCovers(inventory: Inventory): (endpoint: Endpoint) => EndpointCoverage {
  const forbidden = createForbidden(inventory);
  const grants = createGrants(inventory);
  const byNetworks = inventory.authorisations.some(({ scope }) => scope.networks !== undefined);
  return (endpoint) => {
    const [place] = placesOf(endpoint);
    // A name without pinned addresses may yet turn out to lie in some document's networks.
    const known = knownAddresses(endpoint)?.map((text) => parseAddress(text));
    if (endpoint.kind === 'domain' || endpoint.kind === 'mail')
      return { grants: grants(undefined, place?.name).covering, lacks: [], reachable: true };
    const cases = (known ?? [undefined]).map((address) => consider(address, place?.name));
    const lacks = cases.flatMap(({ lack }) => lack ?? []);
    const found = [...new Set(cases.flatMap((one) => one.grants))];
    return { grants: found, lacks, reachable: lacks.length < cases.length };

    function consider(address: Address | undefined, name: string | undefined): Coverage {
      const prohibition = forbidden(address, name);
      if (prohibition !== undefined) return { grants: [], lack: outOfBounds(prohibition) };
      const claims = grants(address, name);
      if (address === undefined && claims.covering.length === 0 && byNetworks) return { grants: claims.bounded };
      return fitting(endpoint, claims, place?.ports ?? []);
    }
  };
}

function fitting(endpoint: Endpoint, claims: Claims, ports: readonly number[]): Coverage {
  const zones = 'zones' in endpoint ? endpoint.zones : undefined;
  const inZone = claims.covering.filter((grant) => zones?.some((zone) => grant.zones.has(zone)) !== false);
  const onPort = inZone.filter(
    (grant) => endpoint.kind === 'host' || ports.every((port) => grant.ports?.has(port) !== false),
  );
  if (onPort.length > 0) return { grants: onPort };
  const [document] = inZone.length > 0 ? inZone : claims.covering;
  const id = document?.authorisation.id ?? '';
  if (inZone.length > 0)
    return { grants: [], lack: message('inventory.not-covered-port', { id, port: ports[0] ?? 0 }) };
  if (claims.covering.length > 0) return { grants: [], lack: message('inventory.not-covered-zone', { id }) };
  const [rebinding, bounded] = [claims.rebinding[0], claims.bounded[0]].map((grant) => grant?.authorisation.id);
  if (rebinding !== undefined) return { grants: [], lack: message('inventory.not-covered-private', { id: rebinding }) };
  if (bounded !== undefined) return { grants: [], lack: message('inventory.not-covered-networks', { id: bounded }) };
  return { grants: [], lack: message('inventory.not-covered') };
}

function outOfBounds(prohibition: Prohibition): Message {
  return prohibition === 'excluded'
    ? message('inventory.endpoint-excluded')
    : message('inventory.endpoint-beside-excluded-system');
}
