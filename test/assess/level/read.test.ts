import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parseCalendar, parseLevelLaw } from '../../../src/assess/level/parse.ts';
import { readLevelBook } from '../../../src/assess/level/read.ts';
import { UserError } from '../../../src/model/errors.ts';
import { loadCatalogue } from '../../../src/text/catalogue.ts';

const root = mkdtempSync(join(tmpdir(), 'levels-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const catalogue = loadCatalogue();
const law = readFileSync('checks/frameworks/levels/nd-331-2026.yaml', 'utf8');
const calendar = readFileSync('checks/frameworks/calendar/vn-2026.yaml', 'utf8');

function problemsOf(parsed: ReturnType<typeof parseLevelLaw> | ReturnType<typeof parseCalendar>): readonly string[] {
  if (parsed.ok) return [];
  return parsed.problems.map(({ line, message }) => {
    for (const lang of ['vi', 'en'] as const) expect(catalogue.tell(lang, message)).not.toBe('');
    expect(line).toBeGreaterThan(0);
    return message.key;
  });
}

const change = (from: string, to: string) => {
  expect(law).toContain(from);
  return problemsOf(parseLevelLaw(law.replace(from, to), 'mine.yaml'));
};

describe('a law of levels', () => {
  test('that ships is read', () => {
    expect(problemsOf(parseLevelLaw(law, 'mine.yaml'))).toEqual([]);
  });

  test.each([
    [
      'a fact that is none',
      '{ fact: administrativeProcedures, equals: true }',
      '{ fact: administrativeProcedure, equals: true }',
      'level.file.no-fact-near',
    ],
    [
      'a fact like no other',
      '{ fact: administrativeProcedures, equals: true }',
      '{ fact: x, equals: true }',
      'level.file.no-fact',
    ],
    ['a word that the fact never has', 'only: [cong-cong]', 'only: [cong]', 'level.file.bad-operand'],
    [
      'an order where there is none',
      '{ fact: administrativeProcedures, equals: true }',
      '{ fact: administrativeProcedures, atLeast: true }',
      'level.file.bad-operand',
    ],
    [
      'two comparisons at once',
      '{ fact: administrativeProcedures, equals: true }',
      '{ fact: administrativeProcedures, equals: true, oneOf: [a] }',
      'level.file.bad-condition',
    ],
    ['an empty group', '{ fact: nationalDataStore, equals: true }', '{ any: [] }', 'level.file.bad-condition'],
    ['a misspelt group', '{ fact: nationalDataStore, equals: true }', '{ every: [] }', 'level.file.bad-condition'],
    ['a level without a procedure', '- levels: [4]', '- levels: [3]', 'level.file.one-procedure'],
    [
      'an authority without a name',
      '  ministry: { vi: Bộ Công an, en: Ministry of Public Security }\n',
      '',
      'level.file.no-authority',
    ],
    ['a term of no days', 'days: 15', 'days: 0', 'level.file.bad-days'],
    ['a day that is none', "from: '2026-08-19'", "from: '2026-02-30'", 'frameworks.no-such-day'],
    ['a field that is none', 'highest:', 'highst:', 'frameworks.unknown-field'],
    ['a level that is none', '- level: 5', '- level: 6', 'frameworks.not-among'],
  ])('with %s is refused with its place', (_what, from, to, key) => {
    expect(change(from, to)).toContain(key);
  });

  test('however broken never ends in anything but problems with a place', () => {
    const mutated = fc
      .tuple(fc.nat({ max: law.length }), fc.nat({ max: 60 }), fc.string({ maxLength: 12, unit: 'binary' }))
      .map(([at, cut, put]) => law.slice(0, at) + put + law.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string(), fc.json()), (content) => {
        problemsOf(parseLevelLaw(content, 'mine.yaml'));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a calendar', () => {
  test.each([
    ["day: '2026-01-01'", "day: '2025-01-01'", 'level.file.other-year'],
    ["day: '2026-01-01'", "day: '2026-01-02'", 'level.file.day-twice'],
    ["day: '2026-01-01'", "day: '2026-01-32'", 'frameworks.no-such-day'],
  ])('with %s for %s is refused', (from, to, key) => {
    expect(calendar).toContain(from);
    expect(problemsOf(parseCalendar(calendar.replace(from, to), 'mine.yaml'))).toContain(key);
  });
});

describe('folders', () => {
  const folder = (name: string, files: Readonly<Record<string, string>>): string => {
    const path = join(root, name);
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(join(path, file, '..'), { recursive: true });
      writeFileSync(join(path, file), content);
    }
    return path;
  };

  test('a later one replaces the law of a regime and the days of a year; one without either adds nothing', async () => {
    const mine = folder('mine', {
      'levels/ours.yaml': law.replace('id: nd-331-2026', 'id: ours'),
      'calendar/ours.yaml': calendar.replace("readOn: '2026-11-25'", "readOn: '2026-12-01'"),
    });
    const book = await readLevelBook(['checks/frameworks', mine, folder('empty', { 'other.yaml': '' })]);
    expect(book.laws.map(({ id }) => id)).toEqual(['ours', 'nd-85-2016']);
    expect(book.calendars.find(({ year }) => year === 2026)?.readOn).toBe('2026-12-01');
  });

  test('two laws of one regime in one folder, and every other mistake, are told at once', async () => {
    const bad = folder('bad', { 'levels/a.yaml': law, 'levels/b.yaml': law, 'calendar/c.yaml': 'year: x' });
    const error = await readLevelBook([bad]).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    const files = (error as UserError).problems.map(({ file }) => file?.slice(bad.length + 1));
    expect(new Set(files)).toEqual(new Set(['levels/b.yaml', 'calendar/c.yaml']));
  });
});
