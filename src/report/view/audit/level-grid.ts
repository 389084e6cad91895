import type { SystemLevel } from '../../../model/level.ts';
import type { ReportIndex } from '../report-index.ts';

/** Levels claimed against levels asked by the law each system stands under: counts of systems, and which cells agree. */
export type LevelGrid = {
  /** Asked, as columns; null: not told. */
  readonly asked: readonly (number | null)[];
  readonly rows: readonly {
    /** Claimed; null: no level recorded. */
    readonly claimed: number | null;
    readonly cells: readonly {
      readonly asked: number | null;
      readonly n: number;
      readonly tone: 'met' | 'contradicted' | 'unproven';
    }[];
    readonly total: number;
  }[];
};

const columns = [5, 4, 3, 2, 1, null] as const;

/** Counts systems by the level claimed and the level asked. */
export function levelGrid(index: ReportIndex): LevelGrid {
  const levels = index.data.levels ?? [];
  return {
    asked: columns,
    rows: columns.map((claimed) => {
      const of = levels.filter((one) => one.claimed === claimed);
      return {
        claimed,
        cells: columns.map((asked) => ({
          asked,
          n: of.filter((one) => askedOf(one) === asked).length,
          tone: toneOf(of.filter((one) => askedOf(one) === asked)),
        })),
        total: of.length,
      };
    }),
  };
}

/** The gravest of what the systems of a cell come to: a higher claim that a missing fact may bear out is open, not denied. */
function toneOf(levels: readonly SystemLevel[]): 'met' | 'contradicted' | 'unproven' {
  if (levels.some(({ agrees }) => agrees === 'below' || agrees === 'above')) return 'contradicted';
  return levels.every(({ agrees }) => agrees === 'yes') ? 'met' : 'unproven';
}

function askedOf(level: SystemLevel): number | null {
  return level.answers.find(({ regime }) => regime === level.regime)?.level ?? null;
}
