import type { DatabaseSync } from 'node:sqlite';
import type { Iso } from '../model/observation.ts';
import type { Bytes } from './bytes.ts';

/** One file of a feed, staged in our own folder. */
export type Source = {
  /** Where it lies now. */
  readonly path: string;
  /** What the person who gave it calls it; refusals name it so. */
  readonly name: string;
  /** The start of its content, unpacked. */
  readonly head: string;
  /** Its content, unpacked; may be read once each time it is asked for. */
  readonly bytes: () => Bytes;
};

export type ReadResult = {
  readonly entries: number;
  /** By the data's own words, of its oldest part; absent when it tells none. */
  readonly date?: Iso;
  readonly complete: boolean;
};

/** How one feed becomes a table file. Throws UserError for anything that is not wholly as its schema says. */
export type FeedReader = {
  /** Raised when the tables change: files made by another version are not read. */
  readonly version: number;
  readonly tables: string;
  /** Made after the rows, which is several times faster. */
  readonly indexes: string;
  readonly read: (sources: readonly Source[], database: DatabaseSync) => Promise<ReadResult>;
};

/** The oldest of some instants. */
export function oldest(dates: readonly Iso[]): Iso | undefined {
  return dates.reduce<Iso | undefined>((least, one) => (least === undefined || one < least ? one : least), undefined);
}
