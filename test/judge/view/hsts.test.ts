import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHsts } from '../../../src/judge/view/hsts.ts';

describe('parseHsts', () => {
  it.each([
    ['max-age=31536000', 31_536_000, false],
    ['MAX-AGE=31536000; INCLUDESUBDOMAINS', 31_536_000, true],
    ['max-age="31536000"; includeSubDomains', 31_536_000, true],
    [' max-age = 60 ;; includeSubDomains ; preload ', 60, true],
    ['max-age=0', 0, false],
    ['max-age=1; unknown=yes; other="a;b"', 1, false],
    ['max-age=99999999999999999999', 10 ** 12, false],
  ])('reads %s as a browser does', (value, maxAge, includeSubDomains) => {
    expect(parseHsts(value)).toMatchObject({ valid: true, maxAge, includeSubDomains });
  });

  it.each([
    ['', 'nothing'],
    ['includeSubDomains', 'no max-age'],
    ['max-age', 'max-age without a value'],
    ['max-age=-1', 'a negative age'],
    ['max-age=1 day', 'a blank inside a token'],
    ['max-age=1; max-age=2', 'a directive twice'],
    ['max-age=1; includeSubDomains; IncludeSubdomains', 'a directive twice in another case'],
    ['max-age=1; includeSubDomains=true', 'a value where none belongs'],
    ['max-age=1, max-age=2', 'two headers joined by a proxy'],
    ['max-age="1', 'an open quote'],
  ])('ignores %j: %s', (value) => {
    expect(parseHsts(value)).toMatchObject({ valid: false, maxAge: null, includeSubDomains: false, preload: false });
  });

  it('never throws, keeps the bounds and gives the same for what it kept', () => {
    const nearly = fc
      .array(fc.constantFrom('max-age', '=', '"', '\\', ';', '60', ' ', 'includeSubDomains', ',', 'preload'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearly), (value) => {
        const hsts = parseHsts(value);
        expect(hsts.valid).toBe(hsts.maxAge !== null);
        expect(hsts.value.length).toBeLessThanOrEqual(8192);
        expect(parseHsts(hsts.value)).toEqual(hsts);
      }),
    );
  });
});
