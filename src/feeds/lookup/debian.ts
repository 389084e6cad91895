import type { DatabaseSync } from 'node:sqlite';
import type { DistributionWord, KnownVulnerability, SoftwareQuery } from '../../model/vulnerability.ts';
import { compareDebian } from '../../model/version/debian.ts';
import { silent, type FeedAnswer } from './answer.ts';
import { parsePurl } from './purl.ts';

/** Code names by number (debian.org/releases). */
const codeNames: Readonly<Record<string, string>> = {
  '7': 'wheezy',
  '8': 'jessie',
  '9': 'stretch',
  '10': 'buster',
  '11': 'bullseye',
  '12': 'bookworm',
  '13': 'trixie',
  '14': 'forky',
};

type Row = {
  readonly cve: string;
  readonly status: 'resolved' | 'open' | 'undetermined';
  readonly fixed: string | null;
  readonly current: string | null;
};

export type DebianLookup = {
  readonly ask: (query: SoftwareQuery) => FeedAnswer;
  /** What the tracker says of each vulnerability in the package and release that a query names. */
  readonly words: (query: SoftwareQuery) => ReadonlyMap<string, DistributionWord>;
};

/** Looks source packages up in the tables of Debian's security tracker. */
export function debianLookup(database: DatabaseSync): DebianLookup {
  const byPackage = database.prepare(
    'SELECT cve, status, fixed, current FROM debian WHERE package = ? AND release = ?',
  );
  const words = (query: SoftwareQuery): ReadonlyMap<string, DistributionWord> => {
    const place = placeOf(query);
    if (place === undefined) return new Map();
    const rows = byPackage.all(place.package, place.release) as Row[];
    return new Map(rows.map((row) => [row.cve, wordOf(row, place)]));
  };
  return {
    words,
    ask: (query) => {
      const all = words(query);
      if (all.size === 0) return silent('debian');
      const found = [...all].flatMap(([id, word]): readonly KnownVulnerability[] =>
        word.status === 'open' ? [{ id, ...match(word), distribution: word }] : [],
      );
      const undecided = [...all].flatMap(([id, { status }]) => (status === 'unknown' ? [id] : []));
      return { feed: 'debian', knows: true, found, undecided };
    },
  };
}

type Place = { readonly package: string; readonly release: string; readonly version: string };

/** The release is that of `distro`, else the one that the version's own words tell (`+deb12u3`). */
function placeOf({ purl: text }: SoftwareQuery): Place | undefined {
  const purl = parsePurl(text ?? '');
  if (purl?.type !== 'deb' || purl.namespace !== 'debian') return undefined;
  const named = purl.distro.replace(/^debian-/, '');
  const number = /^(\d+)/.exec(named)?.[1] ?? /[-+~]deb(\d+)u\d/.exec(purl.version)?.[1];
  const release = number === undefined ? named : (codeNames[number] ?? '');
  return release === '' ? undefined : { package: purl.name, release, version: purl.version };
}

function wordOf({ status, fixed, current }: Row, place: Place): DistributionWord {
  const { package: name, release } = place;
  const say = (word: DistributionWord['status']): DistributionWord => ({
    release,
    package: name,
    status: word,
    ...(fixed === null || fixed === '0' ? {} : { fixedIn: fixed }),
  });
  if (status === 'undetermined') return say('unknown');
  if (fixed === '0') return say('not-affected');
  if (status === 'open' || fixed === null) return say('open');
  return say(compareDebian(withEpoch(place.version, current ?? fixed), fixed) >= 0 ? 'fixed' : 'open');
}

/** A banner tells no epoch; the version in the release carries the one that is meant. */
function withEpoch(version: string, like: string): string {
  const epoch = /^\d+:/.exec(like)?.[0];
  return epoch === undefined || /^\d+:/.test(version) ? version : `${epoch}${version}`;
}

function match(word: DistributionWord): Pick<KnownVulnerability, 'matched' | 'fixedIn'> {
  return {
    matched: {
      feed: 'debian',
      rule: `${word.package} in ${word.release}${word.fixedIn === undefined ? ', no fix yet' : ` <${word.fixedIn}`}`,
      how: 'distribution',
    },
    ...(word.fixedIn === undefined ? {} : { fixedIn: word.fixedIn }),
  };
}
