import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import { message } from '../model/text.ts';

/** Throws UserError where there is nothing to report to an organisation: it is unknown, or holds no system. */
export function mustHoldSystems(inventory: Inventory, id: string): void {
  const known = inventory.organisations.some((one) => one.id === id);
  if (!known) throw new UserError([{ message: message('owner.unknown', { id }) }]);
  if (!holders(inventory).has(id)) throw new UserError([{ message: message('owner.none', { id }) }]);
}

/** The organisations that there is something to report to, in the order of the inventory; UserError where there is none. */
export function holdersOf(inventory: Inventory): readonly string[] {
  const all = holders(inventory);
  const ids = inventory.organisations.flatMap(({ id }) => (all.has(id) ? [id] : []));
  if (ids.length === 0) throw new UserError([{ message: message('owner.nobody') }]);
  return ids;
}

/** Whoever owns or operates a system that is not excluded. */
function holders({ systems }: Inventory): ReadonlySet<string> {
  return new Set(systems.flatMap(({ owner, operator, excluded }) => (excluded === undefined ? [owner, operator] : [])));
}
