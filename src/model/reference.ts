import type { FeedDays, FeedStates } from './feed.ts';
import type { KnownSoftwareTable } from './vulnerability.ts';

/** One release line of a product. */
export type ReleaseLine = {
  /** `1.22`, `8.1`, `2012 R2`: matches versions that begin with it at a separator. */
  readonly cycle: string;
  /** Last day of support; null: supported on `asOf`, no end announced. */
  readonly endOfLife: string | null;
};

/** Support dates of one product. */
export type EndOfLifeProduct = {
  readonly title: string;
  readonly lines: readonly ReleaseLine[];
  /** Where they differ from the table's: an imported feed replaces products one by one. */
  readonly asOf?: string;
  readonly source?: string;
  /** Lines that we made of several facts (builds, service packs): an imported feed does not replace them. */
  readonly ours?: true;
};

/** Support dates of products by normalised name, gathered on one day. */
export type EndOfLifeTable = {
  readonly asOf: string;
  readonly source: string;
  readonly products: Readonly<Record<string, EndOfLifeProduct>>;
};

/**
 * Dated outside knowledge that judging leans on; each part absent when there is none. `software` is what the feeds answered
 * of the versions that one target tells; it is stored beside the target's findings.
 */
export type Reference = {
  readonly endOfLife?: EndOfLifeTable;
  readonly feeds?: FeedStates;
  /** Absent: `defaultFeedDays`. */
  readonly feedDays?: FeedDays;
  readonly software?: KnownSoftwareTable;
};
