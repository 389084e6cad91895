import type { ControlExpectations } from './control.ts';
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
 * What a page may be that is not the site's own content: `filter` something in front of it refuses or asks for a proof;
 * `captive-portal` the network of the scanner wants a login; `parked` the name is for sale or has no site; `suspended`
 * the hoster switched it off; `maintenance`; `under-construction`; `default-page` the web server's own welcome.
 */
export const standInKinds = [
  'filter',
  'captive-portal',
  'parked',
  'suspended',
  'maintenance',
  'under-construction',
  'default-page',
] as const;
export type StandInKind = (typeof standInKinds)[number];

/** One way to know such a page; any of the signs is enough. Case and white space do not count. */
export type StandIn = {
  readonly is: StandInKind;
  /** Who shows it. */
  readonly name: string;
  /** The whole title. */
  readonly titles?: readonly string[];
  /** The beginning of the title. */
  readonly titlesBegin?: readonly string[];
  /** Words in the text of a page that has little text. */
  readonly texts?: readonly string[];
  /** A header by its name in lower case with one of these values, or with any where none is given. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** The host that answers, or a host above it. */
  readonly hosts?: readonly string[];
};

/** Pages that stand in a site's place, gathered on one day. */
export type StandInTable = { readonly asOf: string; readonly source: string; readonly pages: readonly StandIn[] };

/**
 * Dated outside knowledge that judging leans on; each part absent when there is none. `software` is what the feeds answered
 * of the versions that one target tells; it is stored beside the target's findings.
 */
export type Reference = {
  readonly endOfLife?: EndOfLifeTable;
  readonly standIns?: StandInTable;
  /** What our own control servers must be read as; absent of judgements older than them. */
  readonly controls?: ControlExpectations;
  readonly feeds?: FeedStates;
  /** Absent: `defaultFeedDays`. */
  readonly feedDays?: FeedDays;
  readonly software?: KnownSoftwareTable;
};
