import { dayMs } from './day.ts';
import { failure, type Failure } from './failure.ts';
import type { Iso } from './observation.ts';

/**
 * Dated outside knowledge, by name.
 *
 * - `end-of-life` last days of support (endoflife.date)
 * - `kev` vulnerabilities known to be exploited (CISA)
 * - `epss` probability of exploitation within 30 days (FIRST)
 * - `nvd` vulnerabilities by CPE name and version range (NIST)
 * - `osv` vulnerabilities by package and version (OSV, one zip an ecosystem)
 * - `debian` which fix reached which Debian release (Debian security tracker)
 * - `retire` vulnerable JavaScript libraries (retire.js)
 * - `recog` fingerprints of banners (Rapid7)
 * - `roots` root certificates trusted beside Mozilla's
 * - `public-suffix` names below which anyone may register (Mozilla)
 */
export const feedNames = [
  'end-of-life',
  'kev',
  'epss',
  'nvd',
  'osv',
  'debian',
  'retire',
  'recog',
  'roots',
  'public-suffix',
] as const;
export type FeedName = (typeof feedNames)[number];

/** Feeds that say of a product's version which vulnerabilities it has. */
export const vulnerabilityFeeds = ['nvd', 'osv', 'debian', 'retire'] as const satisfies readonly FeedName[];
export type VulnerabilityFeed = (typeof vulnerabilityFeeds)[number];

/** One imported feed. */
export type FeedState = {
  /** The instant the data is of: the oldest of its parts. */
  readonly date: Iso;
  /** What tells the date: the data itself, the server it came from, or the person who imported it. */
  readonly dateFrom: 'content' | 'server' | 'given';
  readonly importedAt: Iso;
  readonly entries: number;
  /** False: only a part is here (some years of the NVD), so what it does not know says nothing. */
  readonly complete: boolean;
  /** Of everything imported, so that two states of one date are told apart. */
  readonly sha256: string;
};
export type FeedStates = Readonly<Partial<Record<FeedName, FeedState>>>;

/** Days after which a feed no longer decides. */
export type FeedDays = Readonly<Record<FeedName, number>>;

const month = 30;
const year = 365;
export const defaultFeedDays: FeedDays = {
  'end-of-life': year,
  kev: month,
  epss: month,
  nvd: month,
  osv: month,
  debian: month,
  retire: month,
  recog: year,
  roots: year,
  'public-suffix': year,
};

/** Why a feed of that date decides nothing at `at`: it is more than `days` older; undefined when it is fresh. Pure. */
export function staleness(
  feed: FeedName,
  date: string,
  at: Iso,
  days: number = defaultFeedDays[feed],
): Failure | undefined {
  const age = (Date.parse(at) - Date.parse(date)) / dayMs;
  if (age <= days) return undefined;
  return failure(
    'feed-old',
    `feed too old: ${feed} of ${date.slice(0, 10)} is more than ${days} days older than the observation`,
  );
}
