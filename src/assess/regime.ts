import type { System } from '../model/inventory.ts';
import type { Regime } from '../model/inventory/classification.ts';

/** First day of Law 116/2025/QH15 (Đ44.1); a level approved before it was approved under the law it replaced. */
const lawInForce = '2026-07-01';

/**
 * The law a system's level was approved under: what the inventory says, else by the day of the decision. Such a level
 * stays valid, and the measures of the new law are due within twelve months (Law 116 Đ45.1). A system without a
 * decision has nothing to keep and stands under the new law.
 */
export function regimeOf(system: System): Regime {
  const classification = system.classification;
  if (classification?.regime !== undefined) return classification.regime;
  const decided = classification?.decision?.date;
  return decided !== undefined && decided < lawInForce ? 'nd-85-2016' : 'nd-331-2026';
}
