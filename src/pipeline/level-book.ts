import { fileURLToPath } from 'node:url';
import { readLevelBook } from '../assess/level/read.ts';
import type { LevelBook } from '../model/level-law.ts';
import { packageRoot } from '../model/package-root.ts';

/** The checks that ship with the program. */
export const ownChecks = fileURLToPath(new URL('checks/', packageRoot));

/** The frameworks that ship with the program. */
export const ownFrameworks = fileURLToPath(new URL('checks/frameworks/', packageRoot));

/** Laws of levels and days off: ours, with those of further folders. Throws UserError with every problem of every file. */
export function readLevels({ frameworks = [] }: { readonly frameworks?: readonly string[] } = {}): Promise<LevelBook> {
  return readLevelBook([ownFrameworks, ...frameworks]);
}
