import type { Classification } from '../../model/inventory/classification.ts';
import { slug } from '../slug.ts';
import { findHead, type Head } from './columns.ts';
import { cellName, cellText, type Table, type TableCell } from '../../workbook/table.ts';
import { dayValue } from '../../workbook/day-value.ts';
import { documentOf, levelValue } from './values.ts';
import { keyOf, plain, type FormWords } from './words.ts';

/** A cell that could not be understood: nothing of it is in the skeleton. `why` is a key under forms.import.why of the catalogue. */
export type Misread = { readonly sheet: string; readonly cell: string; readonly text: string; readonly why: string };

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A system of the skeleton; `todo` is what a person must add, as keys under forms.import.todo of the catalogue. */
export type SkeletonSystem = {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly operator: string;
  readonly classification?: Classification;
  readonly todo: readonly string[];
};

export type Skeleton = {
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly systems: readonly SkeletonSystem[];
  readonly misread: readonly Misread[];
  /** Sheets that hold a table of ours. */
  readonly sheets: readonly string[];
};

/** Reads every table of Mẫu 08 among the sheets. Never throws; what is not understood is listed. */
export function skeletonOf(tables: readonly Table[], words: FormWords): Skeleton {
  const organisations = createIds('co-quan');
  const ids = createIds('he-thong');
  const systems: SkeletonSystem[] = [];
  const misread: Misread[] = [];
  const sheets: string[] = [];
  for (const table of tables) {
    const head = findHead(table, words.heads);
    if (head === undefined) continue;
    sheets.push(table.sheet);
    for (let at = head.below; at < table.rows.length; at += 1) {
      const row = rowReader(table, head, at, misread);
      if (/^(?:chu thich|ghi chu|noi nhan)\b/.test(plain(row.first()))) break;
      const system = readRow(row, words, organisations, ids);
      if (system !== undefined) systems.push(system);
    }
  }
  return { organisations: organisations.all(), systems, misread, sheets };
}

type RowReader = ReturnType<typeof rowReader>;

function rowReader({ sheet, rows }: Table, { columns }: Head, at: number, misread: Misread[]) {
  const row = rows[at] ?? [];
  const cell = (column: number): TableCell | undefined => row[columns.get(column) ?? -1];
  const miss = (column: number, why: string) => {
    const place = columns.get(column) ?? 0;
    misread.push({ sheet, cell: cellName(at, place), text: cellText(row[place]).slice(0, 300), why });
  };
  return {
    cell,
    text: (column: number) => cellText(cell(column)),
    first: () => cellText(row.find((one) => one !== undefined)),
    miss,
    /** Reads a cell, or lists it when it says something that is not understood. */
    read: <T>(column: number, why: string, how: (cell: TableCell) => T | undefined): T | undefined => {
      const found = cell(column);
      if (found === undefined || /^[\s.…_-]+$/u.test(cellText(found))) return undefined;
      const value = how(found);
      if (value === undefined) miss(column, why);
      return value;
    },
    filled: () => [...columns.keys()].filter((column) => column > 1 && cell(column) !== undefined),
  };
}

function readRow(row: RowReader, words: FormWords, organisations: Ids, ids: Ids): SkeletonSystem | undefined {
  const filled = row.filled();
  const name = row.text(2);
  if (filled.length === 0) {
    if (row.cell(1) !== undefined && !/^\d*$/.test(row.text(1))) row.miss(1, 'not-a-system');
    return undefined;
  }
  if (name === '') {
    for (const column of filled) row.miss(column, 'no-system-name');
    return undefined;
  }
  // A line over all columns, as "I. Sở Y tế", is a merged cell or a lone text without a number.
  const same = filled.length > 1 && filled.every((column) => row.text(column) === name);
  if (same || (filled.length === 1 && row.cell(1) === undefined) || row.text(1) === name) {
    row.miss(2, 'not-a-system');
    return undefined;
  }
  if (name.length > 300) {
    row.miss(2, 'too-long');
    return undefined;
  }
  const todo: string[] = [];
  const body = (column: number): string => {
    const text = row.text(column);
    if (text !== '' && text.length <= 300) return organisations.of(text);
    if (text !== '') row.miss(column, 'too-long');
    return '';
  };
  const owner = body(3);
  const operator = body(4);
  if (owner === '') todo.push('owner');
  if (operator === '') todo.push('operator');
  const classification = classificationOf(row, words, todo);
  const unknown = owner === '' || operator === '' ? organisations.of(words.blank) : '';
  return {
    id: ids.fresh(name),
    name,
    owner: owner === '' ? unknown : owner,
    operator: operator === '' ? unknown : operator,
    ...(classification === undefined ? {} : { classification }),
    todo,
  };
}

