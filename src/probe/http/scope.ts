import { isIP } from 'node:net';
import { FailureError } from '../../model/failure.ts';
import type { Wire } from '../wire/wire.ts';
import { bare, portOf, type Place } from './connection.ts';

/** The resolver knows that there is no such name. */
export class NoNameError extends FailureError {
  constructor(name: string) {
    super('dns', `${name} has no address`);
    this.name = 'NoNameError';
  }
}

/**
 * Addresses of a name that is not the endpoint's own. It must answer with none for a name outside every authorisation,
 * without asking a resolver: strangers' names are not looked up. Throws NoNameError, or FailureError
 * `dns` when it cannot tell.
 */
export type Resolve = (name: string) => Promise<readonly string[]>;

export type Scope = {
  readonly wire: Wire;
  /** The endpoint's own host as URLs spell it, where it is, and its ports. */
  readonly home: { readonly hostname: string; readonly place: Place; readonly ports: readonly number[] };
  readonly resolve: Resolve | undefined;
};

/**
 * Where to ask for a URL, or null when it may not be asked for: another scheme, a name or address that no authorisation
 * covers, or a port below 1024 that is neither the web's nor the endpoint's (an answer must not make us talk to a mail
 * server). Throws FailureError `dns`; and `not-permitted` where only the hour keeps it from the endpoint's own host, for that may be asked
 * another day.
 */
export async function placeOf(url: URL, scope: Scope): Promise<Place | null> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const port = portOf(url);
  if (port < 1024 && port !== 80 && port !== 443 && !scope.home.ports.includes(port)) return null;
  const places = await candidates(url, scope);
  for (const place of places) {
    const permission = scope.wire.permits(place.address, port, place.name);
    if (permission.allowed) return place;
    if (url.hostname === scope.home.hostname && ofTheHour.test(permission.reason))
      throw new FailureError('not-permitted', `${place.address} port ${port}: ${permission.reason}`);
  }
  return null;
}

/** Refusals that end by themselves (src/inventory/scope.ts). */
const ofTheHour = /^(outside-hours|blackout|not-yet|expired)\b/;

async function candidates(url: URL, { home, resolve }: Scope): Promise<readonly Place[]> {
  if (url.hostname === home.hostname) return [home.place];
  const literal = bare(url.hostname);
  if (isIP(literal) !== 0) return [{ address: literal }];
  const found = await resolve?.(url.hostname);
  const addresses = (found ?? []).filter((address) => isIP(address) !== 0);
  // The endpoint's own address first: a sibling name on the same machine is the same observation.
  const own = addresses.filter((address) => address === home.place.address);
  return [...own, ...addresses].map((address) => ({ address, name: url.hostname }));
}
