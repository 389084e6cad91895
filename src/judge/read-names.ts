import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CheckId } from '../model/check.ts';

/** Ids of the checks below our own folder, by the names of their files (tests hold the two together); nothing is read. */
export async function checkNames(folder: string): Promise<readonly CheckId[]> {
  return ((await checkPaths(folder)) ?? []).map(nameOf);
}

/** The id that a check of this file must have. */
export const nameOf = (path: string): CheckId => basename(path).replace(/\.ya?ml$/, '');

/**
 * Paths of check files below a folder, sorted; undefined when it cannot be listed. Folders named `frameworks` hold other things and are
 * passed over; links are not followed.
 */
export async function checkPaths(folder: string): Promise<readonly string[] | undefined> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
  const paths: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile() && /\.ya?ml$/.test(entry.name)) paths.push(path);
    if (entry.isDirectory() && entry.name !== 'frameworks' && !entry.name.startsWith('.')) {
      paths.push(...((await checkPaths(path)) ?? []));
    }
  }
  return paths;
}
