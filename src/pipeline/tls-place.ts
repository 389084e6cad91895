import { parseAddress } from '../inventory/address.ts';
import { hostPlace } from '../inventory/endpoint.ts';
import { UserError } from '../model/errors.ts';
import type { StartTls } from '../model/facts/tls.ts';
import { message } from '../model/text.ts';

/** One TLS service as a user names it: by name or by literal address, never both. */
export type TlsPlace = {
  readonly port: number;
  readonly name?: string;
  /** In its one spelling: dotted quad, or RFC 5952. */
  readonly address?: string;
};

/** Ports that IANA gives the protocols whose TLS begins by a command. */
const startTlsPorts: Readonly<Record<StartTls, number>> = {
  smtp: 25,
  lmtp: 24,
  imap: 143,
  pop3: 110,
  ftp: 21,
  ldap: 389,
  'xmpp-client': 5222,
  'xmpp-server': 5269,
  postgres: 5432,
  mysql: 3306,
  nntp: 119,
  sieve: 4190,
  rdp: 3389,
};

/**
 * Reads `HOST[:PORT]`: a name, an IPv4 address, or an IPv6 address, in brackets where a port follows. Throws UserError
 * for anything else (a URL, a path, a port out of range).
 */
export function parseTlsPlace(text: string, startTls?: StartTls): TlsPlace {
  const { host, portText } = split(text);
  const place = hostPlace(host);
  if (place === undefined) throw new UserError([{ message: message('tls.bad-host', { host: text }) }]);
  const port = portText === undefined ? (startTls === undefined ? 443 : startTlsPorts[startTls]) : portOf(portText);
  const { name, literal } = place;
  return { port, ...(name === undefined ? {} : { name }), ...(literal === undefined ? {} : { address: literal }) };
}

function split(text: string): { readonly host: string; readonly portText?: string } {
  if (parseAddress(text) !== undefined || text.includes('/')) return { host: text };
  const [, host = text, portText] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(text) ?? [];
  return portText === undefined ? { host } : { host, portText };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new UserError([{ message: message('tls.bad-port', { port: text }) }]);
  return port;
}

/** Whether a literal address is this machine's own (127.0.0.0/8, ::1), which needs nobody's authorisation. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);
}
