import type { DatabaseSync } from 'node:sqlite';
import type { SoftwareSource } from '../../model/facts/software.ts';
import { productOfCpe } from '../../model/software/cpe.ts';
import type { Fingerprints } from '../../model/software/fingerprints.ts';
import { compilePattern, type RecogRow, type RecogPattern } from '../readers/recog-pattern.ts';

/** What of a text a fingerprint file is matched against, by our source: its `matches`, and the words that it wants. */
const kinds: Readonly<Partial<Record<SoftwareSource, readonly [matches: string, words: (text: string) => string]>>> = {
  'http.server': ['http_header.server', same],
  'html.title': ['html_title', same],
  'ssh.banner': ['ssh.banner', without(/^SSH-[\d.]{1,5}-/)],
  'ftp.banner': ['ftp.banner', without(/^220[ -]/)],
  'smtp.banner': ['smtp.banner', without(/^220[ -]/)],
  'pop3.banner': ['pop3.banner', without(/^\+OK ?/)],
  'imap.banner': ['imap4.banner', without(/^\* OK (?:\[[^\]]{0,900}\] ?)?/)],
  'telnet.banner': ['telnet.banner', same],
  'mysql.banner': ['mysql.banner', (text) => /^.{3}\0\x0a([^\0]{1,127})\0/s.exec(text)?.[1] ?? text],
  'dns.version': ['dns.versionbind', same],
  'snmp.sysdescr': ['snmp.sys_description', same],
  'ntp.banner': ['ntp.banner', same],
};

function same(text: string): string {
  return text;
}

/** The first line without what the protocol puts before it. */
function without(start: RegExp): (text: string) => string {
  return (text) => (text.split(/\r?\n/, 1)[0] ?? '').replace(start, '');
}

/** Most of a text that is matched, and how many answers are kept. */
const mostText = 1024;
const mostKept = 2000;

type Compiled = { readonly row: RecogRow; readonly pattern: RecogPattern };

/**
 * Matches texts with recog's fingerprints, the first of a file that fits, as recog does. Patterns are strangers': they run
 * on RE2, in time linear in the text.
 */
export function recogLookup(database: DatabaseSync, date: string): Fingerprints {
  const rows = database.prepare('SELECT body FROM recog WHERE matches = ? ORDER BY position');
  const compiled = new Map<string, readonly Compiled[]>();
  const ofKind = (matches: string): readonly Compiled[] => {
    const known = compiled.get(matches);
    if (known !== undefined) return known;
    const made = rows.all(matches).flatMap((one): readonly Compiled[] => {
      const row = JSON.parse(String(one['body'])) as RecogRow;
      const pattern = compilePattern(row);
      return pattern === undefined ? [] : [{ row, pattern }];
    });
    compiled.set(matches, made);
    return made;
  };
  const kept = new Map<string, ReturnType<Fingerprints>>();
  return (source, text) => {
    const [matches, words] = kinds[source] ?? [];
    if (matches === undefined || words === undefined) return undefined;
    const said = words(text.slice(0, mostText)).trim();
    const key = `${matches} ${said}`;
    if (kept.has(key)) return kept.get(key);
    const found = said === '' ? undefined : firstOf(ofKind(matches), said, date.slice(0, 10));
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, found);
    return found;
  };
}

function firstOf(all: readonly Compiled[], said: string, date: string): ReturnType<Fingerprints> {
  for (const { row, pattern } of all) {
    const groups = pattern(said);
    if (groups !== undefined) return told(row, groups, date);
  }
  return undefined;
}

/** What the fingerprint says; undefined where it names no product, as those that "assert nothing". */
function told(row: RecogRow, groups: readonly (string | null)[], date: string): ReturnType<Fingerprints> {
  const values = new Map(row.params.map(({ name, group, value }) => [name, group === 0 ? value : groups[group]]));
  const name = values.get('service.product');
  if (name === undefined || name === null || values.get('service.certainty') === '0.0') return undefined;
  const version = values.get('service.version');
  const product = byCpe(values.get('service.cpe23') ?? '') ?? name.toLowerCase().replace(/[^a-z0-9._]+/g, '-');
  return {
    by: 'recog',
    date,
    product: product.slice(0, 128),
    ...(typeof version === 'string' && /^\d/.test(version) ? { version: version.slice(0, 128) } : {}),
    description: row.description.slice(0, 300),
  };
}

/** `cpe:/a:isc:bind:{service.version}`, or the same with `cpe:2.3:`. */
function byCpe(cpe: string): string | undefined {
  const [vendor, product] = cpe.replace(/^cpe:(?:\/|2\.3:)[aoh]:/, '').split(':');
  return vendor === undefined || product === undefined ? undefined : productOfCpe(vendor, product);
}
