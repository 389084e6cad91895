import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import type { ReportData } from '../../../src/model/report-data.ts';
import { exportReport } from '../../../src/report/machine/export.ts';
import { exportFormats } from '../../../src/report/machine/formats.ts';
import type { ReportDocument } from '../../../src/report/machine/json-schema.ts';
import { writeExport } from '../../../src/report/machine/write.ts';
import { loadCatalogue } from '../../../src/text/catalogue.ts';
import { fixture } from '../fixture.ts';
import { bytesOf, province, textOf } from './forms.ts';
import { readXlsx } from '../../../src/inventory/import/read-xlsx.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasoat-export-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const code = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (one: unknown) => one,
  );
  if (!(error instanceof UserError)) throw new Error('no UserError', { cause: error });
  return error.problems[0]?.message.key ?? '';
};

/** Everything that a form says, also what a workbook packs. */
async function saidBy(data: ReportData, format: (typeof exportFormats)[number], owner?: string): Promise<string> {
  const bytes = await bytesOf(data, { format, ...(owner === undefined ? {} : { owner }) });
  return format === 'xlsx' ? JSON.stringify(await readXlsx(bytes, 'a.xlsx')) : bytes.toString('utf8');
}

/** The province where one system holds state secrets by permit, so it was scanned, and one is military with endpoints listed. */
function withSecrets(): ReportData {
  const data = fixture();
  const systems = data.inventory.systems.map((system) => {
    if (system.id === 'benh-an')
      return { ...system, stateSecret: true, stateSecretPermit: { number: '9/QĐ', date: '2026-10-01' } };
    return system.id === 'tuyen-sinh' ? { ...system, excluded: 'quan-su' as const } : system;
  });
  const hidden = 'https://benh-an.binhminh.example/ [198.51.100.7]';
  const findings = data.findings.map((finding, at) =>
    at === 0
      ? {
          ...finding,
          evidence: [{ at: '/key', saw: { also: [hidden] }, because: { vi: 'Chung khóa', en: 'Shared key' } }],
        }
      : finding,
  );
  return { ...data, findings, inventory: { ...data.inventory, systems } };
}

describe('every form', () => {
  it.each(exportFormats)(
    '%s is the same bytes from the same run, and tells no person of the inventory',
    async (format) => {
      const one = await bytesOf(province, { format });
      // A zip tells even seconds, a document may tell milliseconds.
      vi.useFakeTimers({ now: Date.now() + 86_400_000, toFake: ['Date'] });
      const other = await bytesOf(structuredClone(province), { format }).finally(() => vi.useRealTimers());
      expect(one.length).toBeGreaterThan(1000);
      expect(one.equals(other)).toBe(true);
      const said = format === 'xlsx' ? JSON.stringify(await readXlsx(one, 'a.xlsx')) : one.toString('utf8');
      expect(said).not.toMatch(/Phạm Minh Đức|0200 000|vp@binhminh|Vũ Đình Long|Đặng Thu Hà|Trần Thị Mai|Lê Quốc Hưng/);
    },
  );

  it.each(exportFormats)('%s names no excluded system and none of state secrets, by host or by id', async (format) => {
    const data = withSecrets();
    const targets = data.targets.map(({ key }) => key);
    expect(targets.filter((key) => /benh-an|tuyen-sinh/.test(key))).toHaveLength(3);
    expect(await saidBy(data, format)).not.toMatch(/benh-an|tuyen-sinh|luu-tru-dang|198\.51\.100\.(7|9|12)\b/);
  });

  it.each(exportFormats)('%s of one organisation holds its systems and nobody else’s', async (format) => {
    const said = await saidBy(province, format, 'so-gddt');
    expect(said).toContain('tuyen-sinh');
    expect(said).not.toMatch(/benh-an|cong-dich-vu-cong|thu-dien-tu|trung-tam-du-lieu/);
  });
});

describe('refusals', () => {
  it('of an organisation that is not there, and of a table without CSV', async () => {
    const none = exportReport(province, { format: 'json', lang: 'vi', owner: 'khong-co' });
    expect(await code(none)).toBe('machine.error.organisation');
    const table = exportReport(province, { format: 'sarif', lang: 'vi', of: 'systems' });
    expect(await code(table)).toBe('machine.error.of-without-csv');
  });
});

describe('writeExport', () => {
  const form = { kind: 'text', pieces: ['a', 'b\n'] } as const;

  it('writes for its owner only, over an older file, and leaves nothing beside it', async () => {
    const file = join(folder, 'a.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    expect(await writeExport(form, file)).toEqual({ bytes: 3 });
    expect(readFileSync(file, 'utf8')).toBe('ab\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('writes nothing when it breaks half-way, and keeps the older file', async () => {
    const file = join(folder, 'a.json');
    function* breaking(): Generator<string> {
      yield 'x'.repeat(3 << 20);
      throw new Error('broken');
    }
    await expect(writeExport({ kind: 'text', pieces: breaking() }, file)).rejects.toThrow('broken');
    expect(readFileSync(file, 'utf8')).toBe('ab\n');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('says what is wrong with a place that is no good', async () => {
    expect(await code(writeExport(form, join(folder, 'none', 'a.json')))).toBe('machine.error.file');
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe('the catalogue', () => {
  it('has every sentence that the forms say, and no column without one', async () => {
    const catalogue = loadCatalogue();
    const heads = (
      await Promise.all(
        (['findings', 'systems', 'obligations', 'targets'] as const).map((of) =>
          textOf(province, { format: 'csv', of }),
        ),
      )
    ).flatMap((text) => text.slice(1).split('\r\n')[0]?.split(',') ?? []);
    expect(heads.filter((key) => !catalogue.has(`machine.col-${key}`))).toEqual([]);
  });

  it('counts in one document what the others count', async () => {
    const { findings } = JSON.parse(await textOf(province, { format: 'json' })) as ReportDocument;
    expect((await textOf(province, { format: 'csv' })).split('\r\n')).toHaveLength(findings.length + 2);
  });
});
