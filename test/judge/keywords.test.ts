import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileChecks } from '../../src/judge/compile.ts';
import { decide } from '../../src/judge/decide.ts';
import { inRange, parseRange } from '../../src/judge/version.ts';
import { because, check, object } from './build.ts';

const clock = '2026-11-22T08:00:00.000Z';

function outcomeOf(rule: Readonly<Record<string, unknown>>, value: unknown) {
  const [compiled] = compileChecks([check(object({ fact: { type: 'string', ...rule, because } }))]);
  if (compiled === undefined) throw new Error('not compiled');
  return decide(compiled, { tls: { at: clock, view: { fact: value }, unseen: [] } });
}

describe('days from the clock of the observation', () => {
  test.each([
    ['daysAheadMin', 21, '2026-12-13T08:00:00.000Z', 'pass'],
    ['daysAheadMin', 21, '2026-12-13T07:59:59.999Z', 'fail'],
    ['daysAheadMin', 0, '2026-11-22T08:00:00.000Z', 'pass'],
    ['daysAheadMin', 0, '2026-11-22', 'fail'],
    ['daysAgoMax', 30, '2026-10-23T08:00:00.000Z', 'pass'],
    ['daysAgoMax', 30, '2026-10-23T07:59:59.000Z', 'fail'],
    ['daysAgoMax', 30, '2027-01-01', 'pass'],
    ['daysAheadMin', 1, 'tomorrow', 'not-observed'],
    ['daysAheadMin', 1, '2026-13-45', 'not-observed'],
    ['daysAheadMin', 1, '2026-11-30T08:00:00+07:00', 'not-observed'],
  ])('%s %d of %s: %s', (keyword, days, value, outcome) => {
    expect(outcomeOf({ [keyword]: days }, value).outcome).toBe(outcome);
  });

  test('each kind has its own clock', () => {
    const rule = {
      type: 'object',
      required: ['tls', 'http'],
      properties: {
        tls: object({ fact: { type: 'string', daysAheadMin: 10, because } }),
        http: object({ fact: { type: 'string', daysAheadMin: 10, because } }),
      },
    };
    const [compiled] = compileChecks([check({}, { reads: ['tls', 'http'], rule })]);
    if (compiled === undefined) throw new Error('not compiled');
    const look = (at: string) => ({ at, view: { fact: '2026-11-22' }, unseen: [] });
    const { evidence } = decide(compiled, {
      tls: look('2026-11-01T00:00:00.000Z'),
      http: look('2026-11-20T00:00:00.000Z'),
    });
    expect(evidence.map((found) => found.at)).toEqual(['/http/fact']);
  });

  test('a value that does not decide says so', () => {
    expect(outcomeOf({ versionIn: '>=1' }, 'main').cause).toMatchObject({
      at: '/tls/fact',
      failure: { code: 'undecided' },
    });
  });
});

describe('versions', () => {
  test.each([
    ['1.22.1', '>=1.22', true],
    ['1.22.1', '<1.22.1', false],
    ['1.22', '>=1.22.0', true],
    ['1.22', '<1.22.0', false],
    ['2.4', '<2.4.58', undefined],
    ['2.4', '>=2.4.58', undefined],
    ['2.4', '<2.5.1', true],
    ['2.4.10', '<2.4.9', false],
    ['9.2p1', '>=9.2', true],
    ['9.2p1', '<9.2p2', true],
    ['1.0.2k', '<1.0.2za', undefined],
    ['1.0.2k', '>=1.0.2 <1.0.2u', true],
    ['1.0.2k', '>1.0.2p1', undefined],
    ['v3.1', '=3.1.0', undefined],
    ['3.1.0', '=3.1', true],
    ['1.5', '>=1.2 <1.5 || >=1.5.0', true],
    ['1.4', '>=1.2 <1.5 || >=2', true],
    ['1.6', '>=1.2 <1.5 || >=2', false],
    ['2.4.57-debian', '>=2', undefined],
    ['', '>=2', undefined],
    ['10.0', '>9.9.9', true],
  ])('%s in %s: %s', (version, text, expected) => {
    const range = parseRange(text);
    expect(range === undefined ? undefined : inRange(version, range)).toBe(expected);
  });

  test.each(['', 'new', '1.2', '>=', '>=1.x', '>=1.2 ||', '>=1.2,<2', '^1.2'])('%j is no range', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });

  test('whatever a target says, comparing never throws; of two opposite ranges exactly one holds, or both are open', () => {
    const version = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join('.')),
    );
    const bound = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join('.'));
    fc.assert(
      fc.property(version, bound, (told, limit) => {
        const [below, above] = [parseRange(`<${limit}`), parseRange(`>=${limit}`)];
        if (below === undefined || above === undefined) throw new Error('no range');
        const answers = [inRange(told, below), inRange(told, above)];
        expect([
          [true, false],
          [false, true],
          [undefined, undefined],
        ]).toContainEqual(answers);
      }),
    );
  });
});
