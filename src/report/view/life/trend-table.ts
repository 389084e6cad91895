import { message, type Message } from '../../../model/text.ts';
import { severities } from '../../../model/check.ts';
import { toMendOf, type TrendCount, type TrendRun } from '../../../model/track/trend.ts';
import { readingWord } from './since-last.ts';

/** One run, or several in a row that tell the same. */
export type TrendRow = {
  readonly from: string;
  readonly to: string | null;
  readonly runs: number;
  readonly cells: readonly { readonly label: Message; readonly word: Message }[];
  readonly reading: Message | null;
  /** Findings that came, or went, by our own change alone. */
  readonly raised: number;
  readonly dropped: number;
};

export type TrendTable = {
  /** Few enough columns for a narrow page. */
  readonly short: boolean;
  readonly head: readonly Message[];
  readonly rows: readonly TrendRow[];
};

/** The numbers behind the charts, the newest first. Runs in a row that tell the same are one row. */
export function trendTable(runs: readonly TrendRun[], counts: readonly TrendCount[], whole: boolean): TrendTable {
  const keys = whole ? wholeKeys : shortKeys;
  const head = keys.map((key) => message(`life.column.${key}`));
  const rows: (TrendRow & { readonly same: string })[] = [];
  for (const [at, run] of runs.entries()) {
    const count = counts[at];
    if (count === undefined) continue;
    const words = keys.map((key) => wordOf(key, count));
    const { raised, dropped } = count;
    const reading = at === 0 ? null : readingWord(run);
    const same = JSON.stringify([words, raised, dropped]);
    const last = rows.at(-1);
    if (last?.same === same && reading === null && raised + dropped === 0) {
      rows[rows.length - 1] = { ...last, to: run.day, runs: last.runs + 1 };
      continue;
    }
    const cells = words.map((word, column) => ({ label: message(`life.column.${keys[column] ?? ''}`), word }));
    rows.push({ from: run.day, to: null, runs: 1, cells, reading, raised, dropped, same });
  }
  return { short: !whole, head, rows: rows.map(({ same: _same, ...row }) => row).reverse() };
}

const shortKeys = ['to-mend', 'unseen', 'opened', 'fixed', 'percent'] as const;
const wholeKeys = ['to-mend', 'unseen', 'late', 'opened', 'reopened', 'refuted', 'fixed', 'mean', 'coverage'] as const;

function wordOf(key: (typeof wholeKeys | typeof shortKeys)[number], count: TrendCount): Message {
  const n = (value: number) => message('life.n', { n: value });
  switch (key) {
    case 'to-mend':
      return n(toMendOf(count));
    case 'unseen':
      return n(severities.reduce((all, severity) => all + count.unseen[severity], 0));
    case 'opened':
      return count.firstLook === 0
        ? n(count.opened)
        : message('life.opened-cell', { n: count.opened, first: count.firstLook });
    case 'mean':
      return count.fixed === 0
        ? message('life.nothing')
        : message('life.days', { n: Math.round((count.fixedDays / count.fixed) * 10) / 10 });
    case 'percent': {
      const { seen, needed } = count.coverage;
      return needed === 0 ? message('life.nothing') : message('life.percent', { n: Math.floor((seen / needed) * 100) });
    }
    case 'coverage': {
      const { seen, needed } = count.coverage;
      if (needed === 0) return message('life.nothing');
      return message('life.coverage-cell', { seen, needed, percent: Math.floor((seen / needed) * 100) });
    }
    case 'late':
    case 'reopened':
    case 'refuted':
    case 'fixed':
      return n(count[key]);
  }
}
