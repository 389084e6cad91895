import { dayMs } from '../model/day.ts';
import type { Message } from '../model/text.ts';
import { cellName } from '../workbook/table.ts';
import { answerColumns, columns, longest, type AnswerColumn } from './columns.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { answerWords } from './words.ts';
import type { CellRule } from './xlsx-guard.ts';

type Tell = (key: string, params?: Message['params']) => string;

/** What the answer cells of a sheet take; `first` is the row (from 0) of the first finding. */
export function cellRules({ rows }: Pick<Sheet, 'rows'>, first: number, tell: Tell): readonly CellRule[] {
  const open = rows.flatMap((row, at) => (row.closed ? [] : [{ row, at: first + at }]));
  const cells = (column: AnswerColumn, where: (row: SheetRow) => boolean = () => true) =>
    ranges(
      open.filter(({ row }) => where(row)).map(({ at }) => at),
      columns.indexOf(column),
    );
  const words = (column: AnswerColumn, params?: Message['params']) => ({
    prompt: { title: tell(`answers.column.${column}`), text: tell(`answers.prompt.${column}`, params) },
    error: { title: tell(`answers.column.${column}`), text: tell(`answers.prompt.${column}`, params) },
  });
  const distinct = <T>(of: (row: SheetRow) => T) => [...new Set(open.map(({ row }) => of(row)))];
  const lengths = answerColumns.filter((column) =>
    ['person', 'documentNumber', 'reason', 'evidence', 'note'].includes(column),
  );
  return [
    {
      cells: cells('answer'),
      type: 'list',
      formulas: [`"${answerWords.map((word) => tell(`answers.answer.${word}`)).join(',')}"`],
      ...words('answer'),
    },
    ...distinct(({ since }) => since).map((since): CellRule => ({
      cells: cells('fixedOn', (row) => row.since === since),
      type: 'date',
      operator: 'between',
      formulas: [serial(since), 'TODAY()'],
      ...words('fixedOn', { since: since.split('-').reverse().join('/') }),
    })),
    {
      cells: cells('documentDate'),
      type: 'date',
      operator: 'lessThanOrEqual',
      formulas: ['TODAY()'],
      ...words('documentDate'),
    },
    ...distinct(({ mostDays }) => mostDays).map((days): CellRule => ({
      cells: cells('until', ({ mostDays }) => mostDays === days),
      type: 'date',
      operator: 'between',
      formulas: ['TODAY()', `TODAY()+${String(days)}`],
      ...words('until', { days }),
    })),
    ...lengths.map((column): CellRule => ({
      cells: cells(column),
      type: 'textLength',
      operator: 'lessThanOrEqual',
      formulas: [String(longest[column])],
      ...words(column, { most: longest[column] }),
    })),
  ];
}

/** The serial number of a day (1 January 1970 is 25569). */
const serial = (day: string) => String(Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs) + 25_569);

/** Cells of one column in the fewest ranges: `J5:J9 J12`. */
function ranges(rows: readonly number[], column: number): readonly string[] {
  const found: [number, number][] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.[1] === row - 1) last[1] = row;
    else found.push([row, row]);
  }
  return found.map(([from, to]) => {
    const name = cellName(from, column);
    return from === to ? name : `${name}:${cellName(to, column)}`;
  });
}
