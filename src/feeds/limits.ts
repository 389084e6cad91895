import type { FeedName } from '../model/feed.ts';

const mega = 1_000_000;

/** Largest content of one file of a feed once it is unpacked, in bytes: several times what the official ones hold. */
export const mostBytes: Readonly<Record<FeedName, number>> = {
  'end-of-life': 100 * mega,
  kev: 100 * mega,
  epss: 200 * mega,
  nvd: 8_000 * mega,
  osv: 8_000 * mega,
  debian: 1_000 * mega,
  retire: 100 * mega,
  recog: 50 * mega,
  roots: 20 * mega,
  'public-suffix': 20 * mega,
};

/** Largest file taken in, as it lies on the disk. */
export const mostFileBytes = 4_000 * mega;

/** Files that one feed may consist of, and files in one bundle. */
export const mostFiles = 5_000;

/** Entries of one zip of OSV. */
export const mostZipEntries = 1_000_000;

/** Largest single entry (one vulnerability, one product) and how deep it may nest. */
export const mostEntryBytes = 16 * mega;
export const mostDepth = 64;

/** A stream that unpacks to more than this many times itself is a bomb; official files reach 20. */
export const mostRatio = 150;
/** Below this size a high ratio says nothing. */
export const ratioFrom = 32 * mega;
