import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify, type ToStringOptions } from 'yaml';
import { parseYaml, type YamlSource } from '../../src/yaml/parse-yaml.ts';
import { baseText } from '../inventory/base.ts';
import { malformed } from '../inventory/malformed.ts';
import { goodFile } from '../judge/malformed.ts';
import { readByYaml } from './reference.ts';

const longest = 1_000_000;

/** `YAML_RUNS=50` looks fifty times as long. */
const runsOf = (usual: number): number => usual * Number(process.env['YAML_RUNS'] ?? 1);

/** Every position that our reader gives, by JSON pointer, as the reference writes them. */
function positionsOf({ value, locate }: YamlSource): ReadonlyMap<string, string> {
  const positions = new Map<string, string>();
  const say = ({ line, column }: ReturnType<YamlSource['locate']>) => `${line}:${column}`;
  const walk = (container: unknown, pointer: string): void => {
    if (typeof container !== 'object' || container === null) return;
    if (pointer === '') positions.set('', say(locate({ in: container })));
    for (const [key, inner] of Object.entries(container) as [string, unknown][]) {
      // What is not written stands wherever one looks for it.
      if (inner !== null) positions.set(`${pointer}/${key}`, say(locate({ in: container, key })));
      if (!Array.isArray(container)) {
        positions.set(`${pointer}/${key} key`, say(locate({ in: container, key, part: 'key' })));
      }
      walk(inner, `${pointer}/${key}`);
    }
  };
  walk(value, '');
  return positions;
}

/** Whatever we take must be taken by the reference, with the same data in the same places. */
function expectAgreement(text: string): boolean {
  const source = parseYaml(text, longest);
  // A file that is one bare word, or nothing, has no use.
  if (source.faults.length === 0 && (typeof source.value !== 'object' || source.value === null)) return false;
  if (source.faults.length > 0) {
    expect(source.faults.every(({ position }) => position.line > 0 && position.column > 0)).toBe(true);
    return false;
  }
  const reference = readByYaml(text.replace(/^\uFEFF/, ''));
  if (!reference.ok) throw new Error(`only we take ${JSON.stringify(text)}`);
  expect(source.value).toEqual(reference.value);
  const ours = positionsOf(source);
  for (const [pointer, position] of ours)
    expect(`${pointer} ${position}`).toBe(`${pointer} ${reference.positions.get(pointer) ?? ''}`);
  return true;
}

describe('what any program may write', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom(...'a b : # - ? , [ ] { } & * ! | > \' " % @ ` \\ ~ 0 . x e + _'.split(' '), ' ', '\n'),
      maxLength: 8,
    }),
    fc.constantFrom(
      'null',
      'True',
      '0o17',
      '0x1F',
      '-.inf',
      '.5',
      '1e3',
      '1_000',
      '012',
      '12:30',
      'no',
      '2026-11-22',
      '<<',
    ),
  );
  const value = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      word,
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(
        word.filter((key) => key !== '__proto__'),
        tie('any'),
        { maxKeys: 4 },
      ),
    ),
  })).any;
  const root = fc.oneof(fc.array(value, { minLength: 1 }), fc.dictionary(word, value, { minKeys: 1 }));
  const style = fc.record<ToStringOptions>({
    collectionStyle: fc.constantFrom('any', 'block', 'flow'),
    defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
    defaultKeyType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE'),
    indent: fc.constantFrom(1, 2, 4),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    minContentWidth: fc.constant(0),
    nullStr: fc.constantFrom('null', '~', ''),
  });

  test('is read as the other package reads it, each piece in the same place', () => {
    let taken = 0;
    let runs = 0;
    fc.assert(
      fc.property(root, style, fc.constantFrom('\n', '\r\n'), (data, options, lineEnd) => {
        const text = stringify(data, { ...options, aliasDuplicateObjects: false }).replaceAll('\n', lineEnd);
        runs += 1;
        if (expectAgreement(text)) taken += 1;
      }),
      { numRuns: runsOf(1500) },
    );
    expect(taken / runs).toBeGreaterThan(0.6);
  });
});

describe('what people write', () => {
  const folders = ['checks/web', 'checks/frameworks', 'inventory', 'src/feeds', 'templates/text'];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(folder, name)),
  );

  test.each(files)('%s is read as the other package reads it', (file) => {
    expect(expectAgreement(readFileSync(file, 'utf8'))).toBe(true);
  });

  test.each(malformed)('$what: faults, or the same data', ({ text }) => {
    expectAgreement(text);
  });

  const bits = [
    ...[
      '\n',
      '\n  ',
      '\n    ',
      ' ',
      '  ',
      '- ',
      '-\n',
      ': ',
      ':',
      '#',
      ' #',
      '? ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      '|',
    ],
    ...[
      '>',
      '|\n',
      '>-\n',
      '|2\n',
      '\t',
      '\\',
      '\\x41',
      '%',
      '@',
      '`',
      '---',
      '...',
      '\n---\n',
      '\n...\n',
      '~',
      'null',
    ],
    ...['0o17', '.inf', '-0', '\r', '\r\n', '\u0085', '\u2028', '\uFEFF', '!', '!!str ', '&a ', '*a', '<<: ', '\u0007'],
    ...['a', 'b: c', 'x: {y: z}', '"k":v', '[a]: b', '- - ', '__proto__: 1', '%YAML 1.1\n'],
  ];
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 6 }),
    put: fc.constantFrom(...bits),
  });
  const piece = fc
    .record({
      of: fc.constantFrom('', baseText, goodFile),
      from: fc.nat({ max: 30 }),
      lines: fc.integer({ min: 2, max: 12 }),
    })
    .map(({ of, from, lines }) => {
      const cut = of.split('\n').slice(from, from + lines);
      const indent = Math.min(...cut.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
      return cut.map((line) => line.slice(indent)).join('\n');
    });

  test('and break by accident: faults, or the same data in the same places', () => {
    let taken = 0;
    fc.assert(
      fc.property(piece, fc.array(edit, { minLength: 1, maxLength: 5 }), (start, edits) => {
        const text = edits.reduce((before, { at, cut, put }) => {
          const place = Math.floor(at * before.length);
          return before.slice(0, place) + put + before.slice(place + cut);
        }, start);
        if (expectAgreement(text)) taken += 1;
      }),
      { numRuns: runsOf(4000) },
    );
    expect(taken).toBeGreaterThan(500);
  });
});
