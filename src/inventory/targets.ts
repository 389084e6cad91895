import type { Inventory, System } from '../model/inventory.ts';
import type { Endpoint, EndpointOf } from '../model/inventory/endpoint.ts';
import type { Kind } from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import { isLoopback, isPublic, parseAddress } from './address.ts';
import { placesOf } from './endpoint.ts';
import { prohibitionOf, type Prohibition } from './forbidden.ts';

/** One endpoint to be scanned, with the system that it belongs to. */
export type Planned = { readonly system: System; readonly endpoint: Endpoint };

/** What becomes of every endpoint of an inventory in one zone; all lists are in the order of the file. */
export type Expansion = {
  /** To be scanned. */
  readonly endpoints: readonly Planned[];
  /** How many systems are refused. */
  readonly excludedSystems: number;
  /** Systems never scanned: how many endpoints, nothing of what they are. */
  readonly refused: readonly {
    readonly system: string;
    readonly reason: Exclude<Prohibition, 'excluded'>;
    readonly endpoints: number;
  }[];
  /** Meant to be reached from other zones only. */
  readonly otherZone: readonly Planned[];
};

/** Sorts the endpoints of an inventory into those that a scan from this zone looks at and those that it does not. */
export function expandEndpoints(inventory: Inventory, zone: string): Expansion {
  const endpoints: Planned[] = [];
  const otherZone: Planned[] = [];
  const refused: Expansion['refused'][number][] = [];
  for (const system of inventory.systems) {
    const reason = prohibitionOf(system);
    if (reason !== undefined) {
      refused.push({ system: system.id, reason, endpoints: system.endpoints.length });
      continue;
    }
    for (const endpoint of system.endpoints) {
      const zones = endpoint.kind === 'domain' || endpoint.kind === 'mail' ? undefined : endpoint.zones;
      if (zones?.includes(zone) === false) otherZone.push({ system, endpoint });
      else endpoints.push({ system, endpoint });
    }
  }
  return { endpoints, excludedSystems: refused.length, refused, otherZone };
}

/**
 * One target for each address, IPv4 first and in numeric order so that runs compare, and for a host one more for each
 * service declared with `tls: true` or `startTls`. A name without address gives targets without address (`[?]`); an endpoint that is a
 * bare address needs none given. A domain and a mail domain give one target without address each.
 */
export function targetsOf(
  system: Pick<System, 'id'>,
  endpoint: Endpoint,
  addresses: readonly string[],
): readonly Target[] {
  const place = placesOf(endpoint)[0] ?? { ports: [] };
  if (endpoint.kind === 'domain' || endpoint.kind === 'mail') {
    const { kind, domain } = endpoint;
    const key = `${domain} [${kind === 'domain' ? 'dns' : 'mail'}]`;
    return [{ key, kind, system: system.id, endpoint, name: place.name ?? domain }];
  }
  const known = place.literal === undefined ? inOrder(addresses) : [place.literal];
  const located: readonly (string | undefined)[] = known.length === 0 ? [undefined] : known;
  return located.flatMap((address, index) => {
    const common = {
      system: system.id,
      endpoint,
      ...(place.name === undefined ? {} : { name: place.name }),
      ...(address === undefined ? {} : { address }),
    };
    const where = `[${address ?? '?'}]`;
    const label = endpoint.kind === 'web' ? endpoint.url : endpoint.host;
    const whole: Target = { key: `${label} ${where}`, kind: endpoint.kind, ...common };
    if (endpoint.kind === 'web') return [index === 0 ? { ...whole, siblings: known.slice(1) } : whole];
    const services = tlsServices(endpoint).map(({ port, startTls }): Target => ({
      key: `${serviceLabel(endpoint.host, port)} ${where}`,
      kind: 'service',
      ...common,
      port,
      ...(startTls === undefined ? {} : { startTls }),
    }));
    return [whole, ...services];
  });
}

/** The targets of an endpoint that is meant for other zones: each of its addresses, asked whether anything answers. */
export function offZoneTargets(system: System, endpoint: Endpoint, addresses: readonly string[]): readonly Target[] {
  return targetsOf(system, endpoint, addresses)
    .filter(({ kind }) => kind === 'web' || kind === 'host')
    .map(({ siblings: _, ...target }) => ({ ...target, kind: 'off-zone' }));
}

/**
 * Whether an address is the same machine from every zone. A private one is not: asked from another zone, it may be a
 * stranger's.
 */
export function isSameEverywhere(address: string): boolean {
  const parsed = parseAddress(address);
  return parsed !== undefined && (isPublic(parsed) || isLoopback(parsed));
}

/** What a target is to be observed by. */
export function neededKinds(target: Target): readonly Kind[] {
  switch (target.kind) {
    case 'web':
      return target.endpoint.kind === 'web' && target.endpoint.url.startsWith('http://')
        ? ['http', 'software']
        : ['tls', 'http', 'software'];
    case 'off-zone':
      return ['ports'];
    case 'host':
      return ['ports', 'software'];
    case 'service':
      return ['tls'];
    case 'domain':
      return ['dns'];
    case 'mail':
      return ['mail'];
  }
}

/** In order of their ports; a service without either word is not asked for TLS, whatever its port is known for. */
function tlsServices(endpoint: EndpointOf<'host'>): NonNullable<typeof endpoint.services> {
  const services = (endpoint.services ?? []).filter(({ tls, startTls }) => tls === true || startTls !== undefined);
  return [...new Map(services.map((service) => [service.port, service])).values()].sort((a, b) => a.port - b.port);
}

/** `srv.example:993`, `192.0.2.7:993`, `[2001:db8::7]:993` (RFC 3986 3.2.2). */
function serviceLabel(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function inOrder(addresses: readonly string[]): readonly string[] {
  const parsed = new Map(
    addresses.flatMap((text) => {
      const address = parseAddress(text);
      return address === undefined ? [] : [[address.text, address] as const];
    }),
  );
  return [...parsed.values()]
    .sort((a, b) => a.version - b.version || (a.bits < b.bits ? -1 : 1))
    .map((address) => address.text);
}
