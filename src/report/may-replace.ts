import { lstat, readdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError, type Problem } from '../model/errors.ts';
import { message } from '../model/text.ts';
import { createWebRootGuard } from './web-root.ts';

/** Marks a folder as a report of ours, so that a later one may take its place. */
export const marker = '.rasoat-report';

/** Throws UserError where a folder holds anything that is not a report of ours. */
export async function mayReplace(out: string): Promise<void> {
  const names = await namesIn(out);
  if (names === 'none' || names.length === 0 || names.includes(marker)) return;
  throw new UserError([{ file: out, message: message('report.not-ours', { path: out }) }]);
}

/**
 * Whether reports may be written into many folders, asked before the first is: UserError with all that speaks against any of them. A
 * report among the pages of another would be gone when that one is drawn again.
 */
export async function mayWriteReports(folders: readonly string[], allowWebRoot: boolean): Promise<void> {
  const refuseWebRoot = await createWebRootGuard();
  const problems: Problem[] = [];
  const note = (error: unknown): void => {
    if (!(error instanceof UserError)) throw error;
    problems.push(...error.problems);
  };
  const all = folders.map((folder) => resolve(folder));
  for (const above of new Set(all.map(dirname))) {
    const names = await namesIn(above);
    if (names !== 'none' && names.includes(marker))
      problems.push({ file: above, message: message('owner.in-report', { path: above }) });
  }
  for (const folder of all) {
    if (!allowWebRoot) await refuseWebRoot(folder).catch(note);
    await mayReplace(folder).catch(note);
  }
  if (problems.length > 0) throw new UserError(problems);
}

/** What is in a folder; `none` where there is no such thing, and nothing of ours in what is no folder. */
async function namesIn(path: string): Promise<readonly string[] | 'none'> {
  try {
    return (await lstat(path)).isDirectory() ? await readdir(path) : [path];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'none';
    if (code === 'ENOTDIR') return [path];
    throw error;
  }
}
