import { reading, splitPackage, type Reading } from './reading.ts';

/**
 * MySQL's first packet (protocol 10): length (3 bytes), sequence (1), `0x0a`, version up to NUL. MariaDB 10+ prefixes
 * `5.5.5-` so that old replicas accept it; the version is what stands behind. An error packet (`0xff`) names no version.
 */
export function readMysql(text: string): readonly Reading[] {
  if (text.charCodeAt(4) === 0xff) {
    if (/MariaDB server/i.test(text)) return [{ product: 'mariadb', vendor: 'mariadb' }];
    return /MySQL server/i.test(text) ? [{ product: 'mysql', vendor: 'oracle' }] : [];
  }
  const said = /^.{3}\0\n([\x20-\x7e]{1,127})\0/s.exec(text)?.[1];
  if (said === undefined) return [];
  const maria = /^(?:5\.5\.5-)?(\d[\w.]*)-MariaDB([^\0]*)$/i.exec(said);
  if (maria?.[1] !== undefined) {
    const { os } = splitPackage(`${maria[1]}-${maria[2] ?? ''}`);
    return [reading({ product: 'mariadb', vendor: 'mariadb', version: maria[1], os })];
  }
  const version = /^\d[\w.]*/.exec(said)?.[0];
  return [reading({ product: 'mysql', vendor: 'oracle', version, os: splitPackage(said).os })];
}

/** Answers that only the Redis protocol gives; none of them tells a version. */
export function readRedis(text: string): readonly Reading[] {
  return /^(?:\+PONG|-NOAUTH|-DENIED Redis|-ERR (?:unknown|operation not permitted|wrong number))/.test(text)
    ? [{ product: 'redis', vendor: 'redis' }]
    : [];
}

/** memcached's answer to `version`. */
export function readMemcached(text: string): readonly Reading[] {
  const version = /^VERSION (\d[\w.]*)/.exec(text)?.[1];
  return version === undefined ? [] : [{ product: 'memcached', vendor: 'memcached', version }];
}

/**
 * SQL Server's answer to PRELOGIN ([MS-TDS] 2.2.6.5): an 8-byte header, then option entries of five bytes (token, offset,
 * length); option 0 is the version: major, minor, and the build in two bytes.
 */
export function readMsSql(text: string): readonly Reading[] {
  const at = (index: number) => text.charCodeAt(index);
  if (at(0) !== 0x04 || at(8) !== 0x00) return [];
  const from = 8 + at(9) * 256 + at(10);
  if (at(11) * 256 + at(12) < 6 || text.length < from + 4) return [];
  const version = `${at(from)}.${at(from + 1)}.${at(from + 2) * 256 + at(from + 3)}`;
  return [{ product: 'mssqlserver', vendor: 'microsoft', version }];
}
