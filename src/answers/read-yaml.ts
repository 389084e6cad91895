import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import { nearest } from '../yaml/nearest.ts';
import { readYaml, type YamlFile } from '../yaml/read-yaml.ts';
import type { Path } from '../yaml/pointer.ts';
import { cellText, tableLimits, textCell, type TableCell } from '../workbook/table.ts';
import { answerColumns, columns, shownColumns, type AnswerColumn, type Column } from './columns.ts';
import { identityOf } from './identity.ts';
import { refuseFile } from './refuse.ts';
import type { ReadRow, ReadSheet, Shown } from './sheet.ts';

const longestFile = 8 * 1024 * 1024;
const lists = ['findings', 'information'] as const;

/** Reads a YAML file that an owner sends back. Throws UserError for one that is no sheet of ours, with every fault of YAML itself. */
export function readAnswersYaml(content: string, file: string): ReadSheet {
  const yaml = readYaml(content, file, longestFile);
  if (yaml.problems.length > 0) throw new UserError(yaml.problems);
  const root = recordOf(yaml.value);
  const identity = identityOf(root?.['rasoat']);
  if (root === undefined || identity === undefined) return refuseFile(file, 'no-identity');
  const strange = Object.keys(root).find((key) => key !== 'rasoat' && !lists.some((one) => one === key));
  if (strange !== undefined)
    throw new UserError([yaml.problemAt([strange], unknownKey(strange, ['rasoat', ...lists]))]);
  const rows = lists.flatMap((list) => {
    const items = root[list] ?? [];
    if (!Array.isArray(items)) throw new UserError([yaml.problemAt([list], message('answers.file.no-list'))]);
    if (items.length > tableLimits.rows)
      throw new UserError([yaml.problemAt([list], message('answers.file.too-large'))]);
    return items.map((item: unknown, at) => readRow(item, [list, at], yaml, file));
  });
  return { identity, rows };
}

function readRow(item: unknown, path: Path, yaml: YamlFile, file: string): ReadRow {
  const lineOf = (at: Path) => `${file}:${String(yaml.problemAt(at, message('answers.file.no-list')).line ?? 1)}`;
  const row = recordOf(item) ?? {};
  const place = (column?: Column) =>
    lineOf(column !== undefined && Object.hasOwn(row, column) ? [...path, column] : path);
  const cell = (column: Column) => cellOf(row[column]);
  const cells: Partial<Record<AnswerColumn, TableCell>> = {};
  for (const column of answerColumns) {
    const found = cell(column);
    if (found !== undefined) cells[column] = found;
  }
  const strange = Object.keys(row).find((key) => !columns.some((one) => one === key));
  const nested = columns.find((column) => typeof row[column] === 'object' && row[column] !== null);
  const fault =
    recordOf(item) === undefined
      ? { message: message('answers.refused.no-row'), place: lineOf(path) }
      : strange !== undefined
        ? { message: unknownKey(strange, columns), place: lineOf([...path, strange]) }
        : nested !== undefined
          ? { message: message('answers.refused.no-text', { key: nested }), place: lineOf([...path, nested]) }
          : undefined;
  return {
    shown: Object.fromEntries(shownColumns.map((column) => [column, cellText(cell(column))])) as Shown,
    code: cellText(cell('code')),
    cells,
    place,
    ...(fault === undefined ? {} : { fault }),
  };
}

function unknownKey(key: string, known: readonly string[]) {
  const meant = nearest(key, known);
  const params = { key: key.slice(0, 60) };
  return meant === undefined
    ? message('answers.refused.unknown-key', params)
    : message('answers.refused.unknown-key-near', { ...params, meant });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function cellOf(value: unknown): TableCell | undefined {
  if (typeof value === 'number') return { kind: 'number', number: value };
  return typeof value === 'string' || typeof value === 'boolean' ? textCell(String(value)) : undefined;
}
