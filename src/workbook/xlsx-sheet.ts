import { refuse } from './refuse.ts';
import { clean, tableLimits, textCell, type TableCell } from './table.ts';
import { serialDay } from './xlsx-styles.ts';
import { readXml } from './xml.ts';

/** What the cells of a sheet refer to. */
export type Book = {
  readonly strings: readonly string[];
  readonly days: readonly boolean[];
  readonly from1904: boolean;
  readonly file: string;
  /** Cells that all sheets together may still have. */
  left: number;
};

/** The shared strings of a workbook; phonetic hints are no part of a text. */
export function sharedStrings(source: string | undefined): readonly string[] {
  if (source === undefined) return [];
  const found: string[] = [];
  let text = '';
  let inText = false;
  let hint = 0;
  readXml(source, {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') hint += 1;
      inText = name === 't' && hint === 0;
    },
    close: (name) => {
      if (name === 'si') found.push(text);
      if (name === 'rPh') hint -= 1;
      if (name === 't') inText = false;
    },
    text: (part) => {
      if (inText && text.length < tableLimits.characters) text += part;
    },
  });
  return found;
}

type Row = (TableCell | undefined)[];
type Area = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number };

/** The rows of one sheet. Each place of a merged area holds what its first cell holds, as a reader sees it. */
export function sheetRows(source: string, book: Book): readonly (readonly (TableCell | undefined)[])[] {
  const rows: (Row | undefined)[] = [];
  const areas: Area[] = [];
  let row = -1;
  let column = -1;
  let type = 'n';
  let style = 0;
  let value = '';
  let reading = false;
  readXml(source, {
    open: (name, attributes) => {
      if (name === 'row') {
        row = attributes['r'] === undefined ? row + 1 : Number(attributes['r']) - 1;
        column = -1;
      } else if (name === 'c') {
        const at = placeOf(attributes['r']);
        row = at?.row ?? row;
        column = at?.column ?? column + 1;
        type = attributes['t'] ?? 'n';
        style = Number(attributes['s'] ?? '0');
        value = '';
      } else if (name === 'v' || (name === 't' && type === 'inlineStr')) reading = true;
      else if (name === 'mergeCell') {
        const area = areaOf(attributes['ref'] ?? '');
        if (area !== undefined && areas.length < tableLimits.rows) areas.push(area);
      }
    },
    close: (name) => {
      if (name === 'v' || name === 't') reading = false;
      if (name !== 'c') return;
      const cell = toCell(type, style, value, book);
      // A sheet may have styled cells to its very edge: only what says something counts.
      if (cell === undefined || column >= tableLimits.columns) return;
      if (!Number.isInteger(row) || row < 0 || row >= tableLimits.rows) refuse(book.file, 'too-large');
      book.left -= 1;
      if (book.left < 0) refuse(book.file, 'too-large');
      (rows[row] ??= [])[column] = cell;
    },
    text: (part) => {
      if (reading && value.length < tableLimits.characters) value += part;
    },
  });
  for (const area of areas) spread(rows, area, book);
  return Array.from(rows, (one) => one ?? []);
}

function toCell(type: string, style: number, raw: string, book: Book): TableCell | undefined {
  if (raw === '') return undefined;
  switch (type) {
    case 's':
      return textCell(unescaped(book.strings[Number(raw)] ?? ''));
    case 'inlineStr':
    case 'str':
      return textCell(unescaped(raw));
    case 'e':
      return { kind: 'error', text: clean(raw) };
    case 'b':
      return textCell(raw);
    case 'd': {
      const day = raw.slice(0, 10);
      return /^\d{4}-\d{2}-\d{2}$/.test(day) ? { kind: 'day', day } : textCell(raw);
    }
    default: {
      const number = Number(raw);
      if (!Number.isFinite(number)) return textCell(raw);
      const day = book.days[style] === true ? serialDay(number, book.from1904) : undefined;
      return day === undefined ? { kind: 'number', number } : { kind: 'day', day };
    }
  }
}

/** `_x000D_` in a text of a workbook is the character of that number, `_x005F_` the underscore (ECMA-376 part 1, 22.9.2.19). */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** `AB12` as row and column from 0. */
function placeOf(reference: string | undefined): { readonly row: number; readonly column: number } | undefined {
  const parts = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference ?? '');
  if (parts === null) return undefined;
  const column = Array.from(parts[1] ?? '').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(parts[2]) - 1, column };
}

function areaOf(reference: string): Area | undefined {
  const [from, to] = reference.split(':').map(placeOf);
  if (from === undefined || to === undefined) return undefined;
  return { top: from.row, left: from.column, bottom: to.row, right: to.column };
}

function spread(rows: (Row | undefined)[], area: Area, book: Book): void {
  const cell = rows[area.top]?.[area.left];
  if (cell === undefined) return;
  const bottom = Math.min(area.bottom, rows.length - 1);
  const right = Math.min(area.right, tableLimits.columns - 1);
  for (let row = area.top; row <= bottom; row += 1) {
    for (let column = area.left; column <= right; column += 1) {
      book.left -= 1;
      if (book.left < 0) refuse(book.file, 'too-large');
      const cells = (rows[row] ??= []);
      cells[column] ??= cell;
    }
  }
}
