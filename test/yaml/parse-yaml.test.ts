import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../src/yaml/parse-yaml.ts';
import { readYaml } from '../../src/yaml/read-yaml.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';

const longest = 10_000;

/** `line:column key` of each fault. */
function faultsOf(text: string): readonly string[] {
  return parseYaml(text, longest).faults.map(({ position: { line, column }, message: { key } }) => {
    return `${line}:${column} ${key.replace('yaml.', '')}`;
  });
}

describe('what is no plain YAML is told with its place', () => {
  test.each([
    ['a tag', 'a: !!str 1', ['1:10 tag']],
    ['a tag of its own before nothing', 'a: !x\nb: 1', ['1:3 tag']],
    ['a handle that nobody declared', 'a: !x!y 1', ['1:4 tag']],
    ['an anchor', 'a:\n  - &x 1', ['2:8 alias']],
    ['an alias that leads nowhere', 'a: *x', ['1:4 alias']],
    ['a merge of an alias', 'a: &x { b: 1 }\nc: { <<: *x }', ['1:7 alias', '2:10 alias']],
    ['a directive', '%FOO bar\n---\na: 1', ['1:1 directive']],
    ['a directive behind comments', '# a\n\n%YAML 1.2\n---\na: 1', ['3:1 directive']],
    ['a second document', 'a: 1\n---\nb: 1', ['2:1 documents']],
    ['an ended document with more behind', 'a: 1\n...\nb: 1', ['3:1 documents']],
    ['a key of two kinds of text', 'a: 1\n"a": 2', ['2:1 duplicate-key']],
    ['a key in a key', '? { a: 1 }\n: 2', ['1:3 key']],
    ['no key', ': 1', ['1:2 key']],
    ['__proto__, quoted', '{ "__proto__": { x: 1 } }', ['1:3 forbidden-key']],
    ['a control character in a value', 'a: "x\\u0007"', ['1:4 control-character']],
    ['a control character in a key', '"a\\u202E": 1', ['1:1 control-character']],
    ['a control character as it is', 'a: 1\nb: x\u0007y', ['2:5 control-character']],
    ['a byte order mark inside', 'a: 1\nb: x\uFEFFy', ['2:4 control-character']],
    ['the line ends of old Macs', 'a: 1\rb: 2\r', ['1:5 control-character']],
    ['a tab before a key', 'a:\n\tb: 1', ['2:1 tab']],
    ['a start that is indented', '  ---\na: 1', ['1:3 indent']],
  ])('%s', (_, text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  test('nesting: 32 levels are read, 33 are not, and ten thousand do not exhaust the stack', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(faultsOf(nested(32))).toEqual([]);
    expect(faultsOf(nested(34))).toEqual(['1:34 too-deep']);
    expect(faultsOf(nested(5000))).toHaveLength(1);
    expect(faultsOf('- '.repeat(4000))).toHaveLength(1);
  });

  test('a text that is too long is not read', () => {
    expect(faultsOf('a'.repeat(longest + 1))).toEqual(['1:1 too-long']);
  });

  test('each fault has its sentence in both languages', () => {
    const catalogue = loadCatalogue();
    const { problems } = readYaml('a: !x 1\na: 2\n__proto__: 1', 'a.yaml', longest);
    expect(problems.map(({ message }) => catalogue.tell('en', message))).toEqual([
      'YAML tags (!x) are not used. Delete the tag, or put the value in double quotes if it is text.',
      'The key “a” already stands on line 1. Write each key once.',
      'The key “__proto__” is not allowed.',
    ]);
  });
});

describe('where things stand', () => {
  const text = 'a:\n- # nothing\n- x: |\n    words\n  "y": \'z\'\n-\nb: [1, { c: 0x1F }]\n';
  const source = parseYaml(text, longest);
  const at = (...path: (string | number)[]) => Object.values(source.locatePath(path)).join(':');

  test('a path leads to the key of an entry, the item of a list, or the nearest thing above it', () => {
    expect([at(), at('a'), at('a', 1), at('a', 1, 'y'), at('b', 1, 'c')]).toEqual(['1:1', '1:1', '3:3', '5:3', '7:10']);
    expect([at('a', 7), at('none'), at('b', 0, 'deeper')]).toEqual(['1:1', '1:1', '7:5']);
  });

  test('a place leads to the value, the key or the container; unwritten values stand behind their sign', () => {
    const { a, b } = source.value as { a: [null, { x: string; y: string }, null]; b: [number, { c: number }] };
    const placed = [{ in: a }, { in: a, key: 0 }, { in: a[1], key: 'x' }, { in: a[1], key: 'y' }, { in: a, key: 2 }];
    const told = placed.map((place) => Object.values(source.locate(place)).join(':'));
    expect(told).toEqual(['2:1', '2:2', '3:6', '5:8', '6:2']);
    expect(source.locate({ in: b[1], key: 'c', part: 'key' })).toEqual({ line: 7, column: 10 });
    expect(source.written({ in: b[1], key: 'c' })).toBe('0x1F');
    expect(b[1].c).toBe(31);
  });
});
