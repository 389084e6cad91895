import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../model/errors.ts';
import type { ReportData } from '../../model/report-data.ts';
import { message, type Lang } from '../../model/text.ts';
import { pagePath, type PageRef } from '../page-ref.ts';
import { organisationIds } from '../view/organisation-page.ts';
import { reportIndex } from '../view/report-index.ts';
import { startChromium, type Chromium } from './chromium.ts';
import { findChromium } from './find-chromium.ts';

/** Which pages become PDF: the province's and the guide, those of every organisation too, or one organisation's by its id. */
export type PdfOptions = {
  readonly which: string;
  readonly lang: Lang;
  /** Path or name of a Chromium; absent: the machine's. */
  readonly chromium?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Prints pages of a report that lies in a folder; gives the paths of the PDF files from there. */
export type Printer = (folder: string) => Promise<readonly string[]>;

/**
 * Finds the browser and the pages before anything is drawn, so that what is missing is said at once. Throws UserError where there is
 * no Chromium, or no page of such an organisation.
 */
export async function printerFor(data: ReportData, travelling: boolean, options: PdfOptions): Promise<Printer> {
  const wanted = pagesFor(data, travelling, options.which);
  const chromium = await findChromium(options.chromium, options.env);
  return async (folder) => {
    const browser = await startChromium(chromium).catch((error: unknown) => {
      throw new UserError([
        { file: chromium, message: message('shell.pdf.not-chromium', { path: chromium, reason: reasonOf(error) }) },
      ]);
    });
    const printed: string[] = [];
    try {
      const session = await open(browser);
      for (const ref of wanted) {
        const page = pagePath(options.lang, ref);
        const file = page.replace(/\.html$/, '.pdf');
        const pdf = await print(browser, session, join(folder, page)).catch((error: unknown) => {
          throw new UserError([{ message: message('shell.pdf.failed', { page, reason: reasonOf(error) }) }]);
        });
        await writeFile(join(folder, file), pdf, { mode: 0o600, flag: 'wx' });
        printed.push(file);
      }
    } finally {
      await browser.close();
    }
    return printed;
  };
}

function pagesFor(data: ReportData, travelling: boolean, which: string): readonly PageRef[] {
  const province: readonly PageRef[] = [{ page: 'province' }, { page: 'guide' }];
  if (which === 'province') return province;
  const ids = travelling ? [] : organisationIds(reportIndex(data));
  if (which === 'all') return [...province, ...ids.map((id) => ({ page: 'organisation' as const, id }))];
  if (!ids.includes(which)) {
    const known = ids.join(', ') || '–';
    throw new UserError([{ message: message('shell.pdf.unknown-organisation', { id: which, known }) }]);
  }
  return [{ page: 'organisation', id: which }];
}

async function open(browser: Chromium): Promise<string> {
  const { targetId } = await browser.ask('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await browser.ask('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  await browser.ask('Page.enable', {}, session);
  return session;
}

/**
 * Run in the page before it is printed: its fonts are there, everything folded is unfolded, and links that lead out of the sheet are
 * none (they would carry the path of a folder of this machine); links within it stay.
 */
const prepare = `document.fonts.ready.then(() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const one of document.querySelectorAll('a[href]'))
    if (!one.getAttribute('href').startsWith('#')) one.removeAttribute('href');
  return document.title;
})`;

async function print(browser: Chromium, session: string, file: string): Promise<Buffer> {
  const loaded = browser.event('Page.loadEventFired', session);
  const { errorText } = await browser.ask('Page.navigate', { url: pathToFileURL(file).href }, session);
  if (typeof errorText === 'string') {
    loaded.catch(() => undefined);
    throw new Error(errorText);
  }
  await loaded;
  const { exceptionDetails } = await browser.ask(
    'Runtime.evaluate',
    { expression: prepare, awaitPromise: true, returnByValue: true },
    session,
  );
  if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails).slice(0, 500));
  const { data } = await browser.ask(
    'Page.printToPDF',
    { preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true, generateDocumentOutline: true },
    session,
  );
  const pdf = Buffer.from(typeof data === 'string' ? data : '', 'base64');
  if (pdf.subarray(0, 5).toString('latin1') !== '%PDF-') throw new Error('no PDF');
  return pdf;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
