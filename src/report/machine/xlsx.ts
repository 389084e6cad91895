import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { cellText } from '../../workbook/cell-text.ts';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { provinceOffsetMs } from '../../model/day.ts';
import type { Ledger } from './ledger.ts';
import { summarySheet } from './summary.ts';
import { withoutCodes, type Cell, type Table, type TableName } from './table/table.ts';
import { tables } from './table/tables.ts';
import type { Tell } from './tell.ts';
import { withoutClock } from './zip-clock.ts';
import { filters, type FilteredSheet } from './xlsx-filter.ts';

type Sheet = {
  readonly sheet: string;
  readonly data: SheetData;
  readonly columns: { readonly width: number }[];
  readonly stickyRowsCount?: number;
};

const font = { fontFamily: 'Arial', fontSize: 10 } as const;
const top = { alignVertical: 'top' } as const;
const head = { fontWeight: 'bold', backgroundColor: '#e7ecf3', wrap: true, alignVertical: 'center' } as const;
/** Heights are told, because not every program works them out: points, some 1.6 of the type's size a line. */
const heading = { fontWeight: 'bold', fontSize: 12, height: 20 } as const;
const headHeight = 34;
/** Most characters that Excel keeps in a cell (ECMA-376, 18.18.16 by way of Excel's own limits). */
const cellLimit = 32_767;
/** Most rows of a sheet of Excel. */
const rowLimit = 1_048_576;
/** Sheets in the order of the tabs, behind the summary. */
const inOrder: readonly TableName[] = ['coverage', 'systems', 'findings', 'obligations', 'costs'];

/** A workbook: summary, coverage, systems, findings, obligations, costs. Every cell has a type, so no text is ever a formula. */
export async function xlsx(of: Ledger, tell: Tell): Promise<Buffer> {
  const summary = summarySheet(of, tell);
  const told = inOrder.map((name) => tableSheet(withoutCodes(tables[name](of, tell)), tell));
  const sheets: readonly Sheet[] = [
    {
      sheet: tell.say('machine.sheet-summary'),
      data: summary.map((row) =>
        row.map((cell, at) => excelCell(cell, row.length === 1 ? heading : at === 1 ? { align: 'left' } : {})),
      ),
      columns: [{ width: 52 }, { width: 40 }],
    },
    ...told,
  ];
  const filtered: readonly FilteredSheet[] = sheets.map(({ sheet, data, columns, stickyRowsCount }) => ({
    name: sheet,
    rows: stickyRowsCount === undefined ? 0 : data.length,
    columns: columns.length,
  }));
  return withoutClock(await writeExcelFile([...sheets], { ...font, features: [filters(filtered)] }).toBuffer());
}

function tableSheet(table: Table, tell: Tell): Sheet {
  const heads = table.columns.map(({ key }) => tell.say(`machine.col-${key}`));
  const widths = heads.map((words) => Math.min(16, Math.max(9, words.length + 4)));
  const data: SheetData = [heads.map((value) => ({ value, type: String, ...head, height: headHeight }))];
  for (const row of table.rows) {
    row.forEach((cell, at) => {
      const most = table.columns[at]?.most ?? 24;
      widths[at] = Math.max(widths[at] ?? 8, Math.min(most, widthOf(cell)));
    });
    data.push(
      row.map((cell, at) =>
        excelCell(translated(cell, tell), table.columns[at]?.most === undefined ? {} : { wrap: true }),
      ),
    );
  }
  if (data.length > rowLimit)
    throw new UserError([{ message: message('machine.error.xlsx-rows', { n: data.length }) }]);
  return {
    sheet: tell.say(`machine.sheet-${table.name}`),
    data,
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
  };
}

function widthOf(cell: Cell): number {
  if (typeof cell === 'string') return cell.length + 2;
  if (cell !== null && typeof cell === 'object') return 'day' in cell ? 12 : 18;
  return 8;
}

/** People read yes and no; programs have the CSV. */
function translated(cell: Cell, tell: Tell): Cell {
  return typeof cell === 'boolean' ? tell.say(cell ? 'words.yes' : 'words.no') : cell;
}

/** Days and instants are dates of Excel; instants in the province's time, as the head of the column says. */
function excelCell(
  cell: Cell,
  style: Readonly<Record<string, unknown>>,
): NonNullable<SheetData[number][number]> | null {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'number') return { value: cell, type: Number, align: 'center', ...top, ...style };
  if (typeof cell === 'boolean') return { value: cell, type: Boolean, ...top, ...style };
  if (typeof cell === 'string') {
    return { value: cellText(cell.slice(0, cellLimit)), type: String, format: '@', ...top, ...style };
  }
  const [time, format] =
    'day' in cell
      ? [Date.parse(`${cell.day}T00:00:00Z`), 'dd/mm/yyyy']
      : [Date.parse(cell.at) + provinceOffsetMs, 'dd/mm/yyyy hh:mm'];
  if (Number.isNaN(time)) return { value: 'day' in cell ? cell.day : cell.at, type: String, format: '@', ...top };
  return { value: new Date(time), type: Date, format, ...top, ...style };
}
