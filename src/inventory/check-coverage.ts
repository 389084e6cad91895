import type { Inventory } from '../model/inventory.ts';
import { inZone } from './controls.ts';
import { createCovers } from './covers.ts';
import { placeOf } from './find-warnings.ts';
import type { Ledger } from './ledger.ts';
import { recIn, recsIn, type Rec } from './records.ts';

/**
 * That documents let every address of every control be reached from its zone, times aside. An endpoint of a system may wait for
 * its document; a control that no run can read takes every verdict of its family away, so that is an error. `root` is the data as
 * read, in the order of `inventory`.
 */
export function checkControlCoverage(inventory: Inventory, root: Rec, ledger: Ledger): void {
  const zones = recsIn(root, 'zones');
  const covers = createCovers(inventory);
  inventory.zones.forEach(({ id, controls = [] }, at) => {
    const records = recsIn(zones[at] ?? {}, 'controls');
    controls.forEach(({ endpoint }, index) => {
      const [lack] = covers(inZone(endpoint, id)).lacks;
      const record = recIn(records[index] ?? {}, 'endpoint');
      if (lack !== undefined && record !== undefined) ledger.add(placeOf(endpoint, record), lack);
    });
  });
}
