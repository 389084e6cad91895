import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';

/** How long the browser may take to start, and for each thing that it is asked. */
export const patience = { timeout: 120_000 };

/** A browser that asks nobody anything. */
export const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens a page from disk and notes everything that it may not do, as it happens. */
export async function open(context: BrowserContext | undefined, file: string, into: string[]): Promise<Page> {
  if (context === undefined) throw new Error('no browser');
  const page = await context.newPage();
  page.setDefaultTimeout(patience.timeout);
  page.on('dialog', (dialog) => {
    into.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (line) => into.push(`console ${line.text()}`));
  page.on('pageerror', (error) => into.push(`error ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) into.push(`request ${request.url()}`);
  });
  page.on('requestfailed', (request) => into.push(`failed ${request.url()}`));
  const [path = '', hash] = file.split('#');
  await page.goto(pathToFileURL(path).href + (hash === undefined ? '' : `#${hash}`));
  await page.evaluate('document.fonts.ready');
  return page;
}
