import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { columns, type Column } from '../../src/answers/columns.ts';
import { readXlsx } from '../../src/workbook/read-xlsx.ts';
import { cellName, cellText } from '../../src/workbook/table.ts';
import { allFail, dayAgo, makePlace, type Place } from './place.ts';

/** Everything that a text must not become: a formula, markup, an escaped character, hidden or endless. */
const hostile = '=HYPERLINK("http://x","y")<b>&_x0041_\u202e\u0007\u200b';
let place: Place;
let ids: ReadonlyMap<string, string>;
let sent = '';
let parts: ReadonlyMap<string, string>;
const id = (name: string) => ids.get(name) ?? `no ${name}`;
const main = 'xl/worksheets/sheet1.xml';

beforeAll(async () => {
  place = await makePlace(hostile);
  await place.scan(9, allFail);
  await place.scan(8, allFail);
  ids = await place.ids();
  const aside = ['--by', 'A', '--approved-by', 'B', '--document', '1', '--reason', 'r'];
  await place.ask(['track', 'set', id('own/low'), 'waived', ...aside]);
  sent = await place.send('.xlsx');
  parts = await unzip(readFileSync(sent));
});
afterAll(() => place.close());

async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    found.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
  }
  return found;
}

async function zipped(content: ReadonlyMap<string, string>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, text] of content) zip.addBuffer(Buffer.from(text), path);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Where each finding stands in the sheet, by row from 0. */
async function rowsOf(bytes: Buffer): Promise<ReadonlyMap<string, number>> {
  const [table] = await readXlsx(bytes, 'x.xlsx');
  return new Map(table?.rows.map((row, at) => [cellText(row[0]), at]));
}

/** Types into cells as a program stores what was typed: texts inline, days as serial numbers. */
async function typed(
  into: string,
  answers: Readonly<Record<string, Partial<Record<Column, string | number>>>>,
): Promise<void> {
  const content = await unzip(readFileSync(sent));
  const rows = await rowsOf(readFileSync(sent));
  let xml = content.get(main) ?? '';
  for (const [finding, cells] of Object.entries(answers)) {
    for (const [column, value] of Object.entries(cells)) {
      const name = cellName(rows.get(finding) ?? 0, columns.indexOf(column as Column));
      const cell = new RegExp(`<c r="${name}" s="(\\d+)"(?:/>| t="s"><v>\\d+</v></c>)`);
      expect(xml).toMatch(cell);
      xml = xml.replace(cell, (_, style: string) =>
        typeof value === 'number'
          ? `<c r="${name}" s="${style}"><v>${String(value)}</v></c>`
          : `<c r="${name}" s="${style}" t="inlineStr"><is><t>${value.replaceAll('&', '&amp;')}</t></is></c>`,
      );
    }
  }
  content.set(main, xml);
  writeFileSync(into, await zipped(content));
}

const serial = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;

/** Opens a file in LibreOffice and saves it in another form. */
async function libreOffice(file: string, form: string, into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  const profile = `-env:UserInstallation=file://${place.folder.file('office')}`;
  const child = spawn('soffice', ['--headless', profile, '--convert-to', form, '--outdir', into, file], {
    env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: place.folder.path },
    stdio: 'ignore',
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('close', () => {
      resolve();
    });
  });
}

const validationsOf = (xml: string) =>
  [...xml.matchAll(/<dataValidation ([^>]*)>(.*?)<\/dataValidation>/gs)].map(([, attributes = '', inner = '']) => ({
    type: /type="(\w+)"/.exec(attributes)?.[1],
    cells: /sqref="([^"]*)"/.exec(attributes)?.[1]?.split(' ') ?? [],
    formulas: [...inner.matchAll(/<formula\d>(.*?)<\/formula\d>/g)].map(([, one = '']) =>
      one.replaceAll('&quot;', '"'),
    ),
  }));

const words = 'Đang xử lý,Đã khắc phục,Đề nghị chấp nhận rủi ro có thời hạn,Báo động sai,Không thuộc đơn vị';

