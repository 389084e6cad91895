import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadVerifier } from '../../src/evidence/verifier.ts';
import { canonicalJson } from '../../src/model/canonical.ts';

const bits = (hex: string): number => new DataView(Uint8Array.from(Buffer.from(hex, 'hex')).buffer).getFloat64(0);

describe('canonical JSON (RFC 8785)', () => {
  it('writes the example of 3.2.2 as 3.2.3 does', () => {
    const given = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    };
    expect(canonicalJson(given)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts as 3.2.3 does, by UTF-16 code units', () => {
    const given = JSON.parse(
      '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",' +
        '"\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
    ) as unknown;
    const values = ['Carriage Return', 'One', 'Control', 'Latin Small Letter O With Diaeresis', 'Euro Sign'];
    expect([...canonicalJson(given).matchAll(/:"([^"]+)"/g)].map(([, value]) => value)).toEqual([
      ...values,
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('sorts names that are numbers as text, which the order of an object does not', () => {
    expect(canonicalJson({ 9: 'a', 10: 'b', x: 'c', __proto__: undefined })).toBe('{"10":"b","9":"a","x":"c"}');
  });

  // Appendix B.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s as %s', (hex, text) => {
    expect(canonicalJson(bits(hex))).toBe(text);
  });

  it('knows no NaN and no infinity', () => {
    for (const value of [NaN, Infinity, [-Infinity]]) expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('is one text for one value, read back as that value, and the same as the verifier of packs writes', async () => {
    const { canonical } = await loadVerifier();
    const key = fc.oneof(fc.string({ unit: 'binary' }), fc.nat().map(String), fc.constant('__proto__'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((all) => Object.fromEntries(all)),
      ),
    }));
    fc.assert(
      fc.property(value, (one) => {
        const text = canonicalJson(one);
        const again = JSON.parse(text) as unknown;
        expect(canonicalJson(again)).toBe(text);
        expect(canonical(again)).toBe(text);
        expect(JSON.stringify(again).length).toBe(text.length);
        // The same members in another order.
        const turned = (inner: unknown): unknown =>
          Array.isArray(inner)
            ? inner.map(turned)
            : inner !== null && typeof inner === 'object'
              ? Object.fromEntries(
                  Object.entries(inner)
                    .reverse()
                    .map(([name, deep]) => [name, turned(deep)]),
                )
              : inner;
        expect(canonicalJson(turned(again))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
