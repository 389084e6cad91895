import { describe, expect, test } from 'vitest';
import { UserError, type Problem } from '../../src/model/errors.ts';
import type { Lang } from '../../src/model/text.ts';
import { parseInventory } from '../../src/inventory/read.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';
import { baseText } from './base.ts';
import { malformed } from './malformed.ts';

const catalogue = loadCatalogue();

function problemsOf(text: string): readonly Problem[] {
  try {
    parseInventory('tinh.yaml', text);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  return [];
}

const told = (problems: readonly Problem[], lang: Lang) =>
  problems.map(({ line, column, message }) => `${line ?? ''}:${column ?? ''} ${catalogue.tell(lang, message)}`);

test('the base that the malformed ones are made from has nothing wrong', () => {
  expect(problemsOf(baseText)).toEqual([]);
});

describe('a malformed inventory is told of with its line, its column and what to write instead', () => {
  test.each(malformed)('$what', ({ text, en, vi }) => {
    const problems = problemsOf(text);
    expect(told(problems, 'en')).toEqual(en);
    if (vi !== undefined) expect(told(problems, 'vi')).toEqual(vi);
    expect(problems.every(({ file }) => file === 'tinh.yaml')).toBe(true);
  });
});

describe('nothing of a file is evaluated', () => {
  test('a __proto__ key changes no object', () => {
    problemsOf(baseText.replace('schema: 1', 'schema: 1\n__proto__: { polluted: true }'));
    expect('polluted' in {}).toBe(false);
  });

  test('nesting without end is refused and not followed', () => {
    expect(problemsOf('['.repeat(20_000)).length).toBeGreaterThan(0);
    expect(problemsOf(`${'{a: '.repeat(40)}1${'}'.repeat(40)}`)).toMatchObject([{ message: { key: 'yaml.too-deep' } }]);
  });
});
