import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import writeExcelFile from 'write-excel-file/node';
import { afterAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { readCsv } from '../../../src/inventory/import/read-csv.ts';
import { readXlsx } from '../../../src/workbook/read-xlsx.ts';
import { cellName, type TableCell } from '../../../src/workbook/table.ts';
import { documentOf, levelValue } from '../../../src/inventory/import/values.ts';
import { dayValue } from '../../../src/workbook/day-value.ts';
import { parseInventory, readInventory } from '../../../src/inventory/read.ts';
import { UserError } from '../../../src/model/errors.ts';
import { importInventory } from '../../../src/pipeline/import-inventory.ts';
import { documentValue } from '../../../src/report/form/value.ts';
import { fillForm, writeForm } from '../../../src/report/form/write.ts';
import { loadCatalogue } from '../../../src/text/catalogue.ts';
import { inputOf, system } from '../../report/form/base.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasoat-import-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
let files = 0;
const fresh = (ending: string) => join(folder, `${String((files += 1))}${ending}`);
const text = (words: string): TableCell => ({ kind: 'text', text: words });
const catalogue = loadCatalogue();
const heads = Array.from({ length: 12 }, (_, at) => catalogue.say('vi', `forms.mau-08.col-${String(at + 1)}`));

async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const keyOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (one: unknown) => one,
  );
  if (!(error instanceof UserError)) throw new Error('no UserError', { cause: error });
  return error.problems[0]?.message.key ?? '';
};

