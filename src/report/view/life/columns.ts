import type { TrendCount } from '../../../model/track/trend.ts';

/** One path for all columns of a kind, whatever their number. */
export type ColumnPaths = {
  readonly solid: string;
  readonly unseen: string;
  readonly reading: string;
  readonly fresh: string;
};
type Parts = { readonly solid: number; readonly unseen?: number; readonly reading?: number; readonly fresh?: number };

/** Height of a chart in units of its drawing, as `trend-figure.hbs` has it. */
const height = 40;
/** What is there at all is seen. */
const least = 1.5;
/** A run that saw less than this share of what the best of the runs shown saw is marked. */
const lowShare = 0.9;

export const columns = {
  /** Width of one run: few runs are drawn wider, so that they do not look like a moment of many. */
  cell: (runs: number): number => (runs > 26 ? 12 : 24),

  /** Stacked columns over a scale from nothing to `top`. */
  paths: (parts: readonly Parts[], top: number, cell: number): ColumnPaths => {
    const paths = { solid: '', unseen: '', reading: '', fresh: '' };
    for (const [at, part] of parts.entries()) {
      let base = height;
      for (const kind of ['solid', 'unseen', 'reading', 'fresh'] as const) {
        const value = part[kind] ?? 0;
        if (value <= 0 || top <= 0) continue;
        const tall = Math.max(least, (value / top) * height);
        paths[kind] += rect(at * cell + 1, base - tall, cell - 2, tall);
        base -= tall;
      }
    }
    return paths;
  },

  /** Full height behind the runs of which this holds. */
  bands: (which: readonly boolean[], cell: number): string =>
    which.map((yes, at) => (yes ? rect(at * cell, 0, cell, height) : '')).join(''),

  /** A small sign below the runs of which this holds. */
  diamonds: (which: readonly boolean[], cell: number): string =>
    which.map((yes, at) => (yes ? `M${at * cell + cell / 2} 1l4 4l-4 4l-4-4z` : '')).join(''),
};

function rect(x: number, y: number, width: number, tall: number): string {
  const n = (value: number) => String(Math.round(value * 10) / 10);
  return `M${n(x)} ${n(y)}h${n(width)}v${n(tall)}h-${n(width)}z`;
}

/** Runs that saw clearly less than the best of them, or were to see nothing. */
export function lowRuns(counts: readonly TrendCount[]): readonly boolean[] {
  const shares = counts.map(({ coverage: { seen, needed } }) => (needed === 0 ? 0 : seen / needed));
  const best = Math.max(...shares);
  return shares.map((share) => share < best * lowShare);
}
