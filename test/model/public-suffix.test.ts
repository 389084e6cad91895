import { afterEach, describe, expect, it } from 'vitest';
import { isPublicSuffixByAny, registeredDomain, usePublicSuffixes } from '../../src/model/public-suffix.ts';

afterEach(() => {
  usePublicSuffixes(undefined);
});

/** Rules of every form that the list has (publicsuffix.org/list, "Formal Algorithm"). */
const rules = [
  'com',
  'jp',
  'kobe.jp',
  '*.kobe.jp',
  '!city.kobe.jp',
  '*.ck',
  '!www.ck',
  'vn',
  'gov.vn',
  '公司.cn',
  'cn',
].map((rule) => ({ rule, isPrivate: false }));

/** From the list's own test vectors (tests/test_psl.txt, public domain), and of Việt Nam. */
const vectors: readonly (readonly [string, string | null])[] = [
  ['COM', null],
  ['example.COM', 'example.com'],
  ['WwW.example.COM', 'example.com'],
  ['b.example.example', 'example.example'],
  ['jp', null],
  ['test.jp', 'test.jp'],
  ['c.kobe.jp', null],
  ['b.c.kobe.jp', 'b.c.kobe.jp'],
  ['a.b.c.kobe.jp', 'b.c.kobe.jp'],
  ['city.kobe.jp', 'city.kobe.jp'],
  ['www.city.kobe.jp', 'city.kobe.jp'],
  ['ck', null],
  ['test.ck', null],
  ['b.test.ck', 'b.test.ck'],
  ['www.ck', 'www.ck'],
  ['www.www.ck', 'www.ck'],
  ['xn--85x722f.xn--55qx5d.cn', 'xn--85x722f.xn--55qx5d.cn'],
  ['xn--55qx5d.cn', null],
  ['gov.vn', null],
  ['dichvucong.laichau.gov.vn', 'laichau.gov.vn'],
  ['_dmarc.laichau.gov.vn.', 'laichau.gov.vn'],
  ['127.0.0.1', null],
  ['::1', null],
  ['a..vn', null],
  ['', null],
];

describe('the registered domain', () => {
  it.each(vectors)('of %j by an imported list is %j', (name, registered) => {
    usePublicSuffixes(rules);
    expect(registeredDomain(name)).toBe(registered);
  });

  it.each(vectors.filter(([name]) => name !== 'a..vn'))(
    'of %j by the list that ships with us is %j',
    (name, registered) => {
      expect(registeredDomain(name)).toBe(registered);
    },
  );

  it('an imported list may narrow what may be authorised, and never widens it', () => {
    expect([isPublicSuffixByAny('gov.vn'), isPublicSuffixByAny('tinh-moi.vn')]).toEqual([true, false]);
    usePublicSuffixes([
      { rule: 'vn', isPrivate: false },
      { rule: 'tinh-moi.vn', isPrivate: false },
    ]);
    expect([isPublicSuffixByAny('gov.vn'), isPublicSuffixByAny('tinh-moi.vn')]).toEqual([true, true]);
    expect(registeredDomain('so-y-te.gov.vn')).toBe('gov.vn');
  });
});
