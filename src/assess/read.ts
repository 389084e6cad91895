import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../model/check.ts';
import { UserError, type Problem } from '../model/errors.ts';
import type { Framework } from '../model/framework.ts';
import { message } from '../model/text.ts';
import { obligationIdPath, parseFramework, type ParsedFramework } from './parse-framework.ts';

type Read = Extract<ParsedFramework, { ok: true }> & { readonly file: string };

/**
 * Reads every `*.yaml` of some folders, in the order of their ids. A framework of a later folder replaces one of the
 * same id in an earlier folder. Throws UserError with every problem of every file.
 */
export async function readFrameworks(
  folders: readonly string[],
  checks: readonly Pick<Check, 'id'>[],
): Promise<readonly Framework[]> {
  const ids = new Set(checks.map(({ id }) => id));
  const problems: Problem[] = [];
  const byId = new Map<string, Read>();
  for (const folder of folders) {
    const own = new Map<string, Read>();
    for (const file of await yamlFiles(folder, problems)) {
      const parsed = parseFramework(await readFile(file, 'utf8'), file, ids);
      if (!parsed.ok) {
        problems.push(...parsed.problems);
        continue;
      }
      const { id } = parsed.framework;
      const twin = own.get(id);
      if (twin !== undefined) {
        problems.push(parsed.problemAt(['id'], message('frameworks.same-id', { id, file: twin.file })));
      }
      own.set(id, { ...parsed, file });
    }
    for (const [id, read] of own) byId.set(id, read);
  }
  const frameworks = [...byId.values()].sort((a, b) => (a.framework.id < b.framework.id ? -1 : 1));
  problems.push(...repeatedObligations(frameworks));
  if (problems.length > 0) throw new UserError(problems);
  return frameworks.map(({ framework }) => framework);
}

/**
 * The `*.yaml` of a folder, by name. A folder that cannot be read is added to the problems; one that is not there only where it
 * is asked for by name.
 */
export async function yamlFiles(
  folder: string,
  problems: Problem[],
  { optional = false }: { readonly optional?: boolean } = {},
): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const absent = optional && detail === 'ENOENT';
    if (!absent) problems.push({ file: folder, message: message('frameworks.no-folder', { detail }) });
    return [];
  }
}

function repeatedObligations(frameworks: readonly Read[]): readonly Problem[] {
  const first = new Map<string, string>();
  return frameworks.flatMap(({ framework, file, problemAt }) =>
    framework.obligations.flatMap(({ id }, index) => {
      const other = first.get(id);
      if (other === undefined) first.set(id, file);
      return other === undefined
        ? []
        : [problemAt(obligationIdPath(index), message('frameworks.same-id', { id, file: other }))];
    }),
  );
}
