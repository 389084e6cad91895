import type { Cell, Table } from './table/table.ts';

/** Characters at which Excel, LibreOffice and Google Sheets begin a formula, after their compatibility forms are folded. */
const formula = new Set(['=', '+', '-', '@', '\t', '\r']);

/**
 * A text that no spreadsheet takes for a formula: an apostrophe before each part that would begin one, spaces before it or
 * not, full-width forms too. Parts end at semicolons, because Excel in Vietnamese splits there and not at commas. A part that
 * already begins with an apostrophe gets another, so that `unguarded` gives back the text to the letter. Pure.
 */
export function guarded(text: string): string {
  return text
    .split(';')
    .map((part) => (part.startsWith("'") || beginsFormula(part) ? `'${part}` : part))
    .join(';');
}

/** The text that was guarded: one apostrophe less at the head of each part that has one. */
export function unguarded(text: string): string {
  return text
    .split(';')
    .map((part) => (part.startsWith("'") ? part.slice(1) : part))
    .join(';');
}

/** Whether a spreadsheet may read a formula at the head of a text. */
export function beginsFormula(text: string): boolean {
  if (text.startsWith('\t') || text.startsWith('\r')) return true;
  const [first = ''] = text.trimStart();
  return formula.has(first.normalize('NFKC'));
}

const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';

/**
 * RFC 4180 with a UTF-8 byte order mark, by which Excel knows the encoding. The head row bears the keys of the columns.
 * Written by hand, for it is these lines: a library would still leave the guard to us.
 */
export function* csv(table: Table): Generator<string> {
  yield byteOrderMark + table.columns.map(({ key }) => field(key)).join(',') + lineEnd;
  for (const row of table.rows) yield row.map((cell) => field(textOf(cell))).join(',') + lineEnd;
}

function field(text: string): string {
  return /[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Numbers are ours and never negative; days and instants are those of ISO 8601. */
function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return guarded(cell);
  if (typeof cell === 'object') return guarded('day' in cell ? cell.day : cell.at);
  return String(cell);
}
