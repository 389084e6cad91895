import { splitPackage } from './packaged.ts';
import { reading, type Reading } from './reading.ts';

/**
 * MySQL's first packet (protocol 10): length (3 bytes), sequence (1), `0x0a`, version up to NUL; or that version alone.
 * MariaDB 10+ prefixes `5.5.5-` so that old replicas accept it; the version is what stands behind. An error packet (`0xff`)
 * names no version.
 */
export function readMysql(text: string): readonly Reading[] {
  if (text.charCodeAt(4) === 0xff || text.includes('is not allowed to connect to this')) {
    if (/MariaDB server/i.test(text)) return [{ product: 'mariadb' }];
    return /MySQL server/i.test(text) ? [{ product: 'mysql' }] : [];
  }
  const said =
    /^.{3}\0\n([\x20-\x7e]{1,127})\0/s.exec(text)?.[1] ?? /^\s*(\d+\.\d+\.[\x21-\x7e]{1,120})\s*$/.exec(text)?.[1];
  return said === undefined ? [] : readServerVersion(said);
}

function readServerVersion(said: string): readonly Reading[] {
  const maria = /^(?:5\.5\.5-)?(\d[\w.]*)-MariaDB(.*)$/i.exec(said);
  if (maria?.[1] !== undefined) {
    const revision = (maria[2] ?? '').replace(/-log$/, '');
    // MariaDB's own repository tells the whole package behind its name: `-1:10.11.6+maria~ubu2204`.
    const whole = /^-(\d+:\d[^-]*)$/.exec(revision)?.[1];
    const {
      os,
      osVersion,
      package: packaged,
    } = splitPackage(whole === undefined ? `${maria[1]}${revision}` : maria[1] + '+' + whole);
    return [
      reading({
        product: 'mariadb',
        version: maria[1],
        os,
        osVersion,
        package: packaged === undefined ? undefined : (whole ?? packaged),
      }),
    ];
  }
  const found = splitPackage(said.replace(/-log$/, ''));
  const parts = { os: found.os, osVersion: found.osVersion, package: found.package };
  const version = /^\d[\w.]*/.exec(said)?.[0];
  if (/percona|^\d+\.\d+\.\d+-\d+(?:\.\d+)?(?:-log)?$/i.test(said))
    return [reading({ product: 'percona', version: /^\d[\w.]*(?:-\d+(?:\.\d+)?)?/.exec(said)?.[0], ...parts })];
  if (/mariadb|maria~/i.test(said)) return [reading({ product: 'mariadb', version, ...parts })];
  return [reading({ product: 'mysql', version, ...parts })];
}

/** What PostgreSQL says of itself (`SELECT version()`), its error packets, and its words to who may not come in. */
export function readPostgres(text: string): readonly Reading[] {
  const said = /PostgreSQL\)? (?<version>\d[\w.]*)(?: \((?<own>[^)]{1,80})\))?/i.exec(text);
  if (said !== null) {
    const own = /\s(\d\S*)$/.exec(said.groups?.['own'] ?? '')?.[1];
    const packaged = own === undefined ? undefined : splitPackage(own);
    return [
      reading({
        product: 'postgresql',
        version: said.groups?.['version'],
        os:
          packaged?.os ??
          (/Windows|Visual C\+\+|mingw/i.test(text) ? 'windows' : text.includes('-linux-') ? 'linux' : undefined),
        osVersion: packaged?.osVersion,
        package: packaged?.package,
      }),
    ];
  }
  const bare = /^\s*(\d+(?:\.\d+){0,2})(?: \((?:Debian|Ubuntu) (\S+)\))?\s*$/.exec(text);
  if (bare?.[1] !== undefined) {
    const packaged = bare[2] === undefined ? undefined : splitPackage(bare[2]);
    return [
      reading({
        product: 'postgresql',
        version: bare[1],
        os: packaged?.os,
        osVersion: packaged?.osVersion,
        package: packaged?.package,
      }),
    ];
  }
  const error =
    /\0C(?:0A000|28000|28P01|08P01|3D000)\0|no pg_hba\.conf entry|unsupported frontend protocol|postmaster\.c|postgres\.c|auth\.c/;
  return error.test(text) ? [{ product: 'postgresql' }] : [];
}

/**
 * SQL Server's answer to PRELOGIN ([MS-TDS] 2.2.6.5): an 8-byte header, then option entries of five bytes (token, offset,
 * length); option 0 is the version: major, minor, and the build in two bytes. Or its version in words.
 */
export function readMsSql(text: string): readonly Reading[] {
  const at = (index: number) => text.charCodeAt(index);
  const server = (version: string) => [{ product: 'mssqlserver', version, os: 'windows' }];
  if (at(0) === 0x04 && at(8) === 0x00) {
    const from = 8 + at(9) * 256 + at(10);
    if (at(11) * 256 + at(12) < 6 || text.length < from + 4) return [];
    return server(`${at(from)}.${at(from + 1)}.${at(from + 2) * 256 + at(from + 3)}`);
  }
  const version = /\b(\d{1,2}\.\d{1,3}\.\d{3,5}(?:\.\d{1,5})?)\b/.exec(text)?.[1];
  if (version !== undefined) {
    const linux = /on Linux/i.test(text);
    return [{ product: 'mssqlserver', version, os: linux ? 'linux' : 'windows' }];
  }
  return /SQL Server|MSSQLSERVER/i.test(text) ? [{ product: 'mssqlserver' }] : [];
}

/** Oracle's listener: `VSNNUM` is the version in one number (8, 4, 8, 4 and 8 bits), or the version stands in words. */
export function readOracle(text: string): readonly Reading[] {
  const said = /(?:Release|Version) (\d+(?:\.\d+){2,4})/i.exec(text)?.[1];
  const number = /VSNNUM=(\d{6,10})\b/.exec(text)?.[1];
  const version = said ?? (number === undefined ? undefined : fromNumber(Number(number)));
  if (version === undefined && !/TNSLSNR|Oracle|\(DESCRIPTION=\(/i.test(text)) return [];
  return [reading({ product: 'oracle-database', version })];
}

function fromNumber(number: number): string {
  const bits = (shift: number, width: number) => Math.floor(number / 2 ** shift) % 2 ** width;
  return [bits(24, 8), bits(20, 4), bits(12, 8), bits(8, 4), bits(0, 8)].join('.');
}
