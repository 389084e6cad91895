import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/model/package-root.ts';

type Words = {
  readonly fold: (text: string) => string;
  readonly holds: (folded: string, query: string) => boolean;
  readonly csv: (rows: readonly (readonly string[])[]) => string;
};

const context = createContext({});
for (const file of ['10-words.js', '30-csv.js'])
  runInContext(readFileSync(new URL(`templates/scripts/${file}`, packageRoot), 'utf8'), context);
const { fold, holds, csv } = runInContext('({ fold, holds, csv })', context) as Words;

describe('what the pages’ script does with words', () => {
  it('finds Vietnamese without its marks, both ways of writing it, and either case', () => {
    expect(fold('Cổng thông tin ĐIỆN TỬ tỉnh')).toBe('cong thong tin dien tu tinh');
    expect(fold('Đường'.normalize('NFD'))).toBe('duong');
    expect(holds(fold('Cổng thông tin điện tử'), 'tin CỔNG')).toBe(true);
    expect(holds(fold('Cổng thông tin điện tử'), 'cong van')).toBe(false);
  });

  it('writes CSV that reads back, with no cell that a spreadsheet would run', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('=1+1', ' =cmd|x', '@SUM(A1)', '+84', '-2', '\t=1', '＝1', '"a",b', 'x\r\ny', ''),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
        const text = csv(rows);
        expect(text.startsWith('\ufeff')).toBe(true);
        const read = parse(text.slice(1), { relax_column_count: true, record_delimiter: '\r\n' });
        expect(read).toHaveLength(rows.length);
        for (const [at, row] of rows.entries()) {
          for (const [column, value] of row.entries()) {
            const back = read[at]?.[column] ?? '';
            expect([value, `'${value}`]).toContain(back);
            expect(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(back) || /^[\t\r\n]/.test(back)).toBe(false);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
