import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { StartTls } from '../../model/facts/tls.ts';
import type { Target } from '../../model/target.ts';

/**
 * Where TLS is spoken at a target: the port of its https URL (and then HTTP inside), or of the service, there maybe only
 * after the upgrade command of `startTls`.
 */
export type Service = { readonly port: number; readonly https: boolean; readonly startTls?: StartTls };

/** Undefined for targets that have no TLS service, so that a plan can leave them out. */
export function serviceOf(target: Target): Service | undefined {
  if (target.kind === 'service') {
    const { port, startTls } = target;
    return port === undefined ? undefined : { port, https: false, ...(startTls === undefined ? {} : { startTls }) };
  }
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
