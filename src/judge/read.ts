import { readFile } from 'node:fs/promises';
import type { Check } from '../model/check.ts';
import { UserError, type Problem } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';
import { readCheckFile, type CheckFile } from './check-file.ts';
import { checkPaths, nameOf } from './read-names.ts';

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
