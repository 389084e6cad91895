import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Check, CheckId } from '../model/check.ts';
import { UserError, type Problem } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';
import { readCheckFile, type CheckFile } from './check-file.ts';

/**
 * Reads every `*.yaml` below the folders, in the order of their ids. Folders named `frameworks` hold other things and
 * are passed over. The rules of folders in `tried` are known to compile (tests compile ours). Throws UserError with every problem of every file.
 */
export async function readChecks(
  folders: readonly string[],
  tried: ReadonlySet<string> = new Set(),
): Promise<readonly Check[]> {
  const problems: Problem[] = [];
  const files: CheckFile[] = [];
  for (const folder of folders) {
    const paths = await checkPaths(folder);
    if (paths === undefined) problems.push({ file: folder, message: message('checks.no-folder') });
    for (const path of paths ?? []) files.push(await readOne(path, tried.has(folder)));
  }
  problems.push(...files.flatMap((file) => file.problems), ...clashes(files));
  if (problems.length > 0) throw new UserError(problems);
  return files.flatMap(({ check }) => check ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Ids of the checks below our own folder, by the names of their files (tests hold the two together); nothing is read. */
export async function checkNames(folder: string): Promise<readonly CheckId[]> {
  return ((await checkPaths(folder)) ?? []).map(nameOf);
}

const nameOf = (path: string): CheckId => basename(path).replace(/\.ya?ml$/, '');

/** Paths of check files below a folder, sorted; undefined when it cannot be listed. Links are not followed. */
async function checkPaths(folder: string): Promise<readonly string[] | undefined> {
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

async function readOne(path: string, tried: boolean): Promise<CheckFile> {
  const refused = (what: Message): CheckFile => {
    const problem = { file: path, message: what };
    return { file: path, problems: [problem], problemAt: () => problem };
  };
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch {
    return refused(message('checks.unreadable'));
  }
  try {
    const content = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return readCheckFile(content, path, nameOf(path), tried);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error) return refused(message('checks.not-utf8'));
    throw error;
  }
}

/** An id names one check for ever: no two files have it, and a retired one does not come back. */
function clashes(files: readonly CheckFile[]): readonly Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  const claim = (id: string, one: CheckFile, problem: (other: string) => Problem) => {
    const other = owners.get(id);
    if (other === undefined) owners.set(id, one.file);
    else problems.push(problem(other));
  };
  for (const one of files) {
    const id = one.check?.id;
    if (id !== undefined)
      claim(id, one, (other) => one.problemAt(['id'], message('checks.duplicate-id', { id, other })));
  }
  for (const one of files) {
    one.check?.replaces?.forEach((id, index) => {
      claim(id, one, (other) =>
        one.problemAt(['replaces', index], message('checks.duplicate-replaces', { id, other })),
      );
    });
  }
  return problems;
}
