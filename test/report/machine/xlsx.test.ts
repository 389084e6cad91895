import { describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { readXlsx } from '../../../src/inventory/import/read-xlsx.ts';
import { bytesOf, nasty, province } from './forms.ts';

async function parts(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, string>();
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    all.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
  }
  return all;
}

const names = ['Tổng hợp', 'Độ phủ', 'Hệ thống', 'Phát hiện', 'Nghĩa vụ', 'Chi phí'];

describe('the workbook', async () => {
  const bytes = await bytesOf(province, { format: 'xlsx' });
  const files = await parts(bytes);
  const sheets = await readXlsx(bytes, 'a.xlsx');
  const table = (name: string) => {
    const rows = sheets.find(({ sheet }) => sheet === name)?.rows ?? [];
    const heads = (rows[0] ?? []).map((cell) => (cell?.kind === 'text' ? cell.text : ''));
    return { rows: rows.slice(1), column: (head: string) => heads.indexOf(head), heads };
  };

  it('has its sheets in the language, each with a head', async () => {
    expect(sheets.map(({ sheet }) => sheet)).toEqual(names);
    const english = await readXlsx(await bytesOf(province, { format: 'xlsx', lang: 'en' }), 'a.xlsx');
    expect(english.map(({ sheet }) => sheet)).toEqual([
      'Summary',
      'Coverage',
      'Systems',
      'Findings',
      'Obligations',
      'Cost',
    ]);
  });

  it('has a row for each finding, its days real days and its numbers numbers', () => {
    const { rows, column, heads } = table('Phát hiện');
    expect(rows).toHaveLength(province.findings.length);
    expect(rows[0]?.[column('Hạn')]).toEqual({ kind: 'day', day: '2026-09-16' });
    expect(rows[0]?.[column('Thấy lần đầu')]).toEqual({ kind: 'day', day: '2026-09-01' });
    expect(rows[0]?.[column('Số ngày quá hạn')]).toEqual({ kind: 'number', number: 67 });
    expect(rows[0]?.[column('Mức độ')]).toMatchObject({ kind: 'text', text: 'Cao' });
    // Codes beside words are for programs.
    expect(heads.filter((head) => head.startsWith('Mã mức') || head.startsWith('Mã kết'))).toEqual([]);
  });

  it('freezes and filters the head of every table, over all its rows', () => {
    for (const [at, name] of names.entries()) {
      const sheet = files.get(`xl/worksheets/sheet${String(at + 1)}.xml`) ?? '';
      if (at === 0) {
        expect(sheet).not.toContain('autoFilter');
        continue;
      }
      const { rows, heads } = table(name);
      expect(sheet).toContain('ySplit="1"');
      const [, last = '', lastRow] = /<autoFilter ref="A1:([A-Z]+)(\d+)"\/>/.exec(sheet) ?? [];
      expect(Number(lastRow)).toBe(rows.length + 1);
      expect(Array.from(last).reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0)).toBe(heads.length);
      expect(files.get('xl/workbook.xml')).toContain(`'${name}'!$A$1:$${last}$${String(lastRow)}</definedName>`);
    }
  });

  it('makes no formula and no link of hostile data', async () => {
    const hostile = await parts(await bytesOf(nasty, { format: 'xlsx' }));
    for (const [name, content] of hostile) {
      expect(content, name).not.toMatch(/<f>|<hyperlink|<script/);
    }
    const systems = (await readXlsx(await bytesOf(nasty, { format: 'xlsx' }), 'a.xlsx')).find(
      ({ sheet }) => sheet === 'Hệ thống',
    );
    expect(systems?.rows).toHaveLength(12);
  });
});
