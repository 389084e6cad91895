import fc from 'fast-check';
import { expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { cellText } from '../../src/workbook/cell-text.ts';
import { readXlsx } from '../../src/workbook/read-xlsx.ts';

async function readBack(texts: readonly string[]): Promise<readonly string[]> {
  const data = texts.map((value) => [{ value: cellText(value), type: String, format: '@' as const }]);
  const bytes = await writeExcelFile([{ sheet: 's', data }]).toBuffer();
  const [table] = await readXlsx(bytes, 'x.xlsx');
  return (table?.rows ?? []).map(([cell]) => (cell?.kind === 'text' ? cell.text : ''));
}

it('is read back as it was, whatever every object has and whatever looks like an escape', async () => {
  const texts = [
    'valueOf',
    'constructor',
    '__proto__',
    'toString',
    '_x000D_',
    'a_x0041_b',
    '_x_',
    'Đặng _xABCD',
    '=1+1',
  ];
  expect(await readBack(texts)).toEqual(texts);
});

it('is read back as it was: any words', async () => {
  const words = fc.string({
    unit: fc.constantFrom('_', 'x', '0', '4', '1', 'D', 'F', 'a', 'ễ', '='),
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        words.filter((word) => word.trim() === word),
        { minLength: 1, maxLength: 20 },
      ),
      async (texts) => {
        expect(await readBack(texts)).toEqual(texts);
      },
    ),
    { numRuns: 20 },
  );
});
