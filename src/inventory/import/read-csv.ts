import { parse } from 'csv-parse/sync';
import { reasonOf, refuse } from '../../workbook/refuse.ts';
import { tableLimits, textCell, type Table } from '../../workbook/table.ts';

/**
 * A CSV file as one table: UTF-8 or, as Excel saves "Unicode Text", UTF-16; parted by the comma, semicolon or tab that its first
 * lines have most of. Throws UserError for a file that is none.
 */
export function readCsv(bytes: Buffer, file: string): readonly Table[] {
  const text = decode(bytes, file);
  let records: string[][];
  try {
    records = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 1024 * 1024,
      to: tableLimits.rows + 1,
    });
  } catch (error) {
    return refuse(file, 'not-csv', { reason: reasonOf(error) });
  }
  if (records.length > tableLimits.rows) refuse(file, 'too-large');
  const rows = records.map((record) => record.slice(0, tableLimits.columns).map(textCell));
  return [{ sheet: 'CSV', rows }];
}

function decode(bytes: Buffer, file: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return refuse(file, 'not-utf8');
  }
}

function delimiterOf(text: string): string {
  const lines = text.slice(0, 20_000);
  const count = (one: string) => lines.split(one).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}
