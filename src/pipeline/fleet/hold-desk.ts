import type { Hold, Holds } from '../../model/desk.ts';
import type { Store } from '../../store/types.ts';
import { reach } from './away.ts';

type Asked<Item, Answer> = {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/** Holds kept in the store. What is asked while a question is under way goes with the next one: many addresses, one statement. */
export function createHoldDesk(
  store: Pick<Store, 'takeHolds' | 'renewHolds' | 'releaseHolds'>,
  worker: () => string,
  forMs: number,
): Holds {
  const take = together<string, Hold | undefined>(async (addresses) => {
    const had = await store.takeHolds(worker(), addresses, forMs);
    return addresses.map((address) => had.find((hold) => hold.address === address));
  });
  const renew = together<Hold, Hold | undefined>(async (holds) => {
    const had = await store.renewHolds(worker(), holds, forMs);
    return holds.map(({ address }) => had.find((hold) => hold.address === address));
  });
  const release = together<Hold, undefined>(async (holds) => {
    await store.releaseHolds(worker(), holds);
    return holds.map(() => undefined);
  });
  return { take, renew, release };
}

function together<Item, Answer>(
  ask: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  let waiting: Asked<Item, Answer>[] = [];
  let asking = false;

  async function askAll(): Promise<void> {
    asking = true;
    // Lanes that begin together ask together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const answers = await reach(() => ask(batch.map(({ item }) => item)));
        for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    asking = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!asking) void askAll();
    });
}
