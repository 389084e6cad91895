import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parseFramework } from '../../src/assess/parse-framework.ts';
import { readFrameworks } from '../../src/assess/read.ts';
import { UserError } from '../../src/model/errors.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';

const root = mkdtempSync(join(tmpdir(), 'frameworks-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
let folders = 0;
function folder(files: Readonly<Record<string, string>>): string {
  folders += 1;
  const path = join(root, String(folders));
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

const catalogue = loadCatalogue();
const good = `id: mine
kind: level-clauses
title: { vi: Văn bản, en: Text }
instrument:
  number: 1/QĐ
  issuer: { vi: Sở, en: Department }
  source: bản gốc
  certainty: text
  readOn: '2026-11-22'
inForce: { from: '2026-01-01', to: '2026-12-31' }
obligations:
  - id: mine/one
    title: { vi: Một, en: One }
    asks: { vi: Làm, en: Do }
    levels: { 3: '5.1 a' }
    cite: { instrument: 1/QĐ, certainty: text }
    checks: [hsts]
    proof: scan
`;
const ids = new Set(['hsts']);

function problemsOf(content: string): readonly string[] {
  const parsed = parseFramework(content, 'mine.yaml', ids);
  if (parsed.ok) return [];
  return parsed.problems.map(({ line, column, message }) => {
    for (const lang of ['vi', 'en'] as const) expect(catalogue.tell(lang, message)).not.toContain('{');
    return `${String(line)}:${String(column)} ${message.key.replace('frameworks.', '')}`;
  });
}

describe('one file', () => {
  test('that is right is read', () => {
    const parsed = parseFramework(good, 'mine.yaml', ids);
    expect(parsed.ok && parsed.framework.obligations[0]?.levels).toEqual({ 3: '5.1 a' });
  });

  test.each([
    ['a field misspelt', good.replace('proof: scan', 'proof: scan\n    lvels: {}'), ['19:5 unknown-field']],
    ['an id with capitals', good.replace('id: mine\n', 'id: Mine\n'), ['1:1 no-id']],
    ['a field missing', good.replace('  source: bản gốc\n', ''), ['4:1 missing-field']],
    ['one language missing', good.replace('asks: { vi: Làm, en: Do }', 'asks: { vi: Làm }'), ['14:5 missing-field']],
    ['an empty text', good.replace('en: Do }', "en: ' ' }"), ['14:22 empty']],
    ['a word that is none', good.replace('proof: scan', 'proof: guess'), ['18:5 not-among']],
    ['a list that is none', good.replace('[hsts]', 'hsts'), ['17:5 wrong-type']],
    ['a day that is none', good.replace("to: '2026-12-31'", "to: '2026-02-30'"), ['10:32 no-such-day']],
    ['a day in another form', good.replace("to: '2026-12-31'", 'to: 31/12/2026'), ['10:32 no-such-day']],
    ['days the wrong way round', good.replace('2026-01-01', '2027-01-01'), ['10:1 days-reversed']],
    ['an unknown check', good.replace('[hsts]', '[hsts, tls]'), ['17:20 unknown-check']],
    ['a check named twice', good.replace('[hsts]', '[hsts, hsts]'), ['17:20 check-twice']],
    ['an id of another text', good.replace('id: mine/one', 'id: yours/one'), ['12:5 wrong-prefix']],
    ['a claim on a scan', good.replace('proof: scan', 'proof: scan\n    claim: level'), ['19:5 claim-on-scan']],
    ['no way to tell', good.replace('[hsts]', '[]'), ['12:5 no-way-to-tell']],
    ['a directive without a task', good.replace('kind: level-clauses', 'kind: directive'), ['12:5 missing-field']],
    ['a level that does not exist', good.replace('{ 3:', '{ 6:'), ['15:15 unknown-field']],
    ['the same key twice', good.replace('proof: scan', 'proof: scan\n    proof: claim'), ['19:5 yaml.duplicate-key']],
    ['no YAML', 'id: [', ['1:6 yaml.indent']],
    ['nothing', '', ['1:1 wrong-type']],
  ])('with %s', (_what, content, expected) => {
    expect(problemsOf(content)).toEqual(expected);
  });

  test('with several faults tells them all, in order', () => {
    const bad = good
      .replace('certainty: text\n  readOn', 'certainty: sure\n  readOn')
      .replace('proof: scan', 'proof: guess');
    expect(problemsOf(bad)).toEqual(['8:3 not-among', '18:5 not-among']);
  });

  test('with a deadline of two kinds is refused', () => {
    const task = `
    task:
      quote: q
      owner: { vi: a, en: b }
      deadline: { before: '2026-04-30', trigger: { vi: a, en: b } }
`;
    expect(problemsOf(good.trimEnd() + task)).toEqual(['22:7 too-many']);
  });

  test('however broken never ends in anything but problems with a place', () => {
    const mutated = fc
      .tuple(fc.nat({ max: good.length }), fc.nat({ max: 40 }), fc.string({ maxLength: 12, unit: 'binary' }))
      .map(([at, cut, put]) => good.slice(0, at) + put + good.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string(), fc.json()), (content) => {
        const parsed = parseFramework(content, 'mine.yaml', ids);
        if (parsed.ok) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const problem of parsed.problems) {
          expect(problem.line).toBeGreaterThan(0);
          expect(problem.column).toBeGreaterThan(0);
          expect(catalogue.has(problem.message.key)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a bomb of aliases is refused', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i += 1) {
      const [name, before] = [String.fromCharCode(97 + i), String.fromCharCode(96 + i)];
      bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`);
    }
    const keys = problemsOf(bomb.join('\n')).map((problem) => problem.split(' ')[1]);
    expect(new Set(keys)).toEqual(new Set(['yaml.alias']));
  });
});

describe('folders', () => {
  const checks = [{ id: 'hsts' }];

  test('are read in order of id; other files are left alone', async () => {
    const path = folder({ 'b.yaml': good, 'a.yaml': good.replaceAll('mine', 'about'), 'README.md': '#' });
    expect((await readFrameworks([path], checks)).map(({ id }) => id)).toEqual(['about', 'mine']);
  });

  test('later ones replace texts of the same id', async () => {
    const ours = folder({ 'mine.yaml': good });
    const theirs = folder({ 'changed.yaml': good.replace('title: { vi: Văn bản', 'title: { vi: Văn bản của tỉnh') });
    const [only, ...more] = await readFrameworks([ours, theirs], checks);
    expect(more).toEqual([]);
    expect(only?.title.vi).toBe('Văn bản của tỉnh');
  });

  test('with faults in several files tell them all at once, each with its file', async () => {
    const path = folder({
      'a.yaml': good.replace('proof: scan', 'proof: guess'),
      'b.yaml': good.replace('[hsts]', '[gone]'),
      'c.yaml': good,
      'd.yaml': good,
    });
    const error = await readFrameworks([path, join(root, 'nowhere')], checks).catch((thrown: unknown) => thrown);
    if (!(error instanceof UserError)) throw new Error('no UserError');
    expect(error.problems.map(({ file, message }) => [file?.slice(root.length + 1), message.key])).toEqual([
      [`${String(folders)}/a.yaml`, 'frameworks.not-among'],
      [`${String(folders)}/b.yaml`, 'frameworks.unknown-check'],
      [`${String(folders)}/d.yaml`, 'frameworks.same-id'],
      ['nowhere', 'frameworks.no-folder'],
    ]);
  });

  test('with one obligation in two texts are refused', async () => {
    const path = folder({
      'mine.yaml': good.replace('proof: scan\n', 'proof: scan\n') + good.slice(good.indexOf('  - id:')),
    });
    const error = await readFrameworks([path], checks).catch((thrown: unknown) => thrown);
    if (!(error instanceof UserError)) throw new Error('no UserError');
    expect(error.problems.map(({ line, message }) => [line, message.key])).toEqual([[19, 'frameworks.same-id']]);
  });
});
