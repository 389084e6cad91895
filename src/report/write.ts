import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { ReportData } from '../model/report-data.ts';
import { languages, message } from '../model/text.ts';
import { assets, type Asset } from './assets.ts';
import { ownData } from './own-data.ts';
import { pagePath } from './page-ref.ts';
import { renderer, type Render } from './render.ts';
import { pages } from './view/page.ts';

/** Where a report was written, and how much of it. */
export type Written = { readonly index: string; readonly files: number; readonly bytes: number };

/** Marks a folder as a report of ours, so that a later one may take its place. */
const marker = '.rasoat-report';

/**
 * Writes the report as one folder that needs nothing else. It is drawn beside `outDir` and then takes its place in one
 * step, so a reader sees the old report or the new one, whole. Files are for their owner only (0600, folders 0700).
 * With `owner`, an id of an organisation that has systems, it is that organisation's remediation report: of its own
 * systems and nobody else's. Throws UserError when `outDir` holds anything that is not a report of ours.
 */
export async function writeReport(data: ReportData, outDir: string, owner?: string): Promise<Written> {
  const out = resolve(outDir);
  await mayReplace(out);
  const aside = `${out}.${randomBytes(6).toString('hex')}`;
  const next = `${aside}.new`;
  try {
    const written = await writeAll(owner === undefined ? data : ownData(data, owner), next, owner);
    await swap(next, out, `${aside}.old`);
    return { index: join(out, 'index.html'), ...written };
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

async function writeAll(data: ReportData, root: string, owner: string | undefined): Promise<Omit<Written, 'index'>> {
  await mkdir(dirname(root), { recursive: true });
  let files = 0;
  let bytes = 0;
  const folders = new Set<string>();
  for (const { path, content } of everything(data, renderer(), owner)) {
    const file = join(root, path);
    const folder = dirname(file);
    if (!folders.has(folder)) await mkdir(folder, { recursive: true, mode: 0o700 });
    folders.add(folder);
    const buffer = typeof content === 'string' ? Buffer.from(content) : content;
    await writeFile(file, buffer, { mode: 0o600, flag: 'wx' });
    files += 1;
    bytes += buffer.length;
  }
  return { files, bytes };
}

function* everything(data: ReportData, render: Render, owner: string | undefined): Generator<Asset> {
  yield { path: marker, content: `${data.run.id}\n` };
  yield* assets();
  for (const page of pages(data, owner)) {
    for (const lang of languages) yield { path: pagePath(lang, page.ref), content: render(page, lang) };
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
