import { cellText, type Table } from '../../workbook/table.ts';
import { plain } from './words.ts';

/** Where the columns (1)-(12) of Mẫu 08 stand in a table, and the first row below its head. */
export type Head = { readonly columns: ReadonlyMap<number, number>; readonly below: number };

/** Rows in which the head of a table is looked for. */
const lookedAt = 60;
/** With the name of the system among them, this many heads make a table of ours. */
const enough = 4;

/** Finds the head of a Mẫu 08 table; undefined where the sheet has none. */
export function findHead({ rows }: Table, heads: readonly string[]): Head | undefined {
  const wanted = heads.map(plain);
  for (const [at, row] of rows.slice(0, lookedAt).entries()) {
    const columns = new Map<number, number>();
    for (const [column, cell] of row.entries()) {
      const found = wanted.indexOf(plain(cellText(cell))) + 1;
      if (found > 0 && !columns.has(found)) columns.set(found, column);
    }
    // The other lists of a report name systems too; only this table names owners or states.
    const ours = columns.has(2) && (columns.has(3) || columns.has(6));
    if (ours && columns.size >= enough) return { columns, below: belowNumbers(rows, at + 1) };
  }
  return undefined;
}

/** Skips the row `(1)`, `(2)` ... and the rows that a tall head covers. */
function belowNumbers(rows: Table['rows'], from: number): number {
  const next = rows[from] ?? [];
  const numbers = next.filter((cell) => /^\(\d{1,2}\)$/.test(cellText(cell))).length;
  return numbers >= enough ? from + 1 : from;
}
