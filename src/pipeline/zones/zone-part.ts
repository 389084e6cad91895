import { Refusal } from '../../engine/zones/protocol.ts';
import { bare, zonePart } from '../../inventory/cut.ts';
import { knownAddresses } from '../../inventory/endpoint.ts';
import { createAsk, createPermit } from '../../inventory/scope.ts';
import { canonicalJson } from '../../model/canonical.ts';
import type { LookOrder } from '../../model/desk.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Manner } from '../../model/manner.ts';
import type { Permit } from '../../model/permission.ts';
import type { Target } from '../../model/target.ts';

/** What of one run concerns one zone. */
export type ZonePart = {
  readonly order: LookOrder;
  /** Where its targets may stand (`placeOf`). */
  readonly places: ReadonlySet<string>;
  readonly ask: ReturnType<typeof createAsk>;
  /** By everything that the centre knows. */
  readonly permit: Permit;
};

/** Cuts an order down to a zone. Throws Refusal where it is of another. */
export function cutToZone(order: LookOrder, zone: string): ZonePart {
  // A run of another zone is none that this agent knows of.
  if (order.zone !== zone) throw new Refusal('zone', 'a run of another zone');
  const { carried } = zonePart(order.inventory, zone);
  const named = order.inventory.zones.find(({ id }) => id === zone)?.resolver;
  const { standIns } = order.reference;
  const { alsoBy, endsAt, bound } = order;
  const also = alsoBy === undefined ? {} : { alsoBy: zonePart(withPlacesOf(alsoBy, order.inventory), zone).carried };
  return {
    order: {
      run: order.run,
      zone,
      // The centre's own resolvers mean nothing in another network: without a name the agent asks its machine's.
      manner: plainManner(order.manner, named !== undefined),
      inventory: carried,
      ...also,
      ...(endsAt === undefined ? {} : { endsAt }),
      ...(bound === undefined ? {} : { bound }),
      reference: standIns === undefined ? {} : { standIns },
    },
    places: new Set(carried.systems.flatMap(({ id, endpoints }) => endpoints.map((one) => canonicalJson([id, one])))),
    ask: createAsk(carried),
    permit: createPermit(order.inventory),
  };
}

/** A later inventory with the places of a run's own: what its documents say of those must reach the zone. */
function withPlacesOf(later: Inventory, own: Inventory): Inventory {
  const kept = later.systems.map((system) => {
    const before = own.systems.find(({ id }) => id === system.id)?.endpoints ?? [];
    const known = new Set(system.endpoints.map((one) => canonicalJson(one)));
    return { ...system, endpoints: [...system.endpoints, ...before.filter((one) => !known.has(canonicalJson(one)))] };
  });
  const gone = own.systems.filter(({ id }) => later.systems.every((system) => system.id !== id));
  return { ...later, systems: [...kept, ...gone] };
}

/** How to look and nothing else: the settings of a run also tell of what it leaves out. */
function plainManner(manner: Manner, hasResolver: boolean): Manner {
  const { engine, portList, udp, extraRoots, resolvers, dnsAnchors, dnsPort, detection } = manner;
  return {
    engine,
    portList,
    udp,
    extraRoots,
    resolvers: hasResolver ? resolvers : [],
    dnsAnchors,
    dnsPort,
    ...(detection === undefined ? {} : { detection }),
  };
}

export const placeOf = ({ system, endpoint, kind }: Target, zone: string): string =>
  kind === 'off-zone' ? '' : canonicalJson([system, bare(endpoint, zone)]);

/** An endpoint or a control of the inventory has this address literally. */
export const isPinned = ({ systems, zones }: Inventory, address: string): boolean =>
  [
    ...systems.flatMap(({ endpoints }) => endpoints),
    ...zones.flatMap(({ controls = [] }) => controls.map((one) => one.endpoint)),
  ].some((endpoint) => knownAddresses(endpoint)?.includes(address) === true);