describe('words of officials', () => {
  it.each([
    ['ngày 05 tháng 10 năm 2026', '2026-10-05'],
    ['Ngày 5 tháng 10 năm 2026.', '2026-10-05'],
    ['5/10/2026', '2026-10-05'],
    ['05-10-2026', '2026-10-05'],
    ['ngày 05/10/2026', '2026-10-05'],
    ['2026-10-05', '2026-10-05'],
    ['31/02/2026', undefined],
    ['tháng 12/2026', undefined],
    ['Quý IV/2026', undefined],
    ['5/10/26', undefined],
  ])('reads the day of "%s" as %s', (words, day) => {
    expect(dayValue(text(words))).toBe(day);
  });

  it.each([
    ['3', 3],
    ['Cấp độ 3', 3],
    ['cấp 2', 2],
    ['6', undefined],
    ['3-4', undefined],
    ['ba', undefined],
  ])('reads the level of "%s" as %s', (words, level) => {
    expect(levelValue(text(words))).toBe(level);
  });

  it.each([
    [
      '21/QĐ-UBND ngày 05/10/2026, UBND tỉnh Lai Châu',
      { number: '21/QĐ-UBND', date: '2026-10-05', issuer: 'UBND tỉnh Lai Châu' },
    ],
    [
      'Quyết định số 21/QĐ-UBND ngày 05 tháng 10 năm 2026 của UBND tỉnh',
      { number: '21/QĐ-UBND', date: '2026-10-05', issuer: 'UBND tỉnh' },
    ],
    ['Số: 7/2026/QĐ-STTTT, 1/5/2026', { number: '7/2026/QĐ-STTTT', date: '2026-05-01' }],
    [
      'QĐ 12/QĐ-SYT ngày 1.5.2026 do Sở Y tế ban hành',
      { number: 'QĐ 12/QĐ-SYT', date: '2026-05-01', issuer: 'Sở Y tế ban hành' },
    ],
    ['21/QĐ-UBND', undefined],
    ['ngày 05/10/2026', undefined],
    ['Đã có', undefined],
  ])('reads the document of "%s"', (words, document) => {
    expect(documentOf(text(words))).toEqual(document);
  });

  it('reads every document that a form prints', () => {
    const word = fc.stringMatching(/^[A-ZĐƯ][A-Za-zĐđưấ]{0,8}$/);
    const number = fc.tuple(fc.integer({ min: 1, max: 9999 }), word, word).map(([n, a, b]) => `${String(n)}/${a}-${b}`);
    const day = fc
      .date({ min: new Date('2010-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const issuer = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => `UBND ${words.join(' ')}`);
    fc.assert(
      fc.property(number, day, fc.option(issuer, { nil: undefined }), (one, date, by) => {
        const document = { number: one, date, ...(by === undefined ? {} : { issuer: by }) };
        expect(documentOf(text(documentValue(document) as string))).toEqual(document);
      }),
    );
  });

  it('names cells as people do', () => {
    expect([cellName(11, 5), cellName(0, 25), cellName(0, 26), cellName(0, 701), cellName(0, 702)]).toEqual([
      'F12',
      'Z1',
      'AA1',
      'ZZ1',
      'AAA1',
    ]);
  });
});

describe('from form to sheet to inventory', () => {
  const systems = [
    system('a'),
    system('b', { level: 2, dossier: 'dang-du-thao', decision: undefined, expectedApproval: '2027-02-28' } as never),
    system('c', { dossier: 'da-gui-tham-dinh', implementation: { state: 'mot-so-hang-muc', expected: '2027-06-01' } }),
    system('d', { level: 5, dossier: 'da-tham-dinh', implementation: { state: 'chua-trien-khai' } }),
    system('e', { dossier: 'chua-lap', regulation: undefined, implementation: undefined } as never),
    system('f', null, { owner: 'so-y-te' }),
  ].map((one) => JSON.parse(JSON.stringify(one)) as typeof one);

  it('gives the same classification, as far as the form tells it', async () => {
    const sheet = fresh('.xlsx');
    const out = fresh('.yaml');
    await writeForm(fillForm('mau-08', inputOf(systems)), sheet, { lang: 'vi' });
    const imported = await importInventory(sheet, out, 'vi');
    expect(imported.misread).toEqual([]);
    const { inventory } = await readInventory(out);
    const told = inventory.systems.map(({ name, owner, operator, classification }) => ({
      name,
      owner: inventory.organisations.find(({ id }) => id === owner)?.name,
      operator: inventory.organisations.find(({ id }) => id === operator)?.name,
      classification,
    }));
    const names = new Map(inputOf([]).inventory.organisations.map(({ id, name }) => [id, name]));
    expect(told).toEqual(
      systems.map(({ name, owner, operator, classification }) => {
        // Facts, law and documents of inspections are in no column; column 7 is for what is approved.
        const {
          facts: _facts,
          regime: _regime,
          inspections: _inspections,
          decision,
          ...rest
        } = classification ?? ({} as never);
        return {
          name,
          owner: names.get(owner),
          operator: names.get(operator),
          classification:
            classification === undefined
              ? undefined
              : { ...rest, ...(rest.dossier === 'da-phe-duyet' && decision !== undefined ? { decision } : {}) },
        };
      }),
    );
    // What column 12 says cannot stand without a document: a person is told.
    expect(readFileSync(out, 'utf8')).toMatch(/# TODO: inspections: .*dinh-ky/);
  });

  it('lists every cell that it does not understand, with its place and why, and writes the rest', async () => {
    const sheet = fresh('.xlsx');
    const row = [
      1,
      'Một cửa',
      'UBND tỉnh',
      'Sở A',
      'cấp ba',
      'Đang chờ',
      '21/QĐ',
      '20/QC ngày 1/9/2026',
      'Quý I/2027',
      'Xong',
      'sớm',
      'Có',
    ];
    await writeExcelFile([[null], heads, row, [null, 'I. SỞ Y TẾ'], [null, null, null, null, 3]] as never, {
      sheet: 'Danh sách',
    }).toFile(sheet);
    const out = fresh('.yaml');
    const { misread, systems: found } = await importInventory(sheet, out, 'vi');
    expect(found.map(({ id }) => id)).toEqual(['mot-cua']);
    expect(misread.map(({ sheet: of, cell, why }) => `${of} ${cell} ${why}`)).toEqual([
      'Danh sách E3 level',
      'Danh sách F3 state',
      'Danh sách G3 document',
      'Danh sách I3 day',
      'Danh sách J3 implementation',
      'Danh sách K3 day',
      'Danh sách L3 inspection',
      'Danh sách B4 not-a-system',
      'Danh sách E5 no-system-name',
    ]);
    expect(readFileSync(out, 'utf8')).toContain('Danh sách E3: "cấp ba"');
    expect((await readInventory(out)).inventory.systems).toHaveLength(1);
  });

  it('reads CSV as Excel saves it in Việt Nam: semicolons, a byte order mark, UTF-16', async () => {
    const lines = [
      heads,
      ['1', 'A; B', 'UBND', 'Sở "X"', '2', 'Đã thẩm định', '', '', 'ngày 05 tháng 10 năm 2026', '', '', ''],
    ];
    const csv = lines.map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\r\n');
    for (const bytes of [
      Buffer.from(`\ufeff${csv}`),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, 'utf16le')]),
    ]) {
      const file = fresh('.csv');
      writeFileSync(file, bytes);
      const out = fresh('.yaml');
      await importInventory(file, out, 'en');
      const { inventory } = await readInventory(out);
      expect(inventory.systems[0]).toMatchObject({
        name: 'A; B',
        classification: { level: 2, dossier: 'da-tham-dinh', expectedApproval: '2026-10-05' },
      });
      expect(inventory.organisations.map(({ name }) => name)).toContain('Sở "X"');
    }
  });

  it('takes merged cells as a reader does, and days by the format of their cell', async () => {
    const xml = (body: string) =>
      `<?xml version="1.0"?><worksheet xmlns="x"><sheetData>${body}</sheetData><mergeCells><mergeCell ref="C2:C3"/></mergeCells></worksheet>`;
    const cell = (at: string, words: string) => `<c r="${at}" t="inlineStr"><is><t>${words}</t></is></c>`;
    const head = `<row r="1">${heads.map((words, at) => cell(cellName(0, at), words)).join('')}</row>`;
    const rows = `<row r="2">${cell('B2', 'Một')}${cell('C2', 'UBND')}${cell('D2', 'Sở')}<c r="E2"><v>3</v></c><c r="I2" s="1"><v>46300</v></c></row><row r="3">${cell('B3', 'Hai')}${cell('D3', 'Sở')}</row>`;
    const bytes = await zipOf({
      'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="a"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="a" Target="worksheets/s.xml"/></Relationships>',
      'xl/styles.xml':
        '<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
      'xl/worksheets/s.xml': xml(head + rows),
    });
    const [table] = await readXlsx(bytes, 'x');
    expect(table?.rows[2]?.[2]).toEqual({ kind: 'text', text: 'UBND' });
    expect(table?.rows[1]?.[8]).toEqual({ kind: 'day', day: '2026-10-05' });
  });

  it('never writes over a file, and says what is no table', async () => {
    const sheet = fresh('.csv');
    writeFileSync(sheet, 'a,b\n1,2\n');
    expect(await keyOf(importInventory(sheet, fresh('.yaml'), 'vi'))).toBe('forms.import.no-table');
    writeFileSync(sheet, `${heads.map((one) => `"${one}"`).join()}\n1,A,B,C,1,,,,,,,\n`);
    const out = fresh('.yaml');
    writeFileSync(out, 'mine');
    expect(await keyOf(importInventory(sheet, out, 'vi'))).toBe('forms.import.exists');
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(await keyOf(importInventory(fresh('.ods'), out, 'vi'))).toBe('forms.import.extension');
    expect(await keyOf(importInventory(fresh('.csv'), out, 'vi'))).toBe('forms.import.missing');
  });
});

describe('the border', () => {
  const none = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  };
  const noneOf = async (work: Promise<unknown>): Promise<void> => {
    await work.catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
    });
  };

  it('ends a bomb at its limit, long before it is unpacked', async () => {
    const book = '<workbook><sheets/></workbook>';
    const bomb = await zipOf({ 'xl/workbook.xml': book, 'xl/sharedStrings.xml': Buffer.alloc(65 * 1024 * 1024, 0x20) });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await keyOf(readXlsx(bomb, 'x'))).toBe('forms.import.too-large');
  });

  it('refuses a DOCTYPE, entities and what is not well formed', async () => {
    for (const book of [
      '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>',
      '<workbook>&b;</workbook>',
      '<workbook>',
    ]) {
      expect(await keyOf(readXlsx(await zipOf({ 'xl/workbook.xml': book }), 'x'))).toBe('forms.import.not-xlsx');
    }
  });

  it('throws nothing but a UserError for any bytes, and for a workbook with any bytes changed', async () => {
    const sheet = fresh('.xlsx');
    await writeForm(fillForm('mau-08', inputOf([system('a')])), sheet, { lang: 'vi' });
    const good = readFileSync(sheet);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => noneOf(readXlsx(Buffer.from(bytes), 'x'))),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const bytes = Buffer.from(good);
          for (const [at, value] of changes) bytes[at] = value;
          await noneOf(readXlsx(bytes, 'x'));
        },
      ),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        none(() => readCsv(Buffer.from(bytes), 'x'));
      }),
    );
  });

  it('makes a valid inventory of any text in any cell', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 12, maxLength: 12 }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (rows) => {
          const line = (cells: readonly string[]) =>
            cells.map((cell) => `"${cell.toWellFormed().replaceAll('"', '""')}"`).join();
          const file = fresh('.csv');
          writeFileSync(file, [heads, ...rows].map(line).join('\n'));
          const out = fresh('.yaml');
          await noneOf(importInventory(file, out, 'vi').then(() => parseInventory(out, readFileSync(out, 'utf8'))));
        },
      ),
      { numRuns: 60 },
    );
  });
});
