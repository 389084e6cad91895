import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { ReportData } from '../model/report-data.ts';
import { languages, message } from '../model/text.ts';
import { assets, type Asset } from './assets.ts';
import { drawnFile, isUntouched, isWholeUntouched, pageHash, readDrawn, type Drawn } from './drawn.ts';
import { ownData } from './own-data.ts';
import { pagePath } from './page-ref.ts';
import { renderer, type Render } from './render.ts';
import { printerFor, type PdfOptions } from './pdf/print.ts';
import { redact } from './redact/redact.ts';
import { searchIndex } from './search-index.ts';
import { pages, type PagesOptions } from './view/page.ts';
import { reportIndex } from './view/report-index.ts';
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
  /** Id of the organisation whose remediation report this is. */
  readonly owner?: string;
  /** Write even into a folder that a web server serves. */
  readonly allowWebRoot?: boolean;
  /** Hash of all that the report is drawn from (`reportKey`), to know it again. */
  readonly whole?: string;
  /** Print pages as PDF beside them. */
  readonly pdf?: PdfOptions;
};

/** Marks a folder as a report of ours, so that a later one may take its place. */
const marker = '.rasoat-report';

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
  const travelling = options.travelling === true;
  const { owner } = options;
  const shown = owner === undefined ? data : ownData(data, owner);
  // A copy that travels is one page of counts, whoever it is for.
  const pagesOptions = travelling || owner === undefined ? { travelling } : { owner };
  const print = options.pdf === undefined ? null : await printerFor(shown, travelling, options.pdf);
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

/** What stands where the report will: pages drawn from the same as now are taken over, byte for byte. */
type Before = { readonly folder: string; readonly whole: string | undefined };

async function writeAll(data: ReportData, root: string, options: PagesOptions, before: Before): Promise<void> {
  await mkdir(dirname(root), { recursive: true });
  const old = await readDrawn(before.folder);
  const files: Drawn['files'] = {};
  const folders = new Set<string>();
  for (const { path, hash, content } of everything(data, options)) {
    const file = join(root, path);
    const folder = dirname(file);
    if (!folders.has(folder)) await mkdir(folder, { recursive: true, mode: 0o700 });
    folders.add(folder);
    const entry = hash === null ? undefined : old?.files[path];
    if (entry?.[0] !== hash || !(await takeOver(before.folder, path, entry, file)))
      await writeFile(file, content(), { mode: 0o600, flag: 'wx' });
    const { size, mtimeMs } = await lstat(file);
    files[path] = [hash, size, mtimeMs];
  }
  const drawn: Drawn = { ...(before.whole === undefined ? {} : { whole: before.whole }), files };
  await writeFile(join(root, drawnFile), JSON.stringify(drawn), { mode: 0o600, flag: 'wx' });
}

/** Puts a page of the old report into the new one by a second name for the same bytes; false where it is not as it was written. */
async function takeOver(from: string, path: string, entry: Drawn['files'][string], to: string): Promise<boolean> {
  if (!(await isUntouched(from, path, entry))) return false;
  return link(join(from, path), to).then(
    () => true,
    // A file system without such names: then it is drawn.
    () => false,
  );
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

/** A file to write; `hash`: of what it is drawn from, null where it is written each time. */
type Piece = { readonly path: string; readonly hash: string | null; readonly content: () => Asset['content'] };

function* everything(data: ReportData, options: PagesOptions): Generator<Piece> {
  const always = ({ path, content }: Asset): Piece => ({ path, hash: null, content: () => content });
  yield always({ path: marker, content: `${data.run.id}\n` });
  for (const asset of assets()) yield always(asset);
  yield always(searchIndex(reportIndex(data)));
  let render: Render | undefined;
  const travelling = options.travelling === true;
  for (const page of pages(data, options)) {
    const hash = pageHash([travelling, page]);
    for (const lang of languages)
      yield {
        path: pagePath(lang, page.ref),
        hash,
        // Templates are read at the first page that has changed.
        content: () => (render ??= renderer({ travelling }))(page, lang),
      };
  }
}

async function mayReplace(out: string): Promise<void> {
  const refuse = () => new UserError([{ file: out, message: message('report.not-ours', { path: out }) }]);
  const found = await lstat(out).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return;
  if (!found.isDirectory()) throw refuse();
  const names = await readdir(out);
  if (names.length > 0 && !names.includes(marker)) throw refuse();
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
