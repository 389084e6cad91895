import type { Problem } from '../model/errors.ts';
import type { Message } from '../model/text.ts';

/** A place in what was read: a container, or the value (or the key itself) that it holds under a key or index. */
export type Place = { readonly in: object; readonly key?: string | number; readonly part?: 'key' };

export type Position = { readonly line: number; readonly column: number };

/** Where a place was written in the file. */
export type Locate = (place: Place) => Position;

/** Collects what is wrong and where, to be told all at once. */
export type Ledger = {
  readonly add: (place: Place, message: Message) => void;
  /** In the order of the file, none twice. */
  readonly problems: () => readonly Problem[];
};

/** A ledger of one file. */
export function createLedger(file: string, locate: Locate): Ledger {
  const entries: { readonly position: Position; readonly message: Message }[] = [];
  return {
    add: (place, message) => {
      entries.push({ position: locate(place), message });
    },
    problems: () => {
      entries.sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
      const unique = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
      return [...unique.values()].map(({ position, message }) => ({ file, ...position, message }));
    },
  };
}
