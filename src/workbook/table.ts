/** What one cell holds. Text is trimmed, of Unicode form C, and has no control characters. */
export type TableCell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'day'; readonly day: string }
  /** `#REF!` and its kind. */
  | { readonly kind: 'error'; readonly text: string };

/** One sheet: rows from 0, columns from 0 (A). A place that is not there is empty. */
export type Table = { readonly sheet: string; readonly rows: readonly (readonly (TableCell | undefined)[])[] };

/** What a file may be at most: far above any real list, and little enough for a small machine. */
export const tableLimits = {
  fileBytes: 16 * 1024 * 1024,
  partBytes: 64 * 1024 * 1024,
  entries: 2000,
  sheets: 50,
  rows: 20_000,
  columns: 100,
  cells: 400_000,
  characters: 32_767,
} as const;

/** A cell of text, or nothing where the text is empty. */
export function textCell(raw: string): TableCell | undefined {
  const text = clean(raw);
  return text === '' ? undefined : { kind: 'text', text };
}

/** Text of a stranger as one line: nothing that is invisible stays in it. Cleaning twice changes nothing more. */
export function clean(raw: string): string {
  return raw
    .slice(0, tableLimits.characters)
    .toWellFormed()
    .replace(/(?![\p{Cc}\s])[\p{Cf}\p{Co}\p{Cn}\ufffd]/gu, '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** A cell as people write it: `F12`. */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return `${letters}${String(row + 1)}`;
}

/** What a cell says, as text. */
export function cellText(cell: TableCell | undefined): string {
  if (cell === undefined) return '';
  if (cell.kind === 'number') return String(cell.number);
  if (cell.kind === 'day') return cell.day.split('-').reverse().join('/');
  return cell.text;
}
