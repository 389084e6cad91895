import { prohibitionOf } from '../inventory/forbidden.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Store } from '../store/types.ts';

/** The inventory that was given last, whatever for and however that run went; undefined in an empty store. */
export async function latestInventory(store: Store): Promise<Inventory | undefined> {
  const kinds = [await store.runs(), await store.partials(), await store.verifications()];
  const newest = kinds.flatMap((runs) => runs.slice(0, 1)).sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0];
  return newest === undefined ? undefined : store.inventory(newest.id);
}

/** Systems that may not be looked at by the inventory given last: what is stored of them is not listed by host either. */
export async function secretSystems(store: Store): Promise<ReadonlySet<string>> {
  const { systems = [] } = (await latestInventory(store)) ?? {};
  return new Set(systems.filter((system) => prohibitionOf(system) !== undefined).map(({ id }) => id));
}
