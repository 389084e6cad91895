import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { packageRoot } from '../model/package-root.ts';
import type { DeadlineRules } from './deadline-schema.ts';

/**
 * Reads the rules that come with the program. That they have the shape of `deadline-schema.ts` is for a test to see
 * (`test/track/deadline.test.ts`) and not for every start: making ready to look takes longer than all else that a list asks of them.
 */
export async function readDeadlineRules(): Promise<DeadlineRules> {
  return load(await readFile(new URL('src/track/deadlines.yaml', packageRoot), 'utf8')) as DeadlineRules;
}
