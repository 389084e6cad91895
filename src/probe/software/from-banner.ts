import type { SoftwareItem, SoftwareSource } from '../../model/facts/software.ts';
import { softwareFromHeaders } from './from-headers.ts';
import { readBanner } from './read-banner.ts';

/** Services, in nmap's words, whose greeting is read as it stands. */
const sources: ReadonlyMap<string, SoftwareSource> = new Map([
  ['ssh', 'ssh.banner'],
  ['ftp', 'ftp.banner'],
  ['smtp', 'smtp.banner'],
  ['pop3', 'pop3.banner'],
  ['imap', 'imap.banner'],
  ['mysql', 'mysql.banner'],
  ['ms-sql-s', 'ms-sql.banner'],
  ['postgresql', 'postgresql.banner'],
  ['oracle-tns', 'oracle.banner'],
  ['mongodb', 'store.banner'],
  ['elasticsearch', 'store.banner'],
  ['amqp', 'store.banner'],
  ['domain', 'dns.version'],
  ['snmp', 'snmp.sysdescr'],
  ['ldap', 'ldap.banner'],
  ['microsoft-ds', 'smb.banner'],
  ['ntp', 'ntp.banner'],
  ['memcached', 'memcached.banner'],
  ['redis', 'redis.banner'],
  ['vnc', 'vnc.banner'],
  ['telnet', 'telnet.banner'],
]);

/** The source by which a service's greeting is read; undefined for HTTP, whose headers are, and for what is not read. */
export function bannerSource(service: string): SoftwareSource | undefined {
  return sources.get(service);
}

/** The products that a service's first words name; of HTTP the head of an answer. */
export function softwareFromBanner(service: string, text: string, port: number): readonly SoftwareItem[] {
  if (service === 'http') return softwareFromHeaders(headersOf(text), port);
  const source = sources.get(service);
  return source === undefined ? [] : readBanner(source, text, port);
}

/** The header lines of a raw HTTP answer; what is not `name: value` is passed over. */
function headersOf(text: string): readonly (readonly [string, string])[] {
  const head = text.split(/\r?\n\r?\n/, 1)[0] ?? '';
  return head
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const];
    });
}
