import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { longestFile, readCheckFile } from '../../src/judge/check-file.ts';
import { readChecks } from '../../src/judge/read.ts';
import { UserError, type Problem } from '../../src/model/errors.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';
import { goodFile, malformed } from './malformed.ts';

const catalogue = loadCatalogue();

test('the good file is good', () => {
  expect(readCheckFile(goodFile, 'sample.yaml', 'sample').problems).toEqual([]);
});

describe.each(malformed)('$name', ({ change: [from, to], en, vi }) => {
  test('is told with its place in both languages', () => {
    expect(goodFile).toContain(from);
    const { check, problems } = readCheckFile(
      goodFile.replace(from, () => to),
      'sample.yaml',
      'sample',
    );

    expect(check).toBeUndefined();
    expect(problems.map(told('en'))).toEqual(en);
    expect(problems.map(told('vi'))).toEqual(vi);
  });
});

const told = (lang: 'en' | 'vi') => (problem: Problem) =>
  `${problem.line ?? '?'}:${problem.column ?? '?'}: ${catalogue.tell(lang, problem.message)}`;

describe('YAML meant to harm', () => {
  const keysOf = (content: string) => readCheckFile(content, 'a.yaml', 'a').problems.map(({ message }) => message.key);

  test('a bomb of aliases is refused', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
    );
    expect(new Set(keysOf(`a0: &a0 [x]\n${levels.join('\n')}\n`))).toEqual(new Set(['yaml.alias']));
  });

  test('a file that is too long is refused unread', () => {
    expect(keysOf(`a: ${'x'.repeat(longestFile)}`)).toEqual(['yaml.too-long']);
  });

  test('brackets without end do not exhaust the stack', () => {
    const [problem] = keysOf('['.repeat(100_000));
    expect(problem).toBe('yaml.too-deep');
  });

  test('a key named __proto__ is refused', () => {
    const { problems } = readCheckFile(`${goodFile}__proto__: { id: x }\n`, 'sample.yaml', 'sample');
    expect(problems.map(({ message }) => message.key)).toEqual(['yaml.forbidden-key']);
  });

  test('whatever a file holds, reading it gives a check or problems, each with a sentence', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('rule:', 'required: [', '{', '}', '- ', '&a', '*a', '\n', '  ', 'tls'),
    );
    const edited = fc
      .tuple(fc.nat(goodFile.length), fc.nat(20), fc.array(piece, { maxLength: 6 }))
      .map(([at, cut, pieces]) => goodFile.slice(0, at) + pieces.join('') + goodFile.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 200 }), edited), (content) => {
        const { check, problems } = readCheckFile(content, 'sample.yaml', 'sample');
        expect(check === undefined).toBe(problems.length > 0);
        for (const problem of problems)
          for (const lang of ['vi', 'en'] as const) expect(told(lang)(problem)).not.toBe('');
      }),
      { numRuns: 400 },
    );
  });
});

describe('folders', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rasoat-checks-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const put = async (name: string, content: string | Buffer) => {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  const good = (id: string, more = '') => goodFile.replace('id: sample', `id: ${id}`) + more;
  const problemsOf = async (folders: readonly string[]) => {
    const error: unknown = await readChecks(folders).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).problems.map(({ file, line, message }) => [
      file?.slice(folder.length + 1),
      line,
      message.key,
    ]);
  };

  test('checks are read from folders within folders, in the order of their ids', async () => {
    await put('b/second.yaml', good('second'));
    await put('first.yml', good('first'));
    await put('frameworks/law.yaml', 'not: a check');
    await put('.git/config.yaml', 'not: a check');
    await put('README.md', 'not a check');

    expect((await readChecks([folder])).map(({ id }) => id)).toEqual(['first', 'second']);
  });

  test('the problems of every file are told at once', async () => {
    await put('a.yaml', good('other'));
    await put('b.yaml', good('b').replace('severity: low', 'severity: grave'));
    await put('c.yaml', Buffer.from([0x69, 0xff, 0xfe]));

    expect(await problemsOf([folder, join(folder, 'none')])).toEqual([
      ['none', undefined, 'checks.no-folder'],
      ['a.yaml', 1, 'checks.id-not-file'],
      ['b.yaml', 4, 'checks.not-among'],
      ['c.yaml', undefined, 'checks.not-utf8'],
    ]);
  });

  test('an id is used once in all folders', async () => {
    await put('ours/sample.yaml', good('sample'));
    await put('theirs/sample.yaml', good('sample'));

    expect(await problemsOf([join(folder, 'ours'), join(folder, 'theirs')])).toEqual([
      ['theirs/sample.yaml', 1, 'checks.duplicate-id'],
    ]);
  });

  test('a retired id does not come back, and is replaced by one check', async () => {
    await put('sample.yaml', good('sample'));
    await put('a.yaml', good('a', 'replaces: [sample, gone]\n'));
    await put('b.yaml', good('b', 'replaces:\n  - gone\n'));

    expect(await problemsOf([folder])).toEqual([
      ['a.yaml', 30, 'checks.duplicate-replaces'],
      ['b.yaml', 31, 'checks.duplicate-replaces'],
    ]);
  });
});
