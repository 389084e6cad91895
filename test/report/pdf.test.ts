import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { findChromium } from '../../src/report/pdf/find-chromium.ts';
import { printerFor } from '../../src/report/pdf/print.ts';
import { writeReport } from '../../src/report/write.ts';
import { fixture } from './fixture.ts';

const keyOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof UserError ? error.problems[0]?.message.key : error),
  );

describe('a report as PDF', () => {
  let folder = '';
  let written: Awaited<ReturnType<typeof writeReport>>;
  const env = process.env;
  const info = (file: string, ...args: string[]) => execFileSync('pdfinfo', [...args, file], { encoding: 'utf8' });
  const text = (file: string) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rasoat-pdf-'));
    written = await writeReport(fixture(4), join(folder, 'report'), { pdf: { which: 'province', lang: 'vi', env } });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('stands beside the pages, for its owner only, and leaves no profile behind', async () => {
    expect(written.pdf).toEqual(['index.pdf', 'cach-doc.pdf'].map((name) => join(folder, 'report', name)));
    for (const file of written.pdf ?? []) expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['report']);
  });

  it('is tagged A4 with a title, bookmarks and places, and names no folder of this machine', async () => {
    const [file = ''] = written.pdf ?? [];
    const told = info(file);
    expect(told).toMatch(/Tagged: +yes/);
    expect(told).toMatch(/Page size: +59[45].* x 84[12].*\(A4\)/);
    expect(told).toContain('Tỉnh Bình Minh');
    expect(info(file, '-dests')).toContain('"thoi-han"');
    const bytes = await readFile(file, 'latin1');
    expect(bytes).toContain('/Outlines');
    expect(bytes).not.toMatch(/file:\/\/|rasoat-pdf-/);
    expect(info(file, '-url')).not.toContain('file:');
  });

  it('has the name, the mark and its number on every page, and Vietnamese that can be searched', () => {
    const [file = ''] = written.pdf ?? [];
    const pages = text(file).split('\f').slice(0, -1);
    expect(pages.length).toBeGreaterThan(3);
    for (const [at, page] of pages.entries()) {
      expect(page).toContain('LƯU HÀNH NỘI BỘ');
      expect(page).toMatch(new RegExp(`Trang ${at + 1} / ${pages.length}`));
      expect(page).toContain('Tỉnh Bình Minh');
    }
    const all = pages.join('\n').replaceAll(/\s+/g, ' ');
    expect(all).toContain('Lực lượng tại chỗ');
    expect(all).toContain('Không đáp ứng');
    // What is folded on the screen is unfolded on paper: all six "rõ" of a task.
    expect(all).toContain('rõ thẩm quyền');
  });

  it('has no heading alone at the foot of a page', () => {
    const [file = ''] = written.pdf ?? [];
    const headings = [
      'Bốn lớp bảo vệ',
      'Cơ quan và bốn lớp',
      'Cấp độ và hồ sơ',
      'Thời hạn nhiệm vụ',
      'Việc cần làm',
      'Lượt rà soát',
    ];
    for (const page of text(file).split('\f')) {
      const lines = page
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      const last = lines.at(-2) ?? '';
      expect(headings).not.toContain(last);
    }
  });

  it('says what to install where there is no Chromium, before anything is drawn', async () => {
    const out = join(folder, 'none');
    const nowhere = { which: 'all', lang: 'vi', env: { PATH: folder } } as const;
    expect(await keyOf(writeReport(fixture(2), out, { pdf: nowhere }))).toBe('shell.pdf.no-chromium');
    expect(await readdir(folder)).toEqual(['report']);
    expect(await keyOf(findChromium(join(folder, 'no-such'), env))).toBe('shell.pdf.not-chromium');
  });

  it('says so where the program is no Chromium, and writes nothing', async () => {
    const impostor = join(folder, 'impostor');
    await writeFile(impostor, '#!/bin/sh\necho not me >&2\nexit 3\n');
    await chmod(impostor, 0o755);
    const out = join(folder, 'half');
    const pdf = { which: 'province', lang: 'vi', env, chromium: impostor } as const;
    expect(await keyOf(writeReport(fixture(2), out, { pdf }))).toBe('shell.pdf.not-chromium');
    expect((await readdir(folder)).sort()).toEqual(['impostor', 'report']);
  });

  it('knows the organisations that have a page', async () => {
    const ask = async (which: string, travelling = false) =>
      printerFor(fixture(4), travelling, { which, lang: 'en', env });
    expect(await keyOf(ask('khong-co'))).toBe('shell.pdf.unknown-organisation');
    expect(await keyOf(ask('van-phong-ubnd'))).toBe('no error');
    expect(await keyOf(ask('van-phong-ubnd', true))).toBe('shell.pdf.unknown-organisation');
  });
});
