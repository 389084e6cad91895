import type { SoftwareItem, SoftwareSource } from '../../model/facts/software.ts';
import { cpeNamesOf } from '../../model/software/cpe.ts';
import { readMemcached, readRedis, readStore } from './caches.ts';
import { readCookieName } from './cookie-words.ts';
import { readMsSql, readMysql, readOracle, readPostgres } from './databases.ts';
import { readFavicon } from './favicon.ts';
import { readFtp } from './ftp.ts';
import { readGenerator } from './generator-words.ts';
import { readHeaderLine } from './header-words.ts';
import { readMailbox, readSmtp } from './mail.ts';
import { readCertificate, readDnsVersion, readLdap, readNtp, readWindows } from './network-words.ts';
import { readNmap } from './nmap-words.ts';
import { readAspNetVersion, readPoweredBy, readVia } from './powered-words.ts';
import type { Reading } from './reading.ts';
import { readScript } from './script-words.ts';
import { readServer } from './server-words.ts';
import { readSysDescr } from './snmp.ts';
import { readSsh } from './ssh.ts';
import { readTelnet, readVnc } from './terminals.ts';
import { readTitle } from './title-words.ts';

const readers: Readonly<Record<SoftwareSource, (text: string) => readonly Reading[]>> = {
  'http.server': readServer,
  'http.x-powered-by': readPoweredBy,
  'http.x-aspnet-version': readAspNetVersion,
  'http.x-generator': readGenerator,
  'http.via': readVia,
  'http.header': readHeaderLine,
  'http.cookie': readCookieName,
  'html.generator': readGenerator,
  'html.title': readTitle,
  'html.script': readScript,
  favicon: readFavicon,
  'ssh.banner': readSsh,
  'ftp.banner': readFtp,
  'smtp.banner': readSmtp,
  'pop3.banner': readMailbox,
  'imap.banner': readMailbox,
  'mysql.banner': readMysql,
  'ms-sql.banner': readMsSql,
  'postgresql.banner': readPostgres,
  'oracle.banner': readOracle,
  'store.banner': readStore,
  'memcached.banner': readMemcached,
  'redis.banner': readRedis,
  'vnc.banner': readVnc,
  'telnet.banner': readTelnet,
  'snmp.sysdescr': readSysDescr,
  'dns.version': readDnsVersion,
  'ldap.banner': readLdap,
  'smb.banner': readWindows,
  'rdp.banner': readWindows,
  'ntp.banner': readNtp,
  'x509.certificate': readCertificate,
  nmap: readNmap,
};

/** Most products believed of one text. */
const maxItems = 20;
const mostText = 1024;

/** The readings of one text, as its source's tables give them; total, and bounded in time by the text's cut. */
export function readText(source: SoftwareSource, text: string): readonly Reading[] {
  return readers[source](text.slice(0, mostText)).slice(0, maxItems);
}

/**
 * The products that one text names, each with the text as seen (cut at 1,024). Total: any text gives a list, empty when
 * nothing is recognised; a product named without a version is an item without one. Texts are latin1, one character a byte.
 */
export function readBanner(source: SoftwareSource, text: string, port: number): readonly SoftwareItem[] {
  const seen = text.slice(0, mostText);
  return readText(source, seen).map((found) => {
    const vendor = cpeNamesOf(found.product)[0]?.vendor ?? found.vendor;
    return {
      product: found.product.slice(0, 128),
      ...(found.version === undefined ? {} : { version: found.version.slice(0, 128) }),
      ...(vendor === undefined ? {} : { vendor }),
      ...(found.os === undefined ? {} : { os: found.os }),
      ...(found.osVersion === undefined ? {} : { osVersion: found.osVersion.slice(0, 32) }),
      ...(found.package === undefined ? {} : { package: found.package.slice(0, 128) }),
      source,
      port,
      text: seen,
    };
  });
}
