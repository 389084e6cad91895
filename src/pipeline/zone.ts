import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import { message } from '../model/text.ts';

/** The zone asked for, or the inventory's first. Throws UserError for one that the inventory does not declare. */
export function zoneOf(inventory: Inventory, asked: string | undefined): string {
  const ids = inventory.zones.map((zone) => zone.id);
  if (asked !== undefined && !ids.includes(asked)) {
    throw new UserError([{ message: message('cli.unknown-zone', { zone: asked, known: ids.join(', ') }) }]);
  }
  return asked ?? ids[0] ?? '';
}
