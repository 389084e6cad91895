import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { chromium, type BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/report/write.ts';
import { flags, open, patience } from './browse.ts';
import { fixture } from './fixture.ts';
import { hostile } from './hostile.ts';

/** One page of each kind, and the systems that differ most. */
const looked = [
  'index.html',
  'cach-doc.html',
  'kiem-tra.html',
  'co-quan/van-phong-ubnd.html',
  'khac-phuc/so-khcn.html',
  'he-thong/cong-dich-vu-cong.html',
  'kiem-tra/cong-dich-vu-cong.html',
  'he-thong/quan-ly-van-ban.html',
  'he-thong/tiem-chung.html',
  'he-thong/luu-tru-dang.html',
  'en/index.html',
  'en/audit.html',
  'en/how-to-read.html',
  'en/organisation/so-khcn.html',
  'en/remediation/so-khcn.html',
  'en/system/cong-dich-vu-cong.html',
  'en/audit/quan-ly-van-ban.html',
];

/** One page of each kind. */
const kinds = looked.slice(0, 6);

const everyRule = `{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }`;
/** What another width or other colours can break. */
const ofColourAndSize = `{ runOnly: { type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable'] } }`;

const viewports = [360, 390, 768, 1280];

describe('a report opened from disk', () => {
  let folder = '';
  let context: BrowserContext | undefined;
  /** Without the pages' own policy, which keeps axe and its style out as it keeps out everything. */
  let unguarded: BrowserContext | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rasoat-browser-'));
    await writeReport(fixture(), join(folder, 'plain'));
    await writeReport(hostile(fixture()), join(folder, 'hostile'));
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      ...patience,
      executablePath: '/usr/bin/chromium',
      args: flags,
    });
    unguarded = await chromium.launchPersistentContext(join(folder, 'profile-unguarded'), {
      ...patience,
      executablePath: '/usr/bin/chromium',
      args: flags,
      bypassCSP: true,
    });
  });
  afterAll(async () => {
    await context?.close();
    await unguarded?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['plain', 'hostile'])('does nothing it should not, and fits every width: %s', async (kind) => {
    const wrong: string[] = [];
    for (const path of looked) {
      const page = await open(context, join(folder, kind, path), wrong);
      for (const width of viewports) {
        await page.setViewportSize({ width, height: 800 });
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        if (overflow > 0) wrong.push(`${path} is ${overflow} px too wide at ${width}`);
        // Narrower than 640 px tables are lists, whose heads nobody sees.
        if (kind === 'hostile' || width < 640) continue;
        const cut = await page.evaluate<string[]>(`[...document.querySelectorAll('thead th')]
            .filter((one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)`);
        if (cut.length > 0) wrong.push(`${path} cuts the heads ${cut.join(', ')} at ${width}`);
      }
      const hidden =
        await page.evaluate<boolean>(`[...document.querySelectorAll('details')].forEach((one) => one.open = true),
        document.documentElement.scrollWidth > document.documentElement.clientWidth`);
      if (hidden) wrong.push(`${path} is too wide once its details are open`);
      await page.close();
    }
    expect(wrong).toEqual([]);
  });

  it('loads its own fonts and no others', async () => {
    const page = await open(context, join(folder, 'plain', 'en/system/cong-dich-vu-cong.html'), []);
    const loaded = await page.evaluate<string[]>(
      `[...document.fonts].filter((one) => one.status === 'loaded').map((one) => one.family.replaceAll('"', '') + ' ' + one.weight)`,
    );
    expect(new Set(loaded)).toEqual(new Set(['Be Vietnam Pro 400', 'Be Vietnam Pro 600', 'Be Vietnam Pro 700']));
    await page.close();
  });

  it.each([
    ['light', 1280, looked, everyRule],
    ['light', 390, kinds, ofColourAndSize],
    ['dark', 1280, kinds, ofColourAndSize],
    ['dark', 390, kinds, ofColourAndSize],
  ] as const)('gives axe nothing to say: %s, %i px wide', async (colorScheme, width, paths, options) => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const said: string[] = [];
    for (const path of paths) {
      const page = await open(unguarded, join(folder, 'plain', path), []);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      // What is far below is not laid out, and axe would take it for unseen.
      await page.addStyleTag({ content: '* { content-visibility: visible !important }' });
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
      for (const { id, impact, nodes } of violations) {
        said.push(`${path} ${String(impact)} ${id}: ${nodes[0]?.html ?? ''}`);
      }
      await page.close();
    }
    expect(said).toEqual([]);
  });

  it('mixes no languages: what is not marked as the other language is in the page’s own', async () => {
    const mixed: string[] = [];
    for (const path of looked) {
      const page = await open(context, join(folder, 'plain', path), []);
      const english = path.startsWith('en/');
      const texts = await page.evaluate<string[]>(`(() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) {
          const parent = walker.currentNode.parentElement;
          if (parent.closest('bdi, code, q, title') || parent.closest('[lang]') !== document.documentElement) continue;
          found.push(walker.currentNode.textContent.trim());
        }
        return found;
      })()`);
      for (const text of texts) {
        const foreign = english
          ? /[ăâđêôơưà-ãèéìíòóõùúý\u1ea0-\u1ef9]/iu.test(text.replace('Rà Soát', '').replace('Việt Nam', ''))
          : /\b(the|of|and|is|are|not|with|for|system|server|fail|pass)\b/i.test(text.replace('Tiêu đề Server', ''));
        if (foreign) mixed.push(`${path}: ${text}`);
      }
      await page.close();
    }
    expect(mixed).toEqual([]);
  });

  it('can be walked by keyboard, the way to the content first, with the focus seen', async () => {
    const page = await open(context, join(folder, 'plain', 'index.html'), []);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.getAttribute('href')`)).toBe('#noi-dung');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.closest('.brand') !== null`)).toBe(true);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('tim');
    for (let step = 0; step < 24; step += 1) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate<{ width: string; top: number }>(
        `({ width: getComputedStyle(document.activeElement).outlineWidth, top: document.activeElement.getBoundingClientRect().top })`,
      );
      expect(seen.width).toBe('2px');
      expect(seen.top).toBeGreaterThanOrEqual(0);
    }
    await page.keyboard.press('Shift+Tab');
    await page.evaluate(`document.querySelector('.skip').focus()`);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('noi-dung');
    await page.close();
  });

  it('prints on A4 with its name, its mark and page numbers', async () => {
    const page = await open(context, join(folder, 'hostile', 'he-thong/cong-dich-vu-cong.html'), []);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const [box] = /\/MediaBox ?\[([^\]]+)\]/.exec(pdf.toString('latin1'))?.slice(1) ?? [];
    const [, , width, height] = (box ?? '').trim().split(/\s+/).map(Number);
    expect([Math.round(width ?? 0), Math.round(height ?? 0)]).toEqual([595, 842]);
    await page.close();
  });

  it('leaves no file of the browser in the report', async () => {
    expect((await readdir(join(folder, 'plain'))).sort()).toEqual(
      [
        '.rasoat-drawn.json',
        '.rasoat-report',
        'assets',
        'cach-doc.html',
        'co-quan',
        'en',
        'he-thong',
        'index.html',
        'khac-phuc',
        'kiem-tra',
        'kiem-tra.html',
      ].sort(),
    );
  });
});
