import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError, type Problem } from '../../model/errors.ts';
import type { LevelBook } from '../../model/level-law.ts';
import { message } from '../../model/text.ts';
import { yamlFiles } from '../read.ts';
import { parseCalendar, parseLevelLaw, type Parsed } from './parse.ts';

/**
 * Reads `levels/*.yaml` and `calendar/*.yaml` below some folders; a folder without them adds nothing. A law of a later
 * folder replaces the one of its regime, a calendar the one of its year. Throws UserError with every problem.
 */
export async function readLevelBook(folders: readonly string[]): Promise<LevelBook> {
  const problems: Problem[] = [];
  const read = async <T>(
    name: string,
    parse: (content: string, file: string) => Parsed<T>,
    key: (value: T) => string,
  ) => readAll(folders, name, parse, key, problems);
  const laws = await read('levels', parseLevelLaw, ({ regime }) => regime);
  const calendars = await read('calendar', parseCalendar, ({ year }) => String(year));
  if (problems.length > 0) throw new UserError(problems);
  return { laws, calendars };
}

async function readAll<T>(
  folders: readonly string[],
  name: string,
  parse: (content: string, file: string) => Parsed<T>,
  keyOf: (value: T) => string,
  problems: Problem[],
): Promise<readonly T[]> {
  const byKey = new Map<string, T>();
  for (const folder of folders) {
    const own = new Map<string, string>();
    for (const file of await yamlFiles(join(folder, name), problems, { optional: true })) {
      const parsed = parse(await readFile(file, 'utf8'), file);
      if (!parsed.ok) {
        problems.push(...parsed.problems);
        continue;
      }
      const key = keyOf(parsed.value);
      const twin = own.get(key);
      if (twin !== undefined)
        problems.push(parsed.problemAt([], message('frameworks.same-id', { id: key, file: twin })));
      own.set(key, file);
      byKey.set(key, parsed.value);
    }
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
