import type { DatabaseSync } from 'node:sqlite';
import type { KnownVulnerability, SoftwareQuery } from '../../model/vulnerability.ts';
import { compareDebian } from '../../model/version/debian.ts';
import type { OsvAffects, OsvStretch } from '../readers/osv.ts';
import { silent, type FeedAnswer } from './answer.ts';
import { parsePurl, type Purl } from './purl.ts';
import { isVersion, ranger, wordsOf, type InRange, type Range } from './range.ts';

/** OSV's names of ecosystems by purl type (ossf.github.io/osv-schema, Defined Ecosystems). */
const ecosystems: Readonly<Record<string, string>> = {
  npm: 'npm',
  composer: 'Packagist',
  pypi: 'PyPI',
  maven: 'Maven',
  gem: 'RubyGems',
  golang: 'Go',
  nuget: 'NuGet',
  cargo: 'crates.io',
};

type Row = { readonly name: string; readonly cves: string; readonly summary: string; readonly body: string };

/** Looks packages up in OSV's tables. */
export function osvLookup(database: DatabaseSync): (query: SoftwareQuery) => FeedAnswer {
  const byPackage = database.prepare(
    `SELECT o.name, o.cves, o.summary, a.body FROM affects a JOIN osv o ON o.id = a.osv
     WHERE a.package = ? AND a.ecosystem = ?`,
  );
  return (query) => {
    const purl = parsePurl(query.purl ?? '');
    const place = purl === undefined ? undefined : placeOf(purl);
    if (purl === undefined || place === undefined) return silent('osv');
    const rows = byPackage.all(place.name.toLowerCase(), place.ecosystem) as Row[];
    return answer(rows, purl, place, ranger(query.product, purl.version));
  };
}

type Place = { readonly ecosystem: string; readonly name: string; readonly debian: boolean };

function placeOf({ type, namespace, name, distro }: Purl): Place | undefined {
  if (type === 'deb' && namespace === 'debian') {
    const release = /(\d+)$/.exec(distro)?.[1];
    return release === undefined ? undefined : { ecosystem: `Debian:${release}`, name, debian: true };
  }
  const ecosystem = Object.hasOwn(ecosystems, type) ? ecosystems[type] : undefined;
  if (ecosystem === undefined) return undefined;
  const joint = type === 'maven' ? ':' : '/';
  return { ecosystem, name: namespace === '' ? name : `${namespace}${joint}${name}`, debian: false };
}

function answer(rows: readonly Row[], { version }: Purl, place: Place, inRange: InRange): FeedAnswer {
  const found: KnownVulnerability[] = [];
  const undecided: string[] = [];
  for (const row of rows) {
    const affects = JSON.parse(row.body) as OsvAffects;
    const ids = JSON.parse(row.cves) as readonly string[];
    const hit = hitOf(version, affects, place.debian, inRange);
    for (const id of ids.length > 0 ? ids : [row.name]) {
      if (hit === 'undecided') undecided.push(id);
      else if (hit !== undefined)
        found.push({
          id,
          ...(row.summary === '' ? {} : { summary: row.summary }),
          matched: { feed: 'osv', rule: `${place.ecosystem}/${place.name} ${hit.rule}`, how: hit.how },
          ...(hit.fixedIn === undefined ? {} : { fixedIn: hit.fixedIn }),
        });
    }
  }
  return { feed: 'osv', knows: rows.length > 0, found, undecided };
}

type Hit = { readonly rule: string; readonly how: 'range' | 'exact' | 'distribution'; readonly fixedIn?: string };

function hitOf(
  version: string,
  { stretches, versions }: OsvAffects,
  debian: boolean,
  inRange: InRange,
): Hit | 'undecided' | undefined {
  if (versions.includes(version)) return { rule: `=${version}`, how: 'exact' };
  const answers = stretches.map((stretch): Hit | 'undecided' | undefined => {
    const range = rangeOf(stretch);
    const inside = debian ? inDebianRange(version, stretch) : inRange(range);
    if (inside === undefined) return 'undecided';
    const how = debian ? 'distribution' : 'range';
    return inside
      ? { rule: wordsOf(range), how, ...(stretch.fixed === undefined ? {} : { fixedIn: stretch.fixed }) }
      : undefined;
  });
  return answers.find((one) => typeof one === 'object') ?? answers.find((one) => one === 'undecided');
}

function rangeOf({ introduced, fixed, last }: OsvStretch): Range {
  return {
    ...(introduced === '0' ? {} : { fromIncluding: introduced }),
    ...(fixed === undefined ? {} : { toExcluding: fixed }),
    ...(last === undefined ? {} : { toIncluding: last }),
  };
}

function inDebianRange(version: string, { introduced, fixed, last }: OsvStretch): boolean | undefined {
  if (!isVersion(version)) return undefined;
  const from = introduced === '0' || compareDebian(version, introduced) >= 0;
  const to = fixed === undefined || compareDebian(version, fixed) < 0;
  return from && to && (last === undefined || compareDebian(version, last) <= 0);
}
