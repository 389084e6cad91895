import { softwareSources, type SoftwareSource } from '../../model/facts/software.ts';
import { headerSource, type ReadHeader } from './from-headers.ts';

/** A source by the name a person gives it: as which source, and in which form, a text given with it is read. */
export type NamedSource = (text: string) => ReadHeader;

/** Other names people give to sources. */
const aliases: Readonly<Record<string, SoftwareSource>> = {
  'amqp.banner': 'store.banner',
  'bind.version': 'dns.version',
  'couchdb.banner': 'store.banner',
  'dns.banner': 'dns.version',
  'dns.version.bind': 'dns.version',
  'dns.version-bind': 'dns.version',
  'docker.banner': 'store.banner',
  'elasticsearch.banner': 'store.banner',
  'etcd.banner': 'store.banner',
  'ftps.banner': 'ftp.banner',
  'html.favicon': 'favicon',
  'html.meta-generator': 'html.generator',
  'html.scripts': 'html.script',
  'http.favicon': 'favicon',
  'http.generator': 'html.generator',
  'http.title': 'html.title',
  'http.cookies': 'http.cookie',
  'http.set-cookie': 'http.cookie',
  'http.x-aspnetmvc-version': 'http.x-aspnet-version',
  'imap4.banner': 'imap.banner',
  'imaps.banner': 'imap.banner',
  'kubernetes.banner': 'store.banner',
  'ldap.rootdse': 'ldap.banner',
  'mariadb.banner': 'mysql.banner',
  'mongodb.banner': 'store.banner',
  'ms-sql-s.banner': 'ms-sql.banner',
  'mssql.banner': 'ms-sql.banner',
  'nmap.service': 'nmap',
  'oracle-tns.banner': 'oracle.banner',
  'pop.banner': 'pop3.banner',
  'pop3s.banner': 'pop3.banner',
  'postgres.banner': 'postgresql.banner',
  'postgres.error': 'postgresql.banner',
  'postgres.version': 'postgresql.banner',
  'postgresql.error': 'postgresql.banner',
  'postgresql.version': 'postgresql.banner',
  'rabbitmq.banner': 'store.banner',
  'redis.info': 'redis.banner',
  'rfb.banner': 'vnc.banner',
  'rtsp.server': 'http.server',
  'sip.server': 'http.server',
  'smb.native-lm': 'smb.banner',
  'smb.native-os': 'smb.banner',
  'smb.os': 'smb.banner',
  'smtps.banner': 'smtp.banner',
  'snmp.banner': 'snmp.sysdescr',
  'submission.banner': 'smtp.banner',
  'x509.issuer': 'x509.certificate',
  'x509.subject': 'x509.certificate',
  'tns.banner': 'oracle.banner',
  'upnp.server': 'http.server',
};

const known: ReadonlySet<string> = new Set(softwareSources);

/**
 * The source that a name means: one of `softwareSources`, another name of it, a service alone (`ssh`), or
 * `http.header:X-Name` for a header by its name. Undefined for anything else.
 */
export function sourceNamed(name: string): NamedSource | undefined {
  const header = /^http\.header[:.]([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100})$/i.exec(name.trim())?.[1];
  if (header !== undefined) return byHeader(header);
  // A certificate is TLS's in people's words.
  const word = name
    .trim()
    .toLowerCase()
    .replace(/^tls\./, 'x509.');
  for (const one of [word, `${word}.banner`, `${word}.version`, `${word}.sysdescr`]) {
    const source = known.has(one) ? (one as SoftwareSource) : Object.hasOwn(aliases, one) ? aliases[one] : undefined;
    if (source === 'http.header') return byLine;
    if (source !== undefined) return (text) => ({ source, text });
  }
  return undefined;
}

/** A whole header line: by the header that it names. */
function byLine(text: string): ReadHeader {
  const match = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):(.*)$/s.exec(text);
  return match === null ? { source: 'http.header', text } : byHeader(match[1] ?? '')(match[2] ?? '');
}

/** A header that tells nothing of software is read as a line all the same, so that the answer is "nothing", not a refusal. */
function byHeader(name: string): NamedSource {
  return (text) => {
    const again = text.slice(0, name.length + 1).toLowerCase() === `${name.toLowerCase()}:`;
    const value = (again ? text.slice(name.length + 1) : text).trim();
    return headerSource(name, value) ?? { source: 'http.header', text: `${name}: ${value}` };
  };
}
