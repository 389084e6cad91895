import { Type, type Static } from '@sinclair/typebox';
import type { OpenPort } from '../../model/facts/ports.ts';
import { closed, portNumber, text } from '../../model/schema.ts';

export const comparedServiceView = Type.Object(
  { port: portNumber, service: text(64), observed: text(64), asDeclared: Type.Boolean() },
  closed,
);
type Compared = Static<typeof comparedServiceView>;
type Declared = { readonly port: number; readonly service?: string };

/** Names that stand for one service: nmap's, IANA's, and what people write. */
const same: Readonly<Record<string, string>> = {
  www: 'http',
  'http-alt': 'http',
  'http-proxy': 'http',
  'https-alt': 'https',
  rdp: 'ms-wbt-server',
  'remote-desktop': 'ms-wbt-server',
  mssql: 'ms-sql-s',
  'ms-sql': 'ms-sql-s',
  mariadb: 'mysql',
  postgres: 'postgresql',
  submission: 'smtp',
  submissions: 'smtps',
  smb: 'microsoft-ds',
  cifs: 'microsoft-ds',
  memcache: 'memcached',
  mongo: 'mongodb',
  mongod: 'mongodb',
  sftp: 'ssh',
  managesieve: 'sieve',
};

/** A protocol inside TLS, by the name that it has there. */
const insideTls: Readonly<Record<string, string>> = {
  http: 'https',
  imap: 'imaps',
  pop3: 'pop3s',
  smtp: 'smtps',
  ldap: 'ldaps',
  ftp: 'ftps',
  nntp: 'nntps',
  telnet: 'telnets',
  sip: 'sips',
  mqtt: 'secure-mqtt',
};

const plainName = (name: string) => {
  const lower = name.trim().toLowerCase();
  const bare = lower.startsWith('ssl/') ? (insideTls[lower.slice(4)] ?? lower.slice(4)) : lower;
  return same[bare] ?? bare;
};

/**
 * The declared services that answered with a name of their own, each held against its declaration. A declaration of which
 * nothing is known here is left out: an owner may write `cổng dịch vụ công` where we see `https`.
 */
export function compareServices(declared: readonly Declared[], open: readonly OpenPort[]): Compared[] {
  return declared.flatMap(({ port, service }) => {
    const seen = open.find((one) => one.port === port);
    const observed = seen === undefined ? undefined : observedName(seen);
    if (service === undefined || seen === undefined || observed === undefined) return [];
    const [one, other] = [plainName(service), plainName(observed)];
    // Whether it is inside TLS was not told.
    const unsure = seen.tls === undefined && one === insideTls[other];
    if (one !== other && (unsure || !known.has(one))) return [];
    return [{ port, service, observed, asDeclared: one === other }];
  });
}

/** A name without words of the service itself is a guess from the port's number, and tells nothing. */
function observedName({ service, banner, product, tls }: OpenPort): string | undefined {
  if (service === undefined || (banner === undefined && product === undefined)) return undefined;
  return tls === true ? (insideTls[service] ?? service) : service;
}

const known: ReadonlySet<string> = new Set([
  ...Object.values(same),
  ...Object.keys(insideTls),
  ...Object.values(insideTls),
  'redis',
  'vnc',
  'rtsp',
  'amqp',
  'rsync',
]);
