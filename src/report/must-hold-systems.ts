import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import { message } from '../model/text.ts';

/** Throws UserError where there is nothing to report to an organisation: it is unknown, or holds no system. */
export function mustHoldSystems({ organisations, systems }: Inventory, id: string): void {
  if (!organisations.some((one) => one.id === id)) throw new UserError([{ message: message('owner.unknown', { id }) }]);
  const holds = systems.some(
    ({ owner, operator, excluded }) => excluded === undefined && (owner === id || operator === id),
  );
  if (!holds) throw new UserError([{ message: message('owner.none', { id }) }]);
}
