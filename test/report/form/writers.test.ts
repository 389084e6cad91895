import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { readXlsx } from '../../../src/workbook/read-xlsx.ts';
import { UserError } from '../../../src/model/errors.ts';
import type { Paper } from '../../../src/report/form/paper.ts';
import { fillForm, formatOf, writeForm } from '../../../src/report/form/write.ts';
import { wordFile } from '../../setup/word/package.ts';
import { wordTemplates } from '../../setup/word/templates.ts';
import { paragraph } from '../../setup/word/xml.ts';
import { fixture } from '../fixture.ts';
import { inputOf, rowsOf, system } from './base.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasoat-forms-'));
afterAll(async () => (await import('node:fs/promises')).rm(folder, { recursive: true }));

/** What a hostile name of a system must not become. */
const hostile = '=HYPERLINK("http://evil.example","x")<script>&{tong_so}\u202e';
const paper = fillForm('mau-08', inputOf([system('a', {}, { name: hostile }), system('b', { dossier: 'chua-lap' })]));

async function written(name: string, of: Paper = paper, template?: string): Promise<Buffer> {
  const file = join(folder, name);
  await writeForm(of, file, { lang: 'vi', ...(template === undefined ? {} : { template }) });
  return readFileSync(file);
}

async function part(bytes: Buffer, path: string): Promise<string> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== path) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
  throw new Error(`no ${path}`);
}

const code = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (one: unknown) => one,
  );
  if (!(error instanceof UserError)) throw new Error('no UserError', { cause: error });
  return error.problems[0]?.message.key ?? '';
};

