import type { Inventory, System } from '../model/inventory.ts';
import type { Authorisation } from '../model/inventory/authorisation.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import { message, type Message } from '../model/text.ts';
import { parseAddress, type Address } from './address.ts';
import { knownAddresses, placesOf } from './endpoint.ts';
import { createForbidden, prohibitionOf, type Prohibition } from './forbidden.ts';
import { createGrants, type Claims, type Grant } from './grants.ts';
import type { Place } from '../yaml/place.ts';
import type { Ledger } from './ledger.ts';
import { nearest } from '../yaml/nearest.ts';
import { recsIn, type Rec } from './records.ts';
import { targetsOf } from './targets.ts';

/**
 * What is right to read but may not be what was meant: endpoints that no scan will reach, documents that cover nothing,
 * approvals without a decision, waivers of nothing. `root` is the data as read, whose places the ledger knows; `inventory`
 * is made of it and has the same order.
 */
export function findWarnings(inventory: Inventory, root: Rec, ledger: Ledger): void {
  const covers = createCovers(inventory);
  const used = new Set<Authorisation>();
  const records = recsIn(root, 'systems');
  inventory.systems.forEach((system, index) => {
    const record = records[index] ?? {};
    const endpoints = recsIn(record, 'endpoints');
    const prohibition = prohibitionOf(system);
    if (prohibition !== undefined && system.endpoints.length > 0) {
      ledger.add({ in: record, key: 'endpoints', part: 'key' }, neverScanned(prohibition, system.endpoints.length));
    }
    if (system.classification?.dossier === 'da-phe-duyet' && system.classification.decision === undefined) {
      ledger.add({ in: record, key: 'classification' }, message('inventory.approved-without-decision'));
    }
    system.endpoints.forEach((endpoint, at) => {
      const coverage = covers(endpoint);
      for (const { authorisation } of coverage.grants) used.add(authorisation);
      if (prohibition === undefined && coverage.lack !== undefined) {
        ledger.add(placeOf(endpoint, endpoints[at] ?? record), coverage.lack);
      }
    });
    system.waivers?.forEach((waiver, at) => {
      const lack = waiver.target === undefined ? undefined : waivesNothing(waiver.target, system);
      if (lack !== undefined) ledger.add({ in: recsIn(record, 'waivers')[at] ?? record, key: 'target' }, lack);
    });
  });
  const documents = recsIn(root, 'authorisations');
  inventory.authorisations.forEach((authorisation, index) => {
    if (used.has(authorisation)) return;
    ledger.add(
      { in: documents[index] ?? root, key: 'scope' },
      message('inventory.covers-nothing', { id: authorisation.id }),
    );
  });
}

type Coverage = { readonly grants: readonly Grant[]; readonly lack?: Message };

/** Holds an endpoint against the documents, times aside: a document of another month is still one. */
function createCovers(inventory: Inventory): (endpoint: Endpoint) => Coverage {
  const forbidden = createForbidden(inventory);
  const grants = createGrants(inventory);
  const byNetworks = inventory.authorisations.some(({ scope }) => scope.networks !== undefined);
  return (endpoint) => {
    const [place] = placesOf(endpoint);
    // A name without pinned addresses may yet turn out to lie in some document's networks.
    const known = knownAddresses(endpoint)?.map((text) => parseAddress(text));
    if (endpoint.kind === 'domain' || endpoint.kind === 'mail')
      return { grants: grants(undefined, place?.name).covering };
    const cases = (known ?? [undefined]).map((address) => consider(address, place?.name));
    const lacks = cases.flatMap(({ lack }) => lack ?? []);
    const found = [...new Set(cases.flatMap((one) => one.grants))];
    // The endpoint is told of once, and only when none of its addresses can be reached.
    return lacks.length < cases.length || lacks[0] === undefined
      ? { grants: found }
      : { grants: found, lack: lacks[0] };

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

function neverScanned(prohibition: Prohibition, count: number): Message {
  return prohibition === 'state-secret'
    ? message('inventory.state-secret-endpoints', { count })
    : message('inventory.excluded-endpoints', { count });
}

function outOfBounds(prohibition: Prohibition): Message {
  return prohibition === 'excluded'
    ? message('inventory.endpoint-excluded')
    : message('inventory.endpoint-beside-excluded-system');
}

/** A waiver's target is a target's key to the letter; the address of a name that is not pinned may be any. */
function waivesNothing(target: string, system: System): Message | undefined {
  const keys = system.endpoints.flatMap((endpoint) =>
    targetsOf(system, endpoint, knownAddresses(endpoint) ?? []).map(({ key }) => key),
  );
  const unpinned = keys.flatMap((key) => (key.endsWith(' [?]') ? key.slice(0, -'?]'.length) : []));
  if (keys.includes(target) || unpinned.some((start) => target.startsWith(start) && target.endsWith(']')))
    return undefined;
  const suggestion = keys.find((key) => key.startsWith(`${target} [`)) ?? nearest(target, keys);
  if (suggestion === undefined) return message('inventory.waiver-of-nothing', { target });
  return message('inventory.waiver-of-nothing-near', { target, suggestion });
}

function placeOf(endpoint: Endpoint, record: Rec): Place {
  return { in: record, key: endpoint.kind === 'web' ? 'url' : endpoint.kind === 'host' ? 'host' : 'domain' };
}
