import type { Inventory } from '../model/inventory.ts';
import { toolVersion } from './version.ts';

/** Who we are, for the logs of the scanned: the province's scan contact and the run. */
export function userAgentOf(inventory: Inventory, run: string): string {
  const contact = inventory.authorisations
    .map((one) => one.contact.email ?? one.contact.phone)
    .find((one) => one !== undefined);
  const version = toolVersion().split(' ')[1] ?? '0';
  // Header values are ASCII; whatever else stands in a contact is left out.
  const ascii = (contact ?? 'no contact given').replace(/[^\x20-\x7e]|[()]/g, '');
  return `RaSoat/${version} (security review; ${ascii}; run ${run})`;
}