function classificationOf(row: RowReader, words: FormWords, todo: string[]): Classification | undefined {
  const level = row.read(5, 'level', levelValue);
  const state = row.read(6, 'state', (cell) => keyOf(cellText(cell), words.dossier));
  const decision = row.read(7, 'document', documentOf);
  const regulation = row.read(8, 'document', documentOf);
  const expectedApproval = row.read(9, 'day', dayValue);
  const implementation = row.read(10, 'implementation', (cell) => keyOf(cellText(cell), words.implementation));
  const expected = row.read(11, 'day', dayValue);
  const kinds = row.read(12, 'inspection', (cell) => inspectionKinds(cellText(cell), words));
  if (kinds !== undefined) todo.push(...kinds.map((kind) => `inspection-${kind}`));
  if (level === undefined) {
    todo.push('level');
    if ([state, decision, regulation, expectedApproval, implementation, expected].some((one) => one !== undefined)) {
      todo.push('lost-without-level');
    }
    return undefined;
  }
  const found: Mutable<Classification> = { level, dossier: state ?? 'chua-lap' };
  if (state === undefined) todo.push('state');
  if (decision !== undefined) found.decision = decision;
  else if (state === 'da-phe-duyet') todo.push('decision');
  if (regulation !== undefined) found.regulation = regulation;
  if (expectedApproval !== undefined) found.expectedApproval = expectedApproval;
  if (implementation !== undefined) {
    found.implementation = { state: implementation, ...(expected === undefined ? {} : { expected }) };
  } else if (expected !== undefined) row.miss(11, 'day-without-state');
  return found;
}

type InspectionKind = keyof FormWords['inspection'];

/** One kind, or both in one cell, whatever stands between them. */
function inspectionKinds(text: string, { inspection }: FormWords): readonly InspectionKind[] | undefined {
  let left = plain(text);
  const found = (Object.entries(inspection) as [InspectionKind, string][]).filter(([, word]) => {
    if (!left.includes(plain(word))) return false;
    left = left.replace(plain(word), ' ');
    return true;
  });
  return found.length === 0 || left.replace(/\bva\b/g, '').trim() !== '' ? undefined : found.map(([kind]) => kind);
}

type Ids = ReturnType<typeof createIds>;

/** Ids from names: the same name has the same id; two names that make one id are numbered. */
function createIds(otherwise: string) {
  const taken = new Set<string>();
  const byName = new Map<string, string>();
  const names = new Map<string, string>();
  const fresh = (name: string): string => {
    const base = slug(name) === '' ? otherwise : slug(name);
    let id = base;
    for (let n = 2; taken.has(id); n += 1) id = `${base.slice(0, 58).replace(/-+$/, '')}-${String(n)}`;
    taken.add(id);
    return id;
  };
  return {
    fresh,
    of: (name: string): string => {
      const known = byName.get(name.toLocaleLowerCase('vi-VN'));
      if (known !== undefined) return known;
      const id = fresh(name);
      byName.set(name.toLocaleLowerCase('vi-VN'), id);
      names.set(id, name);
      return id;
    },
    all: () => [...names].map(([id, name]) => ({ id, name })),
  };
}
