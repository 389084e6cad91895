import { assessSystem } from '../assess/assess.ts';
import type { FindingAside } from '../model/aside.ts';
import type { Assessment } from '../model/assessment.ts';
import type { FindingHead } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Regime } from '../model/inventory/level-words.ts';
import type { Target } from '../model/target.ts';
import type { Lawbook } from '../store/types.ts';

export type AssessRunInput = {
  readonly inventory: Inventory;
  readonly targets: readonly Target[];
  readonly findings: readonly FindingHead[];
  readonly lawbook: Omit<Lawbook, 'reference'>;
  /** What sets fails aside; absent: the inventory's waivers by their date. */
  readonly asides?: readonly FindingAside[];
  /** The clock that deadlines, claims and waivers are held against. */
  readonly at: string;
  /** Judges every system as under this law of levels. */
  readonly regime?: Regime;
};

/** Assesses every system of an inventory by the findings of one run. */
export function assessRun({
  inventory,
  targets,
  findings,
  lawbook,
  asides,
  at,
  regime,
}: AssessRunInput): readonly Assessment[] {
  const bySystem = Map.groupBy(findings, (finding) => finding.system);
  const targetsBySystem = Map.groupBy(targets, (target) => target.system);
  return inventory.systems.flatMap((system) =>
    assessSystem({
      system,
      findings: bySystem.get(system.id) ?? [],
      targets: targetsBySystem.get(system.id) ?? [],
      frameworks: lawbook.frameworks,
      checks: lawbook.checks,
      at,
      ...(asides === undefined ? {} : { asides }),
      province: inventory.province.id,
      ...(lawbook.levels === undefined ? {} : { levels: lawbook.levels }),
      ...(regime === undefined ? {} : { regime }),
    }),
  );
}
