import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginsFormula, csv, guarded, unguarded } from '../../../src/report/machine/csv.ts';
import { csvTables } from '../../../src/report/machine/formats.ts';
import { tableOf } from '../../../src/report/machine/table/table.ts';
import { province, sets, textOf } from './forms.ts';

/** Strings made of what is dangerous in a sheet, and any others. */
const risky = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      ' ',
      '\u00a0',
      ';',
      ',',
      '"',
      "'",
      '＝',
      '＋',
      '－',
      '＠',
      '﹦',
      'a',
      '1',
      'Ệ',
    ),
    maxLength: 12,
  }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('=HYPERLINK("http://evil.example")', '@SUM(1)', '\t=1', "'=1", ' ＝cmd|', 'x;=1+1', '0', ''),
);

const written = (rows: readonly (readonly string[])[]) =>
  [
    ...csv(
      tableOf(
        'findings',
        [
          { key: 'a', of: ([a]: readonly string[]) => a ?? '' },
          { key: 'b', of: ([, b]: readonly string[]) => b ?? '' },
        ],
        rows,
      ),
    ),
  ].join('');

describe('csv', () => {
  it('gives back every text to the letter, and no field begins a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(risky, risky), { minLength: 1, maxLength: 4 }), (rows) => {
        const text = written(rows);
        expect(text.startsWith('\ufeffa,b\r\n')).toBe(true);
        const read: string[][] = parse(text, { bom: true, from: 2, record_delimiter: '\r\n' });
        expect(read.map((row) => row.map(unguarded))).toEqual(rows);
        expect(read.flat().filter(beginsFormula)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('begins no formula either where a program splits at semicolons, as Excel in Vietnamese does', () => {
    fc.assert(
      fc.property(risky, (text) => guarded(text).split(';').filter(beginsFormula).length === 0),
      { numRuns: 300 },
    );
    expect(guarded('x;=1+1')).toBe("x;'=1+1");
  });

  it('knows a formula behind spaces, in full width and in small forms, and leaves other texts alone', () => {
    for (const text of ['=1', ' =1', '\u00a0+1', '＝1', '－1', '＠a', '﹢1', '\tx', '\rx'])
      expect(beginsFormula(text)).toBe(true);
    for (const text of ['a=1', '1-2', '', 'Ệ', "it's", '(=1)']) expect(beginsFormula(text)).toBe(false);
    expect(guarded("it's; quite (=) plain")).toBe("it's; quite (=) plain");
  });

  it.each(sets)('has as many fields in every row as in its head, in every table: %s', async (_name, data) => {
    for (const of of csvTables) {
      const rows: string[][] = parse(await textOf(data, { format: 'csv', of }), {
        bom: true,
        record_delimiter: '\r\n',
      });
      expect(rows.length).toBeGreaterThan(5);
      expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
      expect(rows.flat().filter(beginsFormula)).toEqual([]);
    }
  });

  it('has one row a finding', async () => {
    const rows: Record<string, string>[] = parse(await textOf(province, { format: 'csv' }), {
      bom: true,
      columns: true,
    });
    expect(rows).toHaveLength(province.findings.length);
    const [first] = rows;
    expect(first).toMatchObject({
      system: 'cong-dich-vu-cong',
      system_name: 'Cổng dịch vụ công tỉnh',
      check: 'tls-protocols',
      outcome: 'fail',
      reason: 'Máy chủ còn nhận giao thức cũ (/tls/protocols/TLSv1.0/offered = true)',
      state: 'in-progress',
      first_seen: '2026-09-01',
      due: '2026-09-16',
      days_late: '67',
    });
    expect(rows.filter(({ set_aside }) => set_aside === 'waived')).toHaveLength(1);
  });
});

describe('LibreOffice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rasoat-csv-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const formulas = [
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(1;2)',
    ' =1+1',
    '=HYPERLINK("http://evil.example";"x")',
    '＝1+1',
    'a;=1+1',
  ];
  let sheets: Record<'plain' | 'guarded' | 'raw', string[][]>;
  beforeAll(async () => {
    writeFileSync(join(folder, 'plain.csv'), await textOf(province, { format: 'csv' }));
    writeFileSync(join(folder, 'guarded.csv'), written(formulas.map((one) => [one, 'x'])));
    writeFileSync(
      join(folder, 'raw.csv'),
      `a,b\r\n${formulas.map((one) => `"${one.replaceAll('"', '""')}",x\r\n`).join('')}`,
    );
    // Comma, double quote, UTF-8; formulas are read as such, and what they come to is written into what the test reads.
    execFileSync(
      'soffice',
      [
        `-env:UserInstallation=file://${join(folder, 'profile')}`,
        '--headless',
        '--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true',
        '--convert-to',
        'csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,true,false,false,-1',
        '--outdir',
        join(folder, 'out'),
        ...['plain', 'guarded', 'raw'].map((name) => join(folder, `${name}.csv`)),
      ],
      { stdio: 'ignore', timeout: 150_000 },
    );
    const read = (name: string): string[][] =>
      parse(readFileSync(join(folder, 'out', `${name}-${name}.csv`), 'utf8'), {
        bom: true,
        delimiter: '\t',
        relax_quotes: true,
      });
    sheets = { plain: read('plain'), guarded: read('guarded'), raw: read('raw') };
  });

  it('finds the columns, and every Vietnamese mark', () => {
    const [head = [], first = []] = sheets.plain;
    expect(head).toHaveLength(25);
    expect(sheets.plain).toHaveLength(1 + province.findings.length);
    expect(first[head.indexOf('system_name')]).toBe('Cổng dịch vụ công tỉnh');
    expect(first[head.indexOf('title')]).toBe('Chỉ chấp nhận TLS 1.2 trở lên');
  });

  it('makes no formula of what is guarded, and does of the same unguarded', () => {
    const cells = (rows: readonly (readonly string[])[]) => rows.slice(1).map(([cell = '']) => cell);
    expect(cells(sheets.guarded).map((cell) => cell.trimStart())).toEqual(
      formulas.map((one) => guarded(one).trimStart()),
    );
    expect(cells(sheets.raw).filter((cell) => cell === '2').length).toBeGreaterThan(0);
  });
});
