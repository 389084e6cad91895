import type { Endpoint } from '../model/inventory/endpoint.ts';
import { parseAddress } from './address.ts';
import { normaliseName } from './name.ts';

/** Where an endpoint is: a name, or a bare address, and the ports that it names itself. */
export type Place = { readonly name?: string; readonly literal?: string; readonly ports: readonly number[] };

/** Reads a host as it stands in a URL or a `host:` line: a name, an address, or an IPv6 address in brackets. */
export function hostPlace(host: string): Omit<Place, 'ports'> | undefined {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  const address = parseAddress(bare);
  if (address !== undefined) return { literal: address.text };
  const name = normaliseName(host);
  return name === undefined ? undefined : { name };
}

/** Every place that an endpoint names; a web endpoint's unencrypted twin is the second one. */
export function placesOf(endpoint: Endpoint): readonly Place[] {
  const known = remembered.get(endpoint);
  if (known !== undefined) return known;
  const places = readPlaces(endpoint);
  remembered.set(endpoint, places);
  return places;
}

/** Parsing URLs is most of the cost of looking through an inventory, and several rooms of it look. */
const remembered = new WeakMap<Endpoint, readonly Place[]>();

function readPlaces(endpoint: Endpoint): readonly Place[] {
  switch (endpoint.kind) {
    case 'web':
      return [endpoint.url, ...(endpoint.httpUrl === undefined ? [] : [endpoint.httpUrl])].map(urlPlace);
    case 'host':
      return [{ ...hostPlace(endpoint.host), ports: (endpoint.services ?? []).map((service) => service.port) }];
    case 'domain':
    case 'mail':
      return [{ ...hostPlace(endpoint.domain), ports: [] }];
  }
}

/** Addresses known without asking a resolver: the bare address, or those pinned in the inventory. */
export function knownAddresses(endpoint: Endpoint): readonly string[] | undefined {
  if (endpoint.kind === 'domain' || endpoint.kind === 'mail') return undefined;
  const literal = placesOf(endpoint)[0]?.literal;
  return literal === undefined ? endpoint.addresses : [literal];
}

/** The port that a URL leads to. */
export function urlPort(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'http:' ? 80 : 443;
}

function urlPlace(text: string): Place {
  const url = new URL(text);
  return { ...hostPlace(url.hostname), ports: [urlPort(url)] };
}
