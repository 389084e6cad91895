// Pictures of the pages for templates/README.md, and what they showed, so that a test can tell when they show it no more.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { packageRoot } from '../../src/model/package-root.ts';
import { languages, type Lang } from '../../src/model/text.ts';
import { pagePath, type PageRef } from '../../src/report/page-ref.ts';
import { renderer } from '../../src/report/render.ts';
import { pages } from '../../src/report/view/page.ts';
import { flags } from './browse.ts';
import { fixture } from './fixture.ts';

const folder = new URL('templates/pictures/', packageRoot);
const record = new URL('shown.json', folder);

/** Pages that are pictured, by the name of the picture. */
export const pictured = ['province', 'organisation', 'system', 'audit', 'chain', 'guide'] as const;

/** Takes a picture of each page of a report in both languages, and writes down what the pages showed. */
export async function takePictures(
  report: string,
  ids: { readonly system: string; readonly organisation: string },
): Promise<void> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
  for (const name of pictured) {
    const id = name === 'organisation' ? ids.organisation : ids.system;
    const ref: PageRef = { page: name, ...(['province', 'audit', 'guide'].includes(name) ? {} : { id }) };
    for (const lang of languages) {
      await page.goto(pathToFileURL(join(report, pagePath(lang, ref))).href);
      await page.evaluate('document.fonts.ready');
      await page.screenshot({ path: new URL(`${name}.${lang}.png`, folder).pathname });
    }
  }
  await browser.close();
  writeFileSync(record, `${JSON.stringify(shownNow(), null, 2)}\n`);
}

/** What the pages showed when their pictures were taken. */
export function shownThen(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(record, 'utf8')) as Record<string, string>;
}

/**
 * What the pages of the invented province show: a hash over headings, captions, heads of tables, labels and the words around them, and
 * one over the colours and the scale of type. Rows and small changes of a style do not count.
 */
export function shownNow(): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {
    tokens: hash(readFileSync(new URL('templates/styles/10-tokens.css', packageRoot), 'utf8')),
  };
  const render = renderer();
  for (const page of pages(fixture(1))) {
    const name = pictured.find((one) => one === page.ref.page);
    if (name === undefined) continue;
    for (const lang of languages) shown[`${name}.${lang}`] ??= hash(outline(render(page, lang), lang));
  }
  return shown;
}

function outline(html: string, lang: Lang): string {
  const parts = html.matchAll(
    /<(h[1-3]|caption|th scope="col"|label|button)\b[^>]*>(.*?)<\/(?:h[1-3]|caption|th|label|button)>/gs,
  );
  const words = [...parts].map(([, tag = '', text = '']) => `${tag} ${text.replaceAll(/<[^>]*>/g, '').trim()}`);
  return [lang, ...new Set(words)].join('\n');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