describe('a sheet as workbook', () => {
  it('shows the findings of owned and operated systems, the first due first, what is set aside closed', async () => {
    const rows = await rowsOf(readFileSync(sent));
    const order = [...rows.keys()].filter((one) => /^[0-9a-f]{16}$/.test(one));
    expect(order).toEqual(['own/crit', 'operated/high', 'own/high', 'own/low'].map(id));
  });

  it('has drop-downs, rules of days and of lengths for open rows alone', () => {
    const rules = validationsOf(parts.get(main) ?? '');
    const list = rules.find(({ type }) => type === 'list');
    expect(list).toMatchObject({ cells: ['J5:J7'], formulas: [`"${words}"`] });
    const days = rules.filter(({ type }) => type === 'date');
    expect(days.map(({ cells, formulas }) => [cells.join(' '), ...formulas])).toEqual([
      ['K5:K7', String(serial(dayAgo(9))), 'TODAY()'],
      ['N5:N7', 'TODAY()'],
      ['P5', 'TODAY()', 'TODAY()+90'],
      ['P6:P7', 'TODAY()', 'TODAY()+365'],
    ]);
    expect(rules.filter(({ type }) => type === 'textLength').flatMap(({ cells }) => cells)).toHaveLength(5);
  });

  it('is locked but for the answers of open rows, with heads frozen, and elements in their order', () => {
    for (const sheet of ['1', '2', '3'])
      expect(parts.get(`xl/worksheets/sheet${sheet}.xml`)).toContain('<sheetProtection sheet="1"');
    const xml = parts.get(main) ?? '';
    expect(xml).toMatch(/<pane ySplit="4" xSplit="1"[^>]*state="frozen"/);
    const order = [
      '</sheetData>',
      '<sheetProtection',
      '<mergeCells',
      '<dataValidations',
      '<pageMargins',
      '<pageSetup',
      '<headerFooter',
    ];
    const places = order.map((one) => xml.indexOf(one));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    const styles = [
      ...(/<cellXfs.*<\/cellXfs>/s.exec(parts.get('xl/styles.xml') ?? '')?.[0] ?? '').matchAll(/<xf .*?<\/xf>/gs),
    ];
    const open = [...xml.matchAll(/<c r="([A-Z]+\d+)" s="(\d+)"/g)]
      .filter(([, , style]) => styles[Number(style)]?.[0].includes('<protection locked="0"/>'))
      .map(([, name]) => name);
    expect(open).toEqual([5, 6, 7].flatMap((row) => Array.from('JKLMNOPQR', (letter) => `${letter}${String(row)}`)));
  });

  it('makes no text a formula, and is read as it was written', async () => {
    for (const [path, xml] of parts) if (path.startsWith('xl/worksheets/')) expect(xml).not.toContain('<f>');
    const [table] = await readXlsx(readFileSync(sent), 'x.xlsx');
    const row = table?.rows.find(([first]) => cellText(first) === id('own/crit'));
    expect(cellText(row?.[1])).toBe('Hệ thống own=HYPERLINK("http://x","y")<b>&_x0041_');
  });

  it('is in English too, and never written over', async () => {
    const english = await unzip(readFileSync(await place.send('.xlsx', 'a', 'en')));
    expect(validationsOf(english.get(main) ?? '')[0]?.formulas).toEqual([
      '"In progress,Fixed,Request a waiver,False alarm,Not ours"',
    ]);
    const again = await place.ask(['answers', 'export', '--owner', 'a', '--to', sent]);
    expect(again).toMatchObject({ code: 2 });
    expect(again.err).toContain('may hold answers');
    expect(
      await place.ask(['answers', 'export', '--owner', 'nobody', '--to', place.folder.file('n.xlsx')]),
    ).toMatchObject({ code: 2 });
    const nothing = await place.ask(['answers', 'export', '--owner', 'empty', '--to', place.folder.file('e.xlsx')]);
    expect(nothing).toMatchObject({ code: 0 });
    expect(nothing.out).toContain('nothing to answer');
  });
});

describe('through LibreOffice and back', () => {
  it('keeps drop-downs, rules and locks, and takes the answers that were typed', async () => {
    const answered = place.folder.file('answered.xlsx');
    const saved = place.folder.file('saved');
    await typed(answered, {
      [id('own/crit')]: { answer: 'Đã khắc phục', fixedOn: serial(dayAgo(0)), person: 'Lò Văn A' },
      [id('own/high')]: {
        answer: 'Đề nghị chấp nhận rủi ro có thời hạn',
        person: 'Lò Văn A',
        documentNumber: '12/CV-SYT',
        documentDate: serial('2025-11-20'),
        reason: '=1+1 chờ dự án',
        until: dayAgo(-30).split('-').reverse().join('/'),
        evidence: 'Biên bản 7/BB',
      },
      [id('operated/high')]: { answer: 'Đang xử lý', person: 'Lò Văn A', system: 'altered' },
    });
    await libreOffice(answered, 'xlsx', saved);
    const file = `${saved}/answered.xlsx`;
    const resaved = await unzip(readFileSync(file));
    const rules = validationsOf(resaved.get(main) ?? '');
    expect(rules.find(({ type }) => type === 'list')?.formulas[0]).toBe(`"${words}"`);
    expect(rules.filter(({ type }) => type === 'date')).toHaveLength(4);
    expect(resaved.get(main)).toMatch(/<sheetProtection[^>]*sheet="(?:1|true)"/);
    const { code, lines } = await place.json(['answers', 'import', file]);
    expect(code).toBe(1);
    expect(lines.map(({ finding, answer, result, code: why, row }) => ({ finding, answer, result, why, row }))).toEqual(
      expect.arrayContaining([
        { finding: id('own/crit'), answer: 'fixed', result: 'accepted', why: null, row: 'Trả lời!J5' },
        {
          finding: id('own/high'),
          answer: 'waiver',
          result: 'accepted',
          why: null,
          row: 'Trả lời!J7',
        },
        {
          finding: id('operated/high'),
          answer: 'in-progress',
          result: 'refused',
          why: 'altered',
          row: 'Trả lời!A6',
        },
        { finding: id('own/low'), answer: null, result: 'unchanged', why: 'blank', row: 'Trả lời!J8' },
      ]),
    );
    const lives = await place.store.track.lives();
    expect(lives.find((life) => life.id === id('own/crit'))?.word).toMatchObject({
      word: 'claimed-fixed',
      on: dayAgo(0),
    });
    expect(lives.find((life) => life.id === id('own/high'))?.request).toMatchObject({
      document: '12/CV-SYT ngày 20/11/2025',
      reason: '=1+1 chờ dự án',
      until: dayAgo(-30),
    });
  });
});
