import { describe, expect, it } from 'vitest';
import { ranger, wordsOf } from '../../src/feeds/lookup/range.ts';

describe('ranger', () => {
  it.each([
    ['1.20.0', { fromIncluding: '0.6.18', toExcluding: '1.20.1' }, true],
    ['1.20.1', { fromIncluding: '0.6.18', toExcluding: '1.20.1' }, false],
    ['0.6.17', { fromIncluding: '0.6.18', toExcluding: '1.20.1' }, false],
    ['1.20', { fromIncluding: '0.6.18', toExcluding: '1.20.1' }, undefined],
    ['2.4', { toExcluding: '2.4.58' }, undefined],
    ['2.4', { fromIncluding: '2.4.0', toExcluding: '2.5' }, true],
    ['9.2p1', { exact: '9.2p1' }, true],
    ['1.0.2k', { toExcluding: '1.0.2m' }, true],
    ['9.2', { exact: '-' }, false],
    ['3', {}, true],
    ['unknown', { toExcluding: '2' }, undefined],
    ['2', { toIncluding: '2' }, true],
    ['2', { fromExcluding: '2' }, false],
  ] as const)('%s in %j is %s', (told, range, answer) => {
    expect(ranger('nginx', told)(range)).toBe(answer);
  });

  it('says its range in words', () => {
    expect(wordsOf({ fromIncluding: '0.6.18', toExcluding: '1.20.1' })).toBe('>=0.6.18 <1.20.1');
    expect(wordsOf({})).toBe('every version');
  });
});
