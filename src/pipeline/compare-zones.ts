import { reachOf, type PortKey, type Reach, type Reached } from '../judge/reach.ts';
import { canonicalJson } from '../model/canonical.ts';
import { UserError } from '../model/errors.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import type { Kind } from '../model/observation.ts';
import type { Run } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import { message } from '../model/text.ts';
import type { Store } from '../store/types.ts';
import { refusePruned } from './refuse-pruned.ts';

/** A run as one side of a comparison. */
export type Side = { readonly store: Store; readonly run: Run };

export type ComparedPort = {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** As told from either zone; null where nothing told it. */
  readonly service: string | null;
  readonly first: Reach;
  readonly second: Reach;
};

/** One endpoint as two zones see it. Ports that neither sees open are left out. */
export type ComparedEndpoint = {
  readonly system: string;
  readonly endpoint: string;
  /** Zones it is meant to be reached from; null for every zone. */
  readonly meant: readonly string[] | null;
  readonly first: Look;
  readonly second: Look;
  readonly onlyFirst: readonly ComparedPort[];
  readonly onlySecond: readonly ComparedPort[];
  readonly both: readonly ComparedPort[];
  /** Open from one, while the other did not see. */
  readonly untold: readonly ComparedPort[];
  /** Open from a zone that the endpoint is not meant for. */
  readonly unmeant: readonly { readonly zone: string; readonly port: number; readonly protocol: 'tcp' | 'udp' }[];
};
type Look = { readonly run: string; readonly zone: string; readonly addresses: readonly string[] };

/**
 * What the zones of two runs see of each endpoint. An endpoint that has several addresses is open where one of them is, and
 * names may stand for others in another zone. Throws UserError for two runs from one zone.
 */
export async function compareZones(first: Side, second: Side): Promise<readonly ComparedEndpoint[]> {
  if (first.run.zone === second.run.zone) {
    throw new UserError([{ message: message('cli.zones.same-zone', { zone: first.run.zone }) }]);
  }
  refusePruned(first.run);
  refusePruned(second.run);
  const [one, other] = [await gather(first), await gather(second)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) => {
    const place = one.get(key) ?? other.get(key);
    return place === undefined ? [] : [compare(place, side(first, one.get(key)), side(second, other.get(key)))];
  });
}

type Place = {
  readonly system: string;
  readonly endpoint: Endpoint;
  /** What was seen of each address; a name without one stands under the empty text. */
  readonly looks: Map<string, Reached[]>;
};

const kinds = ['ports', 'tls', 'http'] as const satisfies readonly Kind[];

/** The endpoints of a run that have ports, with what was seen of them. */
async function gather({ store, run }: Side): Promise<Map<string, Place>> {
  const targets = new Map((await store.targets(run.id)).map((target) => [target.key, target]));
  const places = new Map<string, Place>();
  for (const target of targets.values()) if (hasPorts(target)) looksAt(places, target);
  for (const kind of kinds) {
    for await (const page of store.observationPages(run.id, kind)) {
      for (const observation of page) {
        const target = targets.get(observation.target);
        const reached = target === undefined ? undefined : reachOf(observation, target);
        if (target !== undefined && reached !== undefined) looksAt(places, target).push(reached);
      }
    }
  }
  return places;
}

function hasPorts({ endpoint }: Target): boolean {
  return endpoint.kind === 'web' || endpoint.kind === 'host';
}

function looksAt(places: Map<string, Place>, target: Target): Reached[] {
  const { system, endpoint, address = '' } = target;
  const key = canonicalJson([system, endpoint.kind, labelOf(endpoint)]);
  const place = places.get(key) ?? { system, endpoint, looks: new Map<string, Reached[]>() };
  const looks = place.looks.get(address) ?? [];
  place.looks.set(address, looks);
  places.set(key, place);
  return looks;
}

function labelOf(endpoint: Endpoint): string {
  if (endpoint.kind === 'web') return endpoint.url;
  return endpoint.kind === 'host' ? endpoint.host : endpoint.domain;
}

type Seen = Look & {
  readonly meantHere: boolean;
  readonly stateOf: (port: PortKey) => Reach;
  readonly open: ReadonlyMap<PortKey, string | undefined>;
};

function side({ run }: Side, place: Place | undefined): Seen {
  const looks = place?.looks ?? new Map<string, Reached[]>([['', []]]);
  return {
    run: run.id,
    zone: run.zone,
    addresses: [...looks.keys()].filter((address) => address !== '').sort(),
    meantHere: meantZones(place?.endpoint)?.includes(run.zone) !== false,
    // Open at one address is open; one address that told nothing leaves the whole untold.
    stateOf: (port) =>
      firstOf(
        ['open', 'untold', 'filtered'],
        [...looks.values()].map((reached) => atAddress(reached, port)),
      ),
    open: new Map([...looks.values()].flat().flatMap(({ open }) => [...open])),
  };
}

/** What one observation did not ask says nothing beside another that did. */
function atAddress(reached: readonly Reached[], port: PortKey): Reach {
  const told = reached.map(({ stateOf }) => stateOf(port)).filter((state) => state !== 'untold');
  return told.length === 0 ? 'untold' : firstOf(['open', 'filtered'], told);
}

function firstOf(order: readonly Reach[], states: readonly Reach[]): Reach {
  return order.find((state) => states.includes(state)) ?? 'closed';
}

function meantZones(endpoint: Endpoint | undefined): readonly string[] | undefined {
  return endpoint === undefined || endpoint.kind === 'domain' || endpoint.kind === 'mail' ? undefined : endpoint.zones;
}

function compare({ system, endpoint }: Place, first: Seen, second: Seen): ComparedEndpoint {
  const keys = [...new Set([...first.open.keys(), ...second.open.keys()])];
  const ports = keys
    .map((key): ComparedPort => {
      const [protocol, port] = key.split('/') as ['tcp' | 'udp', string];
      const service = first.open.get(key) ?? second.open.get(key) ?? null;
      return { port: Number(port), protocol, service, first: first.stateOf(key), second: second.stateOf(key) };
    })
    .sort((a, b) => a.protocol.localeCompare(b.protocol) || a.port - b.port);
  const where = (one: (port: ComparedPort) => boolean) => ports.filter(one);
  const shut = (state: Reach) => state === 'closed' || state === 'filtered';
  const look = ({ run, zone, addresses }: Seen): Look => ({ run, zone, addresses });
  const unmeant = (seen: Seen, is: 'first' | 'second') =>
    seen.meantHere
      ? []
      : where((port) => port[is] === 'open').map(({ port, protocol }) => ({ zone: seen.zone, port, protocol }));
  return {
    system,
    endpoint: labelOf(endpoint),
    meant: meantZones(endpoint) ?? null,
    first: look(first),
    second: look(second),
    onlyFirst: where((port) => port.first === 'open' && shut(port.second)),
    onlySecond: where((port) => port.second === 'open' && shut(port.first)),
    both: where((port) => port.first === 'open' && port.second === 'open'),
    untold: where((port) => port.first === 'untold' || port.second === 'untold'),
    unmeant: [...unmeant(first, 'first'), ...unmeant(second, 'second')],
  };
}
