import type { Inventory, System } from '../model/inventory.ts';
import type { Authorisation } from '../model/inventory/authorisation.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import { message, type Message } from '../model/text.ts';
import { controlsOf, inZone } from './controls.ts';
import { createCovers } from './covers.ts';
import { knownAddresses } from './endpoint.ts';
import { prohibitionOf, type Prohibition } from './forbidden.ts';
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
      // The endpoint is told of once, and only when none of its addresses can be reached.
      const [lack] = coverage.reachable ? [] : coverage.lacks;
      if (prohibition === undefined && lack !== undefined) {
        ledger.add(placeOf(endpoint, endpoints[at] ?? record), lack);
      }
    });
    system.waivers?.forEach((waiver, at) => {
      const lack = waiver.target === undefined ? undefined : waivesNothing(waiver.target, system);
      if (lack !== undefined) ledger.add({ in: recsIn(record, 'waivers')[at] ?? record, key: 'target' }, lack);
    });
  });
  for (const { zone, endpoint } of controlsOf(inventory))
    for (const { authorisation } of covers(inZone(endpoint, zone)).grants) used.add(authorisation);
  const documents = recsIn(root, 'authorisations');
  inventory.authorisations.forEach((authorisation, index) => {
    if (used.has(authorisation)) return;
    ledger.add(
      { in: documents[index] ?? root, key: 'scope' },
      message('inventory.covers-nothing', { id: authorisation.id }),
    );
  });
}

function neverScanned(prohibition: Prohibition, count: number): Message {
  return prohibition === 'state-secret'
    ? message('inventory.state-secret-endpoints', { count })
    : message('inventory.excluded-endpoints', { count });
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

/** The key of an endpoint that says where it is. */
export function placeOf(endpoint: Endpoint, record: Rec): Place {
  return { in: record, key: endpoint.kind === 'web' ? 'url' : endpoint.kind === 'host' ? 'host' : 'domain' };
}
