import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../src/model/errors.ts';
import { importFeeds, type Imported, type ImportOptions } from '../../src/feeds/import.ts';

/** The clock of these tests. */
export const now = '2026-11-25T10:00:00.000Z';
const given = '2026-11-15T00:00:00.000Z';

export function place() {
  const path = mkdtempSync(join(tmpdir(), 'rasoat-feeds-'));
  return {
    path,
    feeds: join(path, 'feeds'),
    file: (name: string) => join(path, name),
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Imports by the clock of these tests, dating what tells no date. */
export function take(
  folder: string,
  files: readonly string[],
  options: Partial<ImportOptions> = {},
): Promise<readonly Imported[]> {
  return importFeeds(folder, files, { now, date: given, ...options });
}

/** The sentence that a refusal says, by its key. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ message }) => message.key).join(' ');
  }
  throw new Error('nothing was refused');
}

/** Everything that a folder's state is made of; equal before and after a refusal. */
export function fingerprint(folder: string): string {
  if (!existsSync(join(folder, 'state.json'))) return 'nothing';
  const names = [...readdirSync(folder), ...readdirSync(join(folder, 'sources'))].filter((name) => name !== 'lock');
  return `${readFileSync(join(folder, 'state.json'), 'utf8')}\n${names.sort().join('\n')}`;
}
