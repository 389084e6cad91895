import ipaddr from 'ipaddr.js';
import type { Hop } from '../../model/facts/http.ts';
import type { NamedHeader } from './disclosure.ts';

/** Headers that debuggers, profilers and development servers add. */
const debuggers =
  /^(x-debug(-.+)?|server-timing|x-runtime|x-chromelogger-data|x-chromephp-data|x-wf-.+|x-clockwork-.+|phpdebugbar-id|x-drupal-cache-(tags|contexts|max-age)|x-sourcefiles|x-aspnet-debug|x-request-handled-in|x-stack-trace)$/;

/** Headers that name the machine behind, whatever they say. */
const backends =
  /^(x-backend(-.+)?|x-server-name|x-server-?id|x-upstream(-.+)?|x-real-server|x-web-?node|x-node-name|x-host-?name)$/;

/** Headers whose numbers look like addresses and are none, or that hold policies and dates. */
const others =
  /version|^(server|x-powered-by|set-cookie|date|expires|last-modified|etag|content-security-policy.*|report-to|reporting-endpoints|nel)$/;

const address = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
const ownName =
  /(?<![\w.-])(?:localhost|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.(?:local|internal|intranet|lan|corp|localdomain))(?![\w-])/i;

export function debugHeadersOf(hop: Hop): readonly NamedHeader[] {
  return chosen(hop, (name) => debuggers.test(name));
}

/**
 * Headers that tell of the network behind: private addresses (RFC 1918, RFC 6598, link-local, loopback), names that only
 * such a network knows, and headers whose use is to name the machine. The endpoint's own address and name are no news.
 */
export function internalHeadersOf(hop: Hop): readonly NamedHeader[] {
  const own = new Set([hop.address, URL.parse(hop.url)?.hostname ?? '']);
  return chosen(hop, (name, value) => {
    if (backends.test(name)) return value !== '';
    if (others.test(name)) return false;
    const addresses = value.match(address) ?? [];
    const name_ = ownName.exec(value)?.[0];
    return addresses.some((one) => !own.has(one) && isPrivate(one)) || (name_ !== undefined && !own.has(name_));
  });
}

function isPrivate(text: string): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text)) return false;
  return ['private', 'carrierGradeNat', 'linkLocal', 'loopback'].includes(ipaddr.IPv4.parse(text).range());
}

function chosen(hop: Hop, isOne: (name: string, value: string) => boolean): readonly NamedHeader[] {
  return hop.headers
    .map(([name, value]) => ({ name: name.trim().toLowerCase(), value: value.trim() }))
    .filter(({ name, value }) => isOne(name, value))
    .map(({ name, value }) => ({ name: name.slice(0, 64), value }))
    .slice(0, 32);
}
