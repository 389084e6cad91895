import { fileURLToPath } from 'node:url';
import { createExplainer } from '../../../src/assess/level/explain.ts';
import { readLevelBook } from '../../../src/assess/level/read.ts';
import { packageRoot } from '../../../src/model/package-root.ts';
import type { Inventory, System } from '../../../src/model/inventory.ts';
import type { Classification, LevelFacts } from '../../../src/model/inventory/classification.ts';
import type { Regime } from '../../../src/model/inventory/level-words.ts';
import type { SystemLevel } from '../../../src/model/level.ts';
import { system } from '../build.ts';

/** The laws and calendars that ship. */
export const book = await readLevelBook([fileURLToPath(new URL('checks/frameworks/', packageRoot))]);

export function lawOf(regime: Regime) {
  const law = book.laws.find((one) => one.regime === regime);
  if (law === undefined) throw new Error(`no law ${regime}`);
  return law;
}

const organisations: Inventory['organisations'] = [
  {
    id: 'ubnd',
    name: 'UBND tỉnh',
    headPosition: 'Chủ tịch',
    kind: 'ubnd-tinh',
    specialisedUnit: { organisation: 'ca' },
  },
  { id: 'ca', name: 'Công an tỉnh', headPosition: 'Giám đốc' },
  { id: 'so', name: 'Sở KH&CN', headPosition: 'Giám đốc' },
  { id: 'bo', name: 'Bộ Công an', headPosition: 'Bộ trưởng', kind: 'trung-uong' },
];

export function classified(classification: Partial<Classification>, over: Partial<System> = {}): System {
  return system({
    owner: 'ubnd',
    operator: 'so',
    classification: { level: 3, dossier: 'dang-du-thao', ...classification },
    ...over,
  });
}

export const withFacts = (facts: LevelFacts) => classified({ facts });

/** Explains one system on a day. */
export function explain(one: System, onDay = '2026-11-25', regime?: Regime): SystemLevel {
  return createExplainer({ inventory: { organisations }, book, onDay })(one, regime);
}
