import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Target } from '../../model/target.ts';

/** Where TLS is spoken from the first byte at a target: the port of its https URL (and then HTTP inside), or of the service. */
export type Service = { readonly port: number; readonly https: boolean };

/** Undefined for targets that have no TLS service, so that a plan can leave them out. */
export function serviceOf(target: Target): Service | undefined {
  if (target.kind === 'service') return target.port === undefined ? undefined : { port: target.port, https: false };
  if (target.kind !== 'web' || target.endpoint.kind !== 'web') return undefined;
  const url = URL.parse(target.endpoint.url);
  if (url?.protocol !== 'https:') return undefined;
  return { port: url.port === '' ? 443 : Number(url.port), https: true };
}

/** The server name to ask for: the target's name as ASCII without its last dot, never an address (RFC 6066 section 3). */
export function serverNameOf(target: Target): string | undefined {
  if (target.name === undefined || isIP(target.name) !== 0) return undefined;
  const ascii = domainToASCII(target.name).replace(/\.$/, '');
  return ascii === '' || ascii.length > 253 || isIP(ascii) !== 0 ? undefined : ascii;
}
