import { severities, type Severity } from '../../../model/check.ts';
import { message, type Message } from '../../../model/text.ts';
import type { Trend, TrendCount } from '../../../model/track/trend.ts';
import { columns, lowRuns, type ColumnPaths } from './columns.ts';
import { trendTable, type TrendTable } from './trend-table.ts';

/** One measure over the runs, drawn as columns over a scale of its own that begins at nothing. */
export type ChartRow = {
  readonly label: Message;
  readonly tone: 'not-met' | 'met' | 'coverage';
  readonly now: Message;
  readonly most: Message;
  readonly paths: ColumnPaths;
  /** In words: from what to what, and the most. */
  readonly said: Message;
};

/** Charts over the same runs, one below the other, with the same in a table. */
export type TrendFigure = {
  readonly width: number;
  readonly rows: readonly ChartRow[];
  /** Behind every chart: runs that saw less than they could. */
  readonly low: string;
  /** Below the charts: runs whose checks, or whose data, are others than those of the run before. */
  readonly checks: string;
  readonly data: string;
  readonly from: string;
  readonly to: string;
  readonly runs: number;
  /** Which signs the charts hold, for the legend. */
  readonly has: {
    readonly unseen: boolean;
    readonly reading: boolean;
    readonly fresh: boolean;
    readonly low: boolean;
    readonly checks: boolean;
    readonly data: boolean;
  };
  readonly table: TrendTable;
};

export type Measure = Severity | 'to-mend' | 'late' | 'fixed' | 'coverage';

/** A year of weekly runs and the one a year ago. */
const most = 53;
const sum = (of: Readonly<Record<Severity, number>>) => severities.reduce((all, severity) => all + of[severity], 0);

/** Lays measures out over the last runs; null where there is but one run, for one point is no line. */
export function trendFigure(
  trend: Pick<Trend, 'runs'>,
  all: readonly TrendCount[],
  measures: readonly Measure[],
): TrendFigure | null {
  const runs = trend.runs.slice(-most);
  const counts = all.slice(-most);
  const [first, last] = [runs[0], runs.at(-1)];
  if (runs.length < 2 || first === undefined || last === undefined) return null;
  const cell = columns.cell(runs.length);
  const rows = measures.flatMap((measure) => chartRow(measure, counts, cell));
  const low = lowRuns(counts);
  const changed = (which: 'checks' | 'data') => runs.map((run) => run[which] && run !== trend.runs[0]);
  return {
    width: cell * runs.length,
    rows,
    low: columns.bands(low, cell),
    checks: columns.diamonds(changed('checks'), cell),
    data: columns.diamonds(changed('data'), cell),
    from: first.day,
    to: last.day,
    runs: runs.length,
    has: {
      unseen: rows.some(({ paths }) => paths.unseen !== ''),
      reading: rows.some(({ paths }) => paths.reading !== ''),
      fresh: rows.some(({ paths }) => paths.fresh !== ''),
      low: low.includes(true),
      checks: changed('checks').includes(true),
      data: changed('data').includes(true),
    },
    table: trendTable(runs, counts, measures.includes('late')),
  };
}

/** Nothing for a severity that no finding of these runs has. */
function chartRow(measure: Measure, counts: readonly TrendCount[], cell: number): readonly ChartRow[] {
  const row = (tone: ChartRow['tone'], parts: readonly Parts[], word = 'life.n'): ChartRow => {
    const values = parts.map(({ solid, unseen = 0, reading = 0 }) => solid + unseen + reading);
    const [first = 0, now = 0, most] = [values[0], values.at(-1), Math.max(...values)];
    const top = Math.max(...parts.map(({ fresh = 0 }, at) => fresh + (values[at] ?? 0)));
    return {
      label: message(isSeverity(measure) ? `words.severity.${measure}` : `life.measure.${measure}`),
      tone,
      now: message(word, { n: now }),
      paths: columns.paths(parts, measure === 'coverage' ? 100 : top, cell),
      most: message(word === 'life.n' ? 'life.most' : 'life.most-percent', { n: most }),
      said: message(word === 'life.n' ? 'life.said' : 'life.said-percent', { first, now, most }),
    };
  };
  if (isSeverity(measure)) {
    const own = counts.map((count) => partsOf(count, (by) => by[measure]));
    const any = counts.some(({ toMend, fresh }) => toMend[measure] + fresh[measure] > 0);
    return any ? [row('not-met', own)] : [];
  }
  switch (measure) {
    case 'to-mend':
      return [
        row(
          'not-met',
          counts.map((count) => partsOf(count, sum)),
        ),
      ];
    case 'late':
      return [
        row(
          'not-met',
          counts.map(({ late }) => ({ solid: late })),
        ),
      ];
    case 'fixed':
      return [
        row(
          'met',
          counts.map(({ fixed }) => ({ solid: fixed })),
        ),
      ];
    case 'coverage':
      return [
        row(
          'coverage',
          counts.map(({ coverage }) => ({ solid: share(coverage) })),
          'life.percent',
        ),
      ];
  }
}

type Parts = { readonly solid: number; readonly unseen?: number; readonly reading?: number; readonly fresh?: number };

function partsOf(count: TrendCount, of: (by: Readonly<Record<Severity, number>>) => number): Parts {
  const [all, unseen, reading] = [of(count.toMend), of(count.unseen), of(count.byReading)];
  return { solid: all - unseen - reading, unseen, reading, fresh: of(count.fresh) };
}

const isSeverity = (measure: Measure): measure is Severity => severities.some((one) => one === measure);

/** Rounded down, so that 100 means all. */
function share({ seen, needed }: TrendCount['coverage']): number {
  return needed === 0 ? 0 : Math.floor((seen / needed) * 100);
}
