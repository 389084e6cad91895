import type { Feeds } from '../../feeds/open.ts';
import { canonicalJson } from '../../model/canonical.ts';
import type { LookOrder } from '../../model/desk.ts';
import type { Store } from '../../store/types.ts';
import type { ControlLaw } from '../control-readings.ts';
import { createJudge } from '../observe-target.ts';
import { mannerOf } from '../work.ts';

/** How a run is looked at, and by what it is judged. */
export type RunOrder = {
  readonly order: LookOrder;
  readonly judge: ReturnType<typeof createJudge>;
  readonly law: ControlLaw;
};

/** Runs whose order is kept ready, and systems of their inventories: what is not is read anew for each result. */
const most = { runs: 64, systems: 30_000 };

export function createRunOrders(
  store: Store,
  feeds: Feeds,
): {
  readonly of: (run: string) => Promise<RunOrder>;
  /** As somebody is to look now: bound by the inventory given last, too. */
  readonly newest: (run: string) => Promise<RunOrder>;
} {
  const kept = new Map<string, Promise<RunOrder>>();
  const sizes = new Map<string, number>();

  async function read(run: string): Promise<RunOrder> {
    const stored = await store.run(run);
    if (stored === undefined) throw new Error(`run ${run} is not in the store`);
    const { lawbook } = await store.judgement(run);
    const [inventory, manner] = [await store.inventory(run), await mannerOf(store, run)];
    sizes.set(run, inventory.systems.length);
    // A run is never judged by two sets of feeds.
    const same = canonicalJson(lawbook.reference.feeds ?? {}) === canonicalJson(feeds.states);
    const judge = createJudge(lawbook, same ? feeds.ask : undefined);
    const { zone } = stored;
    const law = { inventory, zone, lawbook, ...(same ? { ask: feeds.ask } : {}) };
    const { word = '', ...bounds } = (await store.bounds(run)) ?? {};
    const bound = word === '' ? {} : { ...bounds, bound: word };
    return { order: { run, zone, manner, inventory, ...bound, reference: lawbook.reference }, judge, law };
  }

  function of(run: string): Promise<RunOrder> {
    const order = kept.get(run) ?? read(run);
    kept.delete(run);
    kept.set(run, order);
    order.catch(() => kept.delete(run));
    dropOldest();
    return order;
  }

  /** The one asked for last stays, however large. */
  function dropOldest(): void {
    let [runs, systems] = [0, 0];
    for (const run of [...kept.keys()].reverse()) {
      runs += 1;
      systems += sizes.get(run) ?? 0;
      if (runs === 1 || (runs <= most.runs && systems <= most.systems)) continue;
      kept.delete(run);
      sizes.delete(run);
    }
  }

  return {
    of,
    newest: async (run) => {
      const order = await of(run);
      if ((await store.boundBy([run])).get(run) === order.order.bound) return order;
      kept.delete(run);
      return of(run);
    },
  };
}
