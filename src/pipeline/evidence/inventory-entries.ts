import type { Entry } from '../../evidence/entry.ts';
import { prohibitionOf } from '../../inventory/forbidden.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Organisation } from '../../model/inventory/organisation.ts';

/**
 * The parts of an inventory that are not of one system, so small that what an organisation may see is some of them, whole:
 * an organisation apart from whom to call, a document apart from each network and domain that it covers. `own`: the inventory
 * as the organisation may see it (`ownInventory`); absent: all of it.
 */
export function* inventoryEntries(inventory: Inventory, own?: Inventory): Generator<Entry> {
  const { schema, province, zones, organisations, exclusions, tasks, conventions } = inventory;
  const entry = (body: Readonly<Record<string, unknown>>, isOwn: boolean): Entry => ({
    kind: 'inventory',
    body,
    own: own === undefined || isOwn,
  });
  yield entry({ part: 'province', schema, ...province, conventions }, true);
  for (const { resolver, ...zone } of zones) {
    yield entry({ part: 'zone', ...zone }, true);
    if (resolver !== undefined) yield entry({ part: 'resolver', zone: zone.id, resolver }, false);
  }
  const shown = new Map((own?.organisations ?? []).map((one) => [one.id, one]));
  for (const organisation of organisations) {
    const { name, details } = splitOrganisation(organisation);
    const seen = shown.get(organisation.id);
    yield entry({ part: 'organisation', ...name }, seen !== undefined);
    const isParty = seen !== undefined && splitOrganisation(seen).details !== undefined;
    if (details !== undefined) yield entry({ part: 'organisation-details', id: name.id, ...details }, isParty);
  }
  yield* authorisationEntries(inventory, own);
  const excluded = new Set(
    (own?.exclusions ?? []).flatMap(({ reason, ...scope }) =>
      placesOf(scope).map(({ place }) => `${reason}\n${place}`),
    ),
  );
  for (const [index, { reason, ...scope }] of (exclusions ?? []).entries()) {
    const places = placesOf(scope).map((one) => ({ ...one, own: excluded.has(`${reason}\n${one.place}`) }));
    yield entry(
      { part: 'exclusion', index, reason },
      places.some((one) => one.own),
    );
    for (const { own: isOwn, ...place } of places) yield entry({ part: 'excluded-place', index, ...place }, isOwn);
  }
  // The organisation's own list keeps the very records.
  const ownTasks = new Set<unknown>(own?.tasks ?? []);
  const hidden = new Set(inventory.systems.filter((system) => prohibitionOf(system)).map(({ id }) => id));
  for (const task of tasks ?? []) {
    if (task.system === undefined || !hidden.has(task.system))
      yield entry({ part: 'task', ...task }, ownTasks.has(task));
  }
  yield entry({ part: 'systems-left-out', count: hidden.size }, false);
}

function* authorisationEntries(inventory: Inventory, own?: Inventory): Generator<Entry> {
  const shown = new Map((own?.authorisations ?? []).map((one) => [one.id, one.scope]));
  const isAll = own === undefined;
  for (const { scope, ...document } of inventory.authorisations) {
    const seen = shown.get(document.id);
    const covered = new Set(placesOf(seen ?? {}).map(({ place }) => place));
    const { ports } = scope;
    const body = { part: 'document', ...document, ...(ports === undefined ? {} : { ports }) };
    yield { kind: 'authorisation', body, own: isAll || seen !== undefined };
    for (const place of placesOf(scope)) {
      const part = { part: 'scope', authorisation: document.id, ...place };
      yield { kind: 'authorisation', body: part, own: isAll || covered.has(place.place) };
    }
  }
}

type Scope = { readonly networks?: readonly string[]; readonly domains?: readonly string[] };

const placesOf = ({ networks = [], domains = [] }: Scope) => [
  ...networks.map((place) => ({ is: 'network' as const, place })),
  ...domains.map((place) => ({ is: 'domain' as const, place })),
];

/** What everybody may know of an organisation, and what only those who deal with it do. */
function splitOrganisation({ id, name, nameEn, parent, kind, headPosition, ...details }: Organisation) {
  return {
    name: { id, name, nameEn, parent, kind, headPosition },
    details: Object.keys(details).length === 0 ? undefined : details,
  };
}
