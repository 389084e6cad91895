import { readXlsx } from '../workbook/read-xlsx.ts';
import { cellName, cellText, type Table, type TableCell } from '../workbook/table.ts';
import { answerColumns, columns, dayColumns, shownColumns, type AnswerColumn, type Column } from './columns.ts';
import { identityOf } from './identity.ts';
import { refuseFile } from './refuse.ts';
import type { Identity, ReadRow, ReadSheet, Say, Shown } from './sheet.ts';
import { headReader } from './words.ts';

/** Rows in which heads and identity are looked for. */
const lookedAt = 60;

/**
 * Reads a workbook that an owner sends back, saved by whatever program: heads are found by their words in either language, in
 * whatever order. Nothing in it is believed. Throws UserError for a file that is no sheet of ours.
 */
export async function readAnswersXlsx(bytes: Buffer, file: string, say: Say): Promise<ReadSheet> {
  const tables = await readXlsx(bytes, file);
  const identity = tables.map(identityIn).find((one) => one !== undefined);
  if (identity === undefined) return refuseFile(file, 'no-identity');
  const columnOf = headReader(say);
  for (const table of tables) {
    const head = headIn(table, columnOf);
    if (head === undefined) continue;
    const rows = table.rows.slice(head.below).map((row, at) => readRow(table.sheet, row, head.below + at, head.at));
    return { identity, rows: rows.filter(saysSomething) };
  }
  return refuseFile(file, 'no-head');
}

function identityIn({ rows }: Table): Identity | undefined {
  const pairs = rows.slice(0, lookedAt).map((row) => [cellText(row[0]), cellText(row[1])] as const);
  const known = ['format', 'sheet', 'organisation', 'run', 'head', 'at'];
  return identityOf(Object.fromEntries(pairs.filter(([key]) => known.includes(key))));
}

type Head = { readonly at: ReadonlyMap<Column, number>; readonly below: number };

function headIn({ rows }: Table, columnOf: (text: string) => Column | undefined): Head | undefined {
  for (const [index, row] of rows.slice(0, lookedAt).entries()) {
    const at = new Map<Column, number>();
    for (const [place, cell] of row.entries()) {
      const column = columnOf(cellText(cell));
      if (column !== undefined && !at.has(column)) at.set(column, place);
    }
    if (columns.every((column) => at.has(column))) return { at, below: index + 1 };
  }
  return undefined;
}

function readRow(sheet: string, row: readonly (TableCell | undefined)[], index: number, at: Head['at']): ReadRow {
  const cell = (column: Column) => row[at.get(column) ?? -1];
  const shown = Object.fromEntries(shownColumns.map((column) => [column, shownValue(column, cell(column))])) as Shown;
  const cells: Partial<Record<AnswerColumn, TableCell>> = {};
  for (const column of answerColumns) {
    const found = cell(column);
    if (found !== undefined) cells[column] = found;
  }
  return {
    shown,
    code: cellText(cell('code')),
    cells,
    place: (column = 'answer') => `${sheet}!${cellName(index, at.get(column) ?? 0)}`,
  };
}

const shownValue = (column: Column, cell: TableCell | undefined): string =>
  dayColumns.has(column) && cell?.kind === 'day' ? cell.day : cellText(cell);

function saysSomething({ shown, code, cells }: ReadRow): boolean {
  return code !== '' || Object.keys(cells).length > 0 || Object.values(shown).some((text) => text !== '');
}
