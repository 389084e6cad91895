import { randomBytes } from 'node:crypto';
import { linkSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ReportData } from '../model/report-data.ts';
import { languages } from '../model/text.ts';
import { assets, type Asset } from './assets.ts';
import { drawnFile, isWholeUntouched, readDrawn, type Drawn } from './drawn.ts';
import { ownData } from './own-data.ts';
import { pagePath } from './page-ref.ts';
import { renderer } from './render.ts';
import { printerFor, type PdfOptions } from './pdf/print.ts';
import { redact } from './redact/redact.ts';
import { searchIndex } from './search-index.ts';
import { pages, type PagesOptions } from './view/page.ts';
import { reportIndex } from './view/report-index.ts';
import { removeLeftOver } from './left-over.ts';
import { marker, mayReplace } from './may-replace.ts';
import { refuseWebRoot } from './web-root.ts';

/** Where a report was written, and how much of it. */
export type Written = {
  readonly index: string;
  readonly files: number;
  readonly bytes: number;
  /** PDF files, where they were asked for. */
  readonly pdf?: readonly string[];
};

export type WriteOptions = {
  /** Counts and names of systems alone: no hosts, no people, nothing captured (`redact/`), no pages of systems. */
  readonly travelling?: boolean;
  /** The pages of the province alone: its overview, the auditor's and the guide. */
  readonly only?: 'province';
  /** Id of the organisation whose remediation report this is. */
  readonly owner?: string;
  /** Write even into a folder that a web server serves. */
  readonly allowWebRoot?: boolean;
  /** Hash of all that the report is drawn from (`reportKey`), to know it again. */
  readonly whole?: string;
  /** Print pages as PDF beside them. */
  readonly pdf?: PdfOptions;
};

/**
 * Writes the report as one folder that needs nothing else. It is drawn beside `outDir` and then takes its place in one
 * step, so a reader sees the old report or the new one, whole. Files are for their owner only (0600, folders 0700).
 * With `owner`, an id of an organisation that has systems, it is that organisation's remediation report: of its own systems and
 * nobody else's. Throws UserError when `outDir` holds anything that is not a report of ours, or lies where a web server serves it.
 */
export async function writeReport(data: ReportData, outDir: string, options: WriteOptions = {}): Promise<Written> {
  const out = resolve(outDir);
  if (options.allowWebRoot !== true) await refuseWebRoot(out);
  await mayReplace(out);
  await removeLeftOver(out);
  const travelling = options.travelling === true;
  const { owner, only } = options;
  const shown = owner === undefined ? data : ownData(data, owner);
  // A copy that travels is one page of counts, whoever it is for.
  const pagesOptions =
    travelling || owner === undefined ? { travelling, ...(only === undefined ? {} : { only }) } : { owner };
  const print =
    options.pdf === undefined ? null : await printerFor(shown, travelling || only !== undefined, options.pdf);
  const aside = `${out}.${randomBytes(6).toString('hex')}`;
  const next = `${aside}.new`;
  try {
    await writeAll(travelling ? redact(shown) : shown, next, pagesOptions, { folder: out, whole: options.whole });
    const printed = await print?.(next);
    const written = await sizeOf(next);
    await swap(next, out, `${aside}.old`);
    const pdf = printed?.map((file) => join(out, file));
    return { index: join(out, 'index.html'), ...written, ...(pdf === undefined ? {} : { pdf }) };
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

/** What stands where the report will: files with the same bytes as now are taken over. */
type Before = { readonly folder: string; readonly whole: string | undefined };

async function writeAll(data: ReportData, root: string, options: PagesOptions, before: Before): Promise<void> {
  await mkdir(dirname(root), { recursive: true });
  const old = await readDrawn(before.folder);
  const files: Drawn['files'] = {};
  const folders = new Set<string>();
  for (const { path, content: drawn } of everything(data, options)) {
    const content = typeof drawn === 'string' ? Buffer.from(drawn) : drawn;
    const file = join(root, path);
    const folder = dirname(file);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    folders.add(folder);
    // One call a file: ten thousand of them through the pool of threads take longer than drawing them. Between two, others have a turn.
    if (old?.files[path]?.[0] !== content.length || !takeOver(join(before.folder, path), content, file))
      writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
    const { size, mtimeMs } = lstatSync(file);
    files[path] = [size, mtimeMs];
    await setImmediate();
  }
  const drawn: Drawn = { ...(before.whole === undefined ? {} : { whole: before.whole }), files };
  await writeFile(join(root, drawnFile), JSON.stringify(drawn), { mode: 0o600, flag: 'wx' });
}

/** Puts a file of the old report into the new one by a second name for it, where it holds these bytes; false where it does not. */
function takeOver(from: string, content: Buffer, to: string): boolean {
  try {
    if (!lstatSync(from).isFile() || !readFileSync(from).equals(content)) return false;
    linkSync(from, to);
    return true;
  } catch {
    // Nothing is there any more, or a file system without such names: then it is written.
    return false;
  }
}

/** What is there already, where it was drawn from the same as `whole` tells and nobody changed it since; else undefined. */
export async function alreadyWritten(outDir: string, whole: string): Promise<Written | undefined> {
  const out = resolve(outDir);
  const drawn = await readDrawn(out);
  if (drawn === undefined || !(await isWholeUntouched(out, drawn, whole))) return undefined;
  return { index: join(out, 'index.html'), ...(await sizeOf(out)) };
}

async function sizeOf(root: string): Promise<Omit<Written, 'index'>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  let bytes = 0;
  for (const file of files) bytes += (await lstat(join(file.parentPath, file.name))).size;
  return { files: files.length, bytes };
}

/** Every file to write, one after another. */
function* everything(data: ReportData, options: PagesOptions): Generator<Asset> {
  yield { path: marker, content: `${data.run.id}\n` };
  yield* assets();
  const index = reportIndex(data);
  yield searchIndex(index);
  const render = renderer(options);
  for (const page of pages(data, options, index))
    for (const lang of languages) yield { path: pagePath(lang, page.ref), content: render(page, lang) };
}

async function swap(next: string, out: string, old: string): Promise<void> {
  const moved = await rename(out, old).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await rename(next, out);
  } catch (error) {
    if (moved) await rename(old, out);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}