describe('files', () => {
  it('chooses the format by the name and refuses any other', () => {
    expect(formatOf('/x/BAO CAO.DOCX')).toBe('.docx');
    expect(() => formatOf('bao-cao.pdf')).toThrow(UserError);
    expect(() => formatOf('bao-cao.xlsx', 'mau.docx')).toThrow(UserError);
  });

  it('is for its owner only, takes the place of an older one and leaves nothing beside it', async () => {
    writeFileSync(join(folder, 'old.html'), 'old');
    await written('old.html');
    expect(readFileSync(join(folder, 'old.html'), 'utf8')).toContain('Mẫu 08');
    expect(statSync(join(folder, 'old.html')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(await code(written('no-such-folder/x.html'))).toBe('forms.error.out-folder');
  });
});

describe('DOCX', () => {
  it('has the layout of Decree 30/2020, Annex I', async () => {
    const text = await part(await written('a.docx'), 'word/document.xml');
    const sizes = [...text.matchAll(/<w:pgSz w:w="(\d+)" w:h="(\d+)"/g)].map(([, w, h]) => `${w ?? ''}x${h ?? ''}`);
    // Twentieths of a point: A4; cover and paper upright, three annexes across.
    expect(sizes).toEqual(['11906x16838', '11906x16838', '16838x11906', '16838x11906', '16838x11906']);
    const millimetres = (name: string) =>
      [...text.matchAll(new RegExp(`<w:pgMar[^>]*w:${name}="(\\d+)"`, 'g'))].map(
        (one) => (Number(one[1]) / 1440) * 25.4,
      );
    for (const [name, least, most] of [
      ['top', 20, 25],
      ['bottom', 20, 25],
      ['left', 30, 35],
      ['right', 15, 20],
    ] as const) {
      for (const margin of millimetres(name)) {
        expect(margin).toBeGreaterThan(least - 0.01);
        expect(margin).toBeLessThan(most + 0.01);
      }
    }
    // The cover has no page number; the paper and each annex begin at 1 and show none on their first page.
    expect(text.match(/<w:pgNumType w:start="1"\/>/g)).toHaveLength(4);
    expect(text.match(/<w:titlePg\/>/g)).toHaveLength(4);
    expect(text.match(/<w:tblHeader\/>/g)?.length).toBeGreaterThan(3);
    expect(text).toContain('DỰ THẢO');
    expect(await part(await written('a.docx'), 'word/header1.xml')).toContain('<w:jc w:val="center"/>');
  });

  it('escapes names, fills no place that a name pretends to be, and leaves none unfilled', async () => {
    const text = await part(await written('b.docx'), 'word/document.xml');
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;&amp;{tong_so}⟨U+202E⟩');
    expect(text.replaceAll('{tong_so}⟨', '')).not.toMatch(/[{}]/);
  });

  it('fills every form, also one without a single system', async () => {
    for (const kind of ['mau-08', 'periodic', 'plan'] as const) {
      const empty = fillForm(kind, inputOf([], { organisation: 'khac' }));
      expect(await part(await written(`${kind}.docx`, empty), 'word/document.xml')).not.toMatch(/[{}]/);
    }
  });

  it('takes the template of the office, and names the places that it has and the form has not', async () => {
    const own = join(folder, 'own.docx');
    writeFileSync(own, await wordFile(paragraph('Tổng: {tong_so} của {co_quan}')));
    const text = await part(await written('own-out.docx', paper, own), 'word/document.xml');
    expect(text).toMatch(/Tổng: .*2.*ỦY BAN NHÂN DÂN/s);
    writeFileSync(own, await wordFile(paragraph('{tong_so} {tong_sai}')));
    expect(await code(written('c.docx', paper, own))).toBe('forms.error.template-tags');
    writeFileSync(own, 'no zip');
    expect(await code(written('c.docx', paper, own))).toBe('forms.error.template-broken');
    expect(await code(written('c.docx', paper, join(folder, 'none.docx')))).toBe('forms.error.template-missing');
    writeFileSync(own, await wordFile(paragraph('{#he_thong}{stt}')));
    expect(await code(written('c.docx', paper, own))).toBe('forms.error.template-broken');
    writeFileSync(own, await wordFile('\u0020'.repeat(65 * 1024 * 1024)));
    expect(await code(written('c.docx', paper, own))).toBe('forms.error.template-large');
    expect(readdirSync(folder)).not.toContain('c.docx');
  });

  it('is filled into templates that are what the code makes of the forms today', async () => {
    for (const { path, bytes } of await wordTemplates()) expect(readFileSync(path).equals(bytes), path).toBe(true);
  });
});

describe('XLSX', () => {
  it('is read back with its types: no formula, days as days, levels as numbers', async () => {
    const bytes = await written('a.xlsx');
    const sheets = await readXlsx(bytes, 'a.xlsx');
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Kiểm tra', 'Báo cáo', 'Phụ lục I', 'Phụ lục II', 'Phụ lục III']);
    const row = sheets[2]?.rows.find((cells) => cells[0]?.kind === 'number') ?? [];
    expect(row[1]).toMatchObject({ kind: 'text', text: hostile.replace('\u202e', '⟨U+202E⟩') });
    expect(row[4]).toEqual({ kind: 'number', number: 3 });
    const sheet = await part(bytes, 'xl/worksheets/sheet3.xml');
    expect(sheet).not.toContain('<f>');
    // Three lines of title, the head, the row of numbers: in sight on the screen and on every page.
    expect(sheet).toContain('ySplit="5"');
    expect(sheet).toMatch(/<pageSetup paperSize="9" orientation="landscape" fitToWidth="1"/);
    expect(await part(bytes, 'xl/workbook.xml')).toContain("'Phụ lục I'!$1:$5");
  });
});

describe('HTML', () => {
  it('asks nobody for anything, and its one style is the one that its policy names', async () => {
    const text = (await written('a.html')).toString('utf8');
    const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(text).toContain(
      `default-src &#x27;none&#x27;; style-src &#x27;sha256-${hash.replaceAll('=', '&#x3D;')}&#x27;`,
    );
    expect(text).not.toMatch(/<script|<link|<img|url\(|@import|https?:\/\/(?!evil)/);
    expect(text).toContain('&lt;script&gt;');
  });

  it('has the cover in the language asked for and the form in Vietnamese', async () => {
    const file = join(folder, 'en.html');
    await writeForm(paper, file, { lang: 'en' });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('CHECK PAGE');
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(text).toContain('Tổng số hệ thống thông tin thuộc phạm vi quản lý: 2;');
  });
});

describe('plan and periodic report', () => {
  const report = fixture();
  const input = { ...inputOf([]), inventory: report.inventory, report };

  it('has the systems of that organisation and no other', () => {
    for (const { owner } of report.inventory.systems) {
      const plan = fillForm('plan', { ...input, organisation: owner });
      const text = JSON.stringify(plan);
      for (const other of report.inventory.systems) {
        if (other.owner !== owner)
          expect(text.includes(other.name), `${other.name} in the plan of ${owner}`).toBe(false);
      }
    }
  });

  it('groups what fails by change, worst first, and proposes a day by the convention', () => {
    const plan = fillForm('plan', { ...input, organisation: report.inventory.systems[0]?.owner ?? '' });
    const rows = rowsOf(plan, 'viec');
    expect(rows.length).toBeGreaterThan(1);
    const changes = rows.map(({ kh_viec }) => JSON.stringify(kh_viec));
    expect(new Set(changes).size).toBe(changes.length);
    const days = rows.map(({ kh_han }) =>
      kh_han !== null && typeof kh_han === 'object' && 'day' in kh_han ? kh_han.day : '9',
    );
    expect(days).toEqual(days.toSorted());
    expect(() => fillForm('plan', input)).toThrow(UserError);
  });

  it('counts as mended only what passes now; what was not seen again is told apart', () => {
    const [fail] = report.findings.filter(({ outcome }) => outcome === 'fail');
    if (fail === undefined) throw new Error('the fixture has no failure');
    const pass = report.findings.find(({ outcome, system: of }) => outcome === 'pass' && of === fail.system);
    if (pass === undefined) throw new Error('the fixture has no pass');
    const findings = [fail, { ...pass, outcome: 'fail' as const }, { ...fail, check: 'gone' }];
    const periodic = fillForm('periodic', {
      ...input,
      organisation: 'van-phong-ubnd',
      previous: { on: '2026-09-01', findings },
    });
    const all = fillForm('periodic', {
      ...input,
      organisation: fail.system === '' ? '' : ownerOf(fail.system),
      previous: { on: '2026-09-01', findings },
    });
    expect(periodic.kind).toBe('periodic');
    expect(all.filled['results']).toMatchObject({ since: '2026-09-01', fixed: 1, remaining: 1, unseen: 1 });
  });

  it('is quarterly unless the inventory says otherwise, and prints that as a convention', () => {
    const monthly = { ...input.inventory, conventions: { reportEvery: 'month' as const } };
    const of = (inventory: typeof input.inventory) => JSON.stringify(fillForm('periodic', { ...input, inventory }));
    expect(of(input.inventory)).toContain('forms.periodic.convention-quarter');
    expect(of(monthly)).toContain('forms.periodic.convention-month');
  });

  function ownerOf(id: string): string {
    return report.inventory.systems.find((one) => one.id === id)?.owner ?? '';
  }
});
