import type { SoftwareItem, SoftwareSource } from '../../model/facts/software.ts';
import { readMemcached, readMsSql, readMysql, readRedis } from './databases.ts';
import { readFtp } from './ftp.ts';
import { readAspNetVersion, readPoweredBy, readServer, readVia } from './http-words.ts';
import { readMailbox, readSmtp } from './mail.ts';
import { readNmap } from './nmap-words.ts';
import { readCookieName, readGenerator, readTitle } from './page-words.ts';
import type { Reading } from './reading.ts';
import { readScript } from './script-words.ts';
import { readSsh } from './ssh.ts';
import { readTelnet, readVnc } from './terminals.ts';

const readers: Readonly<Record<SoftwareSource, (text: string) => readonly Reading[]>> = {
  'http.server': readServer,
  'http.x-powered-by': readPoweredBy,
  'http.x-aspnet-version': readAspNetVersion,
  'http.x-generator': readGenerator,
  'http.via': readVia,
  'http.cookie': readCookieName,
  'html.generator': readGenerator,
  'html.title': readTitle,
  'html.script': readScript,
  'ssh.banner': readSsh,
  'ftp.banner': readFtp,
  'smtp.banner': readSmtp,
  'pop3.banner': readMailbox,
  'imap.banner': readMailbox,
  'mysql.banner': readMysql,
  'ms-sql.banner': readMsSql,
  'memcached.banner': readMemcached,
  'redis.banner': readRedis,
  'vnc.banner': readVnc,
  'telnet.banner': readTelnet,
  nmap: readNmap,
};

/** Most products believed of one text. */
const maxItems = 20;

/**
 * The products that one text names, each with the text as seen (cut at 1,024). Total: any text gives a list, empty when
 * nothing is recognised; a product named without a version is an item without one. Texts are latin1, one character a byte.
 */
export function readBanner(source: SoftwareSource, text: string, port: number): readonly SoftwareItem[] {
  const seen = text.slice(0, 1024);
  return readers[source](seen)
    .slice(0, maxItems)
    .map((reading) => ({
      product: reading.product.slice(0, 128),
      ...(reading.version === undefined ? {} : { version: reading.version.slice(0, 128) }),
      ...(reading.vendor === undefined ? {} : { vendor: reading.vendor }),
      ...(reading.os === undefined ? {} : { os: reading.os }),
      source,
      port,
      text: seen,
    }));
}
