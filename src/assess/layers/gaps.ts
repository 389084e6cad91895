import { addDays, addMonths, daysBetween } from '../../model/day.ts';
import type { System } from '../../model/inventory.ts';
import type { LayerNumber, LayerRules } from '../../model/layer-rules.ts';
import type { LayerGap, StaleField } from '../../model/layer-status.ts';
import { requirementsOf } from './bound.ts';
import { fieldOf } from './fields.ts';

/** What a claim lacks: left blank, said to be no, or too long ago. */
export type Gaps = {
  readonly missing: readonly LayerGap[];
  readonly refused: readonly LayerGap[];
  readonly stale: readonly StaleField[];
};

/** Holds the claim of one layer against everything that it must hold on a day. */
export function gapsOf(rules: LayerRules, system: System, layer: LayerNumber, onDay: string): Gaps {
  const missing: LayerGap[] = [];
  const refused: LayerGap[] = [];
  const stale: StaleField[] = [];
  for (const { field, must, months, days, cite } of requirementsOf(rules, system, layer, onDay)) {
    const value = fieldOf(system, layer, field);
    if (value === undefined) {
      if (!missing.some((gap) => gap.field === field)) missing.push({ field, cite });
    } else if (must === 'yes' && value === false) {
      refused.push({ field, cite });
    } else if (must === 'fresh' && typeof value === 'string') {
      const until = months === undefined ? addDays(value, days ?? 0) : addMonths(value, months);
      if (until < onDay) stale.push({ field, cite, on: value, until, days: daysBetween(until, onDay) });
    }
  }
  return { missing, refused, stale };
}
