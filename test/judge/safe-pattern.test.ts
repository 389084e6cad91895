import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternFault } from '../../src/judge/safe-pattern.ts';
import { cpuMs } from '../setup/cpu.ts';

test.each([
  '^RC4_',
  '^(?:GET|HEAD)$',
  '^\\d{1,3}(?:\\.\\d{1,3}){3}$',
  '^[^;]*; *secure',
  'max-age=(\\d+)',
  '^(\\d+)(?:,(\\d+))?$',
  '^a{2}b{3,5}$',
  '[)(*+]+x',
  '\\(\\*\\+',
  '^(?<name>[a-z]+)$',
])('%s is safe', (pattern) => {
  expect(patternFault(pattern)).toBeUndefined();
});

test.each([
  ['[', 'broken'],
  ['a**', 'broken'],
  ['^(a+)+$', 'nested'],
  ['^((a+)b?)*$', 'nested'],
  ['^(?:(?:x*)y){2,}$', 'nested'],
  ['^(a+){20}$', 'nested'],
  ['^(x{1,16}){1,16}$', 'nested'],
  ['^(a|aa)+$', 'alternation'],
  ['^(?:(a|b)c)*$', 'alternation'],
  ['(?=a)b', 'lookAround'],
  ['(?<!a)b', 'lookAround'],
  ['(a)\\1', 'backReference'],
  ['(?<n>a)\\k<n>', 'backReference'],
  ['.*a.*b', 'tooMany'],
  ['^.*a.*b.*$', 'tooMany'],
  ['\\S*[ab]*x', 'tooMany'],
  ['\\S+@\\S+', 'tooMany'],
])('%s is not: %s', (pattern, fault) => {
  expect(patternFault(pattern)).toBe(fault);
});

test('a pattern that is let through ends soon on the worst that a header can hold', () => {
  const atom = fc.constantFrom('a', '.', '[ab]', '[^c]', '\\w', '(a)', '(?:ab)', '\\S');
  const times = fc.constantFrom('', '', '*', '+', '?', '{2,}');
  const pattern = fc
    .tuple(fc.constantFrom('', '^'), fc.array(fc.tuple(atom, times), { maxLength: 4 }), fc.constantFrom('', '$', 'x'))
    .map(([start, parts, end]) => start + parts.map(([one, many]) => one + many).join('') + end);
  fc.assert(
    fc.property(pattern, (text) => {
      fc.pre(patternFault(text) === undefined);
      const made = new RegExp(text, 'u');
      expect(
        cpuMs(() => made.test('ab'.repeat(1000))),
        text,
      ).toBeLessThan(1000);
    }),
    { numRuns: 300 },
  );
});
