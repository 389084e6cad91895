import type { KeyObject } from 'node:crypto';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { feedNames, type FeedName } from '../../model/feed.ts';
import { canonicalJson } from '../../model/canonical.ts';
import { readState, syncPath } from '../folder.ts';
import { reasonOf, refuse } from '../refuse.ts';
import { bundleFormat, manifestName, partName, signatureName, type Manifest } from './format.ts';
import { signManifest } from './sign.ts';

export type ExportOptions = {
  /** Absent: the bundle carries no signature. */
  readonly key?: KeyObject;
  /** Absent: every feed that is here. */
  readonly feeds?: readonly FeedName[];
  readonly tool: string;
  readonly created: string;
};

/**
 * Writes what a folder holds as one bundle: a zip of stored entries, the manifest first, its signature, then the files as they
 * were imported. Written aside and renamed; an existing file is not replaced.
 */
export async function exportBundle(folder: string, to: string, options: ExportOptions): Promise<Manifest> {
  const manifest = manifestOf(folder, options);
  if (existsSync(to)) refuse(to, 'not-written', { reason: 'EEXIST' });
  const zip = new yazl.ZipFile();
  const add = (content: string, name: string) => {
    // Dated by the bundle, so that one content gives one file.
    zip.addBuffer(Buffer.from(content, 'utf8'), name, { compress: false, mtime: new Date(options.created) });
  };
  add(canonicalJson(manifest), manifestName);
  if (options.key !== undefined) add(`${signManifest(manifest, options.key)}\n`, signatureName);
  for (const [index, part] of manifest.feeds.flatMap(({ parts }) => parts).entries()) {
    const source = join(folder, 'sources', part.sha256);
    if (!existsSync(source)) refuse(folder, 'source-missing', { at: part.name });
    zip.addFile(source, partName(index), { compress: false, mtime: new Date(options.created) });
  }
  const aside = `${to}.${process.pid}.part`;
  try {
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(aside, { flags: 'wx', mode: 0o600 }));
    syncPath(aside);
    renameSync(aside, to);
  } catch (error) {
    rmSync(aside, { force: true });
    refuse(to, 'not-written', { reason: reasonOf(error) });
  }
  return manifest;
}

function manifestOf(folder: string, options: ExportOptions): Manifest {
  const state = readState(folder);
  const wanted = options.feeds ?? feedNames;
  const feeds = wanted.flatMap((name) => {
    const held = state[name];
    if (held === undefined) return options.feeds === undefined ? [] : refuse(folder, 'not-here', { feed: name });
    const { date, dateFrom, entries, parts } = held;
    return [{ name, date, dateFrom, entries, parts: [...parts] }];
  });
  if (feeds.length === 0) refuse(folder, 'nothing-here');
  return { format: bundleFormat, created: options.created, tool: options.tool, feeds };
}
