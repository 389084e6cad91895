import type { Problem } from '../model/errors.ts';
import type { Message } from '../model/text.ts';
import { inOrder } from '../yaml/in-order.ts';
import type { Locate, Place } from '../yaml/place.ts';

/** Collects what is wrong and where, to be told all at once. */
export type Ledger = {
  readonly add: (place: Place, message: Message) => void;
  /** In the order of the file, none twice. */
  readonly problems: () => readonly Problem[];
};

/** A ledger of one file. */
export function createLedger(file: string, locate: Locate): Ledger {
  const problems: Problem[] = [];
  return {
    add: (place, message) => {
      problems.push({ file, ...locate(place), message });
    },
    problems: () => inOrder(problems),
  };
}
