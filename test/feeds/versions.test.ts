import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inRange, wordsOf } from '../../src/feeds/lookup/range.ts';
import { compareDebian, compareVersions } from '../../src/feeds/lookup/versions.ts';

const version = fc
  .array(fc.oneof(fc.nat({ max: 30 }).map(String), fc.constantFrom('a', 'b', 'rc', 'beta', 'p', 'k', 'alpha')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => `1.${parts.join('.')}`);
const debian = fc
  .tuple(
    fc.constantFrom('', '1:', '2:'),
    fc.stringMatching(/^\d[0-9a-z.+~]{0,8}$/),
    fc.constantFrom('', '-1', '-2+deb12u3', '-2+deb12u10', '-1~bpo12+1'),
  )
  .map((parts) => parts.join(''));

describe('compareVersions', () => {
  it.each([
    ['1.20.1', '1.20.0'],
    ['1.10', '1.9'],
    ['1.0.2k', '1.0.2'],
    ['1.0.2m', '1.0.2k'],
    ['9.2p1', '9.2'],
    ['3.0.0', '3.0.0-rc.1'],
    ['3.0.0-rc.1', '3.0.0-beta1'],
    ['1.9.0', '1.9.0b1'],
    ['10.0.20348', '10.0.17763'],
  ])('%s is later than %s', (later, earlier) => {
    expect(compareVersions(later, earlier)).toBe(1);
    expect(compareVersions(earlier, later)).toBe(-1);
  });

  it.each([
    ['versions', compareVersions, version],
    ['Debian versions', compareDebian, debian],
  ] as const)('orders %s: itself equal, turned round, and in chains', (_name, compare, some) => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(compare(a, a)).toBe(0);
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('orders Debian versions as dpkg does', () => {
    execFileSync('dpkg', ['--version']);
    const pairs = fc.sample(fc.tuple(debian, debian), { numRuns: 150, seed: 7 });
    for (const [a, b] of pairs) {
      const { status, stderr } = spawnSync('dpkg', ['--compare-versions', a, 'lt', b], { encoding: 'utf8' });
      if (stderr === '') expect([a, b, compareDebian(a, b) < 0]).toEqual([a, b, status === 0]);
    }
  });
});

describe('inRange', () => {
  it.each([
    ['1.20.0', { fromIncluding: '0.6.18', toExcluding: '1.20.1' }, true],
    ['1.20.1', { fromIncluding: '0.6.18', toExcluding: '1.20.1' }, false],
    ['0.6.17', { fromIncluding: '0.6.18', toExcluding: '1.20.1' }, false],
    ['1.20', { fromIncluding: '0.6.18', toExcluding: '1.20.1' }, undefined],
    ['2.4', { toExcluding: '2.4.58' }, undefined],
    ['2.4', { fromIncluding: '2.4.0', toExcluding: '2.5' }, true],
    ['9.2p1', { exact: '9.2p1' }, true],
    ['9.2', { exact: '-' }, false],
    ['3', {}, true],
    ['unknown', { toExcluding: '2' }, undefined],
    ['2', { toIncluding: '2' }, true],
    ['2', { fromExcluding: '2' }, false],
  ] as const)('%s in %j is %s', (told, range, answer) => {
    expect(inRange(told, range)).toBe(answer);
  });

  it('says its range in words', () => {
    expect(wordsOf({ fromIncluding: '0.6.18', toExcluding: '1.20.1' })).toBe('>=0.6.18 <1.20.1');
    expect(wordsOf({})).toBe('every version');
  });
});
