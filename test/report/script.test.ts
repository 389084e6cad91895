import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/report/write.ts';
import { flags, open, patience } from './browse.ts';
import { fixture } from './fixture.ts';
import { hostile } from './hostile.ts';

/** Rows of a section that are seen. */
const rowsShown = (section: string) =>
  `[...document.getElementById('${section}').closest('section').querySelectorAll('table.filtered > tbody > tr')].filter((row) => !row.hidden).length`;
const said = (section: string) => `document.querySelector('[data-filter=${section}] .filter-said').textContent`;

describe('the script of the pages', () => {
  let folder = '';
  let context: BrowserContext | undefined;
  const wrong: string[] = [];
  const at = (path: string, kind = 'plain'): Promise<Page> => open(context, join(folder, kind, path), wrong);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rasoat-script-'));
    await writeReport(fixture(), join(folder, 'plain'));
    await writeReport(hostile(fixture()), join(folder, 'hostile'));
    await writeReport(fixture(), join(folder, 'travelling'), { travelling: true });
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      ...patience,
      executablePath: '/usr/bin/chromium',
      args: flags,
      acceptDownloads: true,
    });
  });
  afterEach(async () => {
    for (const page of context?.pages().slice(1) ?? []) await page.close();
    expect(wrong).toEqual([]);
  });
  afterAll(async () => {
    await context?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('finds a system without its marks and opens it by keyboard alone, from every kind of page', async () => {
    for (const path of ['index.html', 'kiem-tra.html', 'cach-doc.html', 'en/system/benh-an.html']) {
      const page = await at(path);
      await page.keyboard.press('/');
      await page.keyboard.type('cong dich vu');
      const options = page.getByRole('option');
      expect(await options.first().textContent()).toContain(path.startsWith('en/') ? 'portal' : 'Cổng dịch vụ công');
      const input = page.getByRole('combobox').first();
      expect(await input.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('ArrowDown');
      expect(await input.getAttribute('aria-activedescendant')).toBe('find-0');
      expect(await options.first().getAttribute('aria-selected')).toBe('true');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/cong-dich-vu-cong\.html$/);
      expect(page.url().includes('/en/')).toBe(path.startsWith('en/'));
    }
  });

  it('finds by owner, by host and by id; says when nothing is found; Escape gives the box back', async () => {
    const page = await at('index.html');
    const input = page.getByRole('combobox').first();
    const status = page.locator('.find-said');
    for (const [asked, first] of [
      ['so y te', 'Bệnh án điện tử Bệnh viện tỉnh'],
      ['TUYEN-SINH', 'Cổng tuyển sinh đầu cấp'],
      ['cong-dich-vu-cong.binhminh.example', 'Cổng dịch vụ công tỉnh'],
    ] as const) {
      await input.fill(asked);
      expect([asked, await page.locator('.find li').allTextContents()]).toEqual([
        asked,
        expect.arrayContaining([expect.stringContaining(first)]),
      ]);
    }
    await input.fill('khong co dau');
    expect(await status.textContent()).toBe('Không có hệ thống hay cơ quan nào khớp');
    expect(await input.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Escape');
    expect(await input.inputValue()).toBe('');
  });

  it('narrows the auditor’s rows by list and by words, says so, and keeps it in the address', async () => {
    const page = await at('kiem-tra.html');
    const all = await page.evaluate<number>(rowsShown('doi-chieu'));
    expect(all).toBe(12);
    await page.locator('#loc-doi-chieu-l').selectOption('3');
    const third = await page.evaluate<number>(rowsShown('doi-chieu'));
    await page.locator('#loc-doi-chieu-q').fill('van phong');
    const both = await page.evaluate<number>(rowsShown('doi-chieu'));
    expect(third).toBeLessThan(all);
    expect(both).toBeLessThan(third);
    expect(both).toBeGreaterThan(0);
    expect(await page.evaluate(said('doi-chieu'))).toBe(
      `Đang hiện ${both} trong ${all} dòng (Có chữ: van phong; Cấp độ: Cấp độ 3).`,
    );
    expect(new URL(page.url()).hash).toBe('#doi-chieu?q=van+phong&l=3');
    // Somebody else opens the address.
    const other = await at(`kiem-tra.html${new URL(page.url()).hash}`);
    expect(await other.evaluate<number>(rowsShown('doi-chieu'))).toBe(both);
    // The other language, same rows.
    await page.locator('.top .language a').click();
    await page.waitForURL(/\/en\/audit\.html/);
    expect(await page.evaluate<number>(rowsShown('doi-chieu'))).toBe(both);
    await page.getByRole('button', { name: 'Clear' }).first().click();
    expect(await page.evaluate<number>(rowsShown('doi-chieu'))).toBe(all);
    expect(await page.evaluate(said('doi-chieu'))).toBe('');
  });

  it('opens groups that hold what is asked, and puts them back', async () => {
    const page = await at('index.html');
    const states = `[...document.querySelectorAll('details.group')].map((one) => one.hidden ? 'hidden' : one.open ? 'open' : 'shut')`;
    const before = await page.evaluate(states);
    await page.locator('#loc-he-thong-q').fill('cong dich vu');
    expect(await page.evaluate(rowsShown('he-thong'))).toBe(1);
    expect(await page.evaluate<string[]>(states)).toContain('hidden');
    await page.locator('[data-filter=he-thong] [data-do=clear]').click();
    expect(await page.evaluate(states)).toEqual(before);
  });

  it('keeps the reader’s place when the language is changed', async () => {
    const page = await at('he-thong/cong-dich-vu-cong.html');
    await page.evaluate(`document.getElementById('diem-truy-cap').scrollIntoView()`);
    await page.locator('.contents .language a').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/en\/system\/.*#diem-truy-cap$/);
    const top = await page.evaluate<number>(`document.getElementById('diem-truy-cap').getBoundingClientRect().top`);
    expect(top).toBeLessThan(200);
  });

  it('saves what is shown, and no cell is a formula', async () => {
    for (const kind of ['plain', 'hostile']) {
      const page = await at('kiem-tra.html', kind);
      await page.locator('#loc-doi-chieu-l').selectOption('3');
      const shown = await page.evaluate<number>(rowsShown('doi-chieu'));
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('[data-filter=doi-chieu] [data-do=export]').click(),
      ]);
      const text = await readFile(await file.path(), 'utf8');
      expect(text.startsWith('\ufeffHệ thống,')).toBe(true);
      const lines = text.trim().split('\r\n');
      expect(lines).toHaveLength(shown + 1);
      for (const line of lines) expect(line).not.toMatch(/(^|,)"?[=+\-@]/);
      expect(file.suggestedFilename()).toMatch(/^rasoat-[\w.-]+-doi-chieu\.csv$/);
    }
  });

  it('prints what is filtered, and the sheet says so', async () => {
    const page = await at('kiem-tra.html');
    await page.locator('#loc-doi-chieu-l').selectOption('4');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('[data-filter=doi-chieu] .filter-said').isVisible()).toBe(true);
    expect(await page.locator('#loc-doi-chieu-q').isVisible()).toBe(false);
    expect(await page.locator('.find').isVisible()).toBe(false);
  });

  it('takes hostile names for text, in the list of what is found too', async () => {
    const page = await at('index.html', 'hostile');
    const input = page.getByRole('combobox').first();
    for (const letters of ['script', 'onerror', 'alert', 'javascript', 'http']) {
      await input.fill(letters);
      expect(await page.locator('.find :is(img, script, svg, a, b)').count()).toBe(0);
    }
    await input.fill('script');
    expect(await page.locator('.find li').first().textContent()).toContain('<script>alert');
    const nested = await at(
      'index.html#he-thong?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&o=%22%3E%3Cscript%3E',
      'hostile',
    );
    expect(await nested.evaluate(`document.querySelectorAll('main img, main script').length`)).toBe(0);
  });

  it('leads to the list of the province in a copy that travels', async () => {
    const page = await at('index.html', 'travelling');
    await page.getByRole('combobox').first().fill('cong dich vu');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#he-thong\?q=/);
    expect(await page.evaluate(rowsShown('he-thong'))).toBe(1);
  });

  it('is not missed: without it nothing stands in the way, and everything can be read', async () => {
    const plain = await chromium.launchPersistentContext(join(folder, 'no-script'), {
      ...patience,
      executablePath: '/usr/bin/chromium',
      args: flags,
      javaScriptEnabled: false,
    });
    try {
      const page = await plain.newPage();
      await page.goto(`file://${join(folder, 'plain', 'index.html')}`);
      expect(await page.locator('.find').isVisible()).toBe(false);
      expect(await page.locator('.filter').first().isVisible()).toBe(false);
      await page.getByRole('link', { name: 'Bệnh án điện tử Bệnh viện tỉnh' }).first().click();
      expect(page.url()).toContain('/he-thong/benh-an.html');
    } finally {
      await plain.close();
    }
  });
});
