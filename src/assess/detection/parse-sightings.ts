import { Type, type Static } from '@sinclair/typebox';
import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { borderOf } from '../../model/border.ts';

/** Most rows of one file. */
const maxRows = 100_000;
/** Most characters of one row, and of one cell. */
const maxRowCharacters = 8192;
export const maxCellCharacters = 2048;

/** What a row may tell; other columns are the centre's own and are left aside. */
export const sightingColumns = ['marker', 'time', 'source', 'centre', 'system', 'target'] as const;
export type SightingColumn = (typeof sightingColumns)[number];

/** One row as it stands, and where: its line in a CSV, its number in a JSON list, both from 1. */
export type RawRow = {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<SightingColumn, string>>> | null;
};

/** A JSON return: a list of rows, or an object that holds it. Cells are judged later, each row by itself. */
const jsonSchema = Type.Union([
  Type.Array(Type.Unknown(), { maxItems: maxRows }),
  Type.Object({ sightings: Type.Array(Type.Unknown(), { maxItems: maxRows }) }),
]);
const isReturn = borderOf<Static<typeof jsonSchema>>(jsonSchema);

/** The rows of a return. Throws UserError for text that is no table with the columns `marker` and `time`. Pure. */
export function parseSightings(text: string, file: string): readonly RawRow[] {
  // csv-parse counts the two halves of a line's end in a quoted cell as two lines.
  const bare = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return /^\s*[[{]/.test(bare) ? jsonRows(bare, file) : csvRows(bare, file);
}

function jsonRows(text: string, file: string): readonly RawRow[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 200) : '';
    throw new UserError([{ file, message: message('layers.file-not-json', { detail }) }]);
  }
  if (!isReturn(value)) {
    throw new UserError([{ file, message: message('layers.file-not-rows', { most: maxRows }) }]);
  }
  const rows = Array.isArray(value) ? value : value.sightings;
  return rows.map((row, index) => ({ line: index + 1, cells: cellsOf(row) }));
}

/** The cells of a JSON row; null: it is no object, or a cell that we read is no text. */
function cellsOf(row: unknown): RawRow['cells'] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return null;
  const given = row as Readonly<Record<string, unknown>>;
  const cells: Partial<Record<SightingColumn, string>> = {};
  for (const column of sightingColumns) {
    const cell = Object.hasOwn(given, column) ? given[column] : null;
    if (cell === null || cell === undefined) continue;
    if (typeof cell !== 'string') return null;
    cells[column] = cell.trim();
  }
  return cells;
}

function csvRows(text: string, file: string): readonly RawRow[] {
  const [head, ...rows] = csvRecords(text, file);
  const names = (head?.record ?? []).map((name) => name.trim().toLowerCase());
  const missing = (['marker', 'time'] as const).filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new UserError([
      { file, line: 1, message: message('layers.file-no-column', { columns: missing.join(', ') }) },
    ]);
  }
  if (rows.length > maxRows)
    throw new UserError([{ file, message: message('layers.file-not-rows', { most: maxRows }) }]);
  return rows.map(({ record, line }) => {
    if (record.length !== names.length) return { line, cells: null };
    const cells: Partial<Record<SightingColumn, string>> = {};
    for (const column of sightingColumns) {
      const cell = record[names.indexOf(column)]?.trim();
      if (cell !== undefined && cell !== '') cells[column] = cell;
    }
    return { line, cells };
  });
}

type CsvRecord = { readonly record: readonly string[]; readonly line: number };

/** A quote that is never closed would swallow the rows after it, so a malformed file is refused whole. */
function csvRecords(text: string, file: string): readonly CsvRecord[] {
  const head = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
  const delimiter = [',', ';', '\t'].find((one) => head.split(one).length > 1) ?? ',';
  try {
    const parsed = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: maxRowCharacters,
    }) as unknown as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    return parsed.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as { readonly lines?: unknown }).lines;
    throw new UserError([
      {
        file,
        ...(typeof line === 'number' ? { line } : {}),
        message: message('layers.file-not-csv', { detail: error.code }),
      },
    ]);
  }
}
