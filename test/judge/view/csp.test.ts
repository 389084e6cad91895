import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsp } from '../../../src/judge/view/csp.ts';

const one = (value: string) => parseCsp([value]);

describe('parseCsp', () => {
  it('says null where no policy says anything', () => {
    expect(parseCsp([])).toBeNull();
    expect(parseCsp([' ; ', ','])).toBeNull();
  });

  it.each([
    ["default-src 'self'", { limitsScripts: true, inlineScripts: false, anyHostScripts: false, evalScripts: false }],
    ["script-src 'self' 'unsafe-inline'", { inlineScripts: true, anyHostScripts: false }],
    ["SCRIPT-SRC 'SELF' 'UNSAFE-INLINE'", { limitsScripts: true, inlineScripts: true }],
    ["script-src 'unsafe-inline' 'nonce-abc123=='", { inlineScripts: false }],
    ["script-src 'unsafe-inline' 'sha256-AbC+/=='", { inlineScripts: false }],
    ["script-src 'unsafe-inline' 'strict-dynamic' https: 'nonce-x'", { inlineScripts: false, anyHostScripts: false }],
    ["default-src 'none'; script-src-attr 'unsafe-inline'", { inlineScripts: true, anyHostScripts: false }],
    ["script-src-elem 'self'; script-src 'unsafe-inline'", { inlineScripts: true }],
    ['script-src https:', { anyHostScripts: true, inlineScripts: false }],
    ['script-src *', { anyHostScripts: true }],
    ["script-src 'self' data:", { anyHostScripts: true }],
    ['script-src https://*.gov.example', { anyHostScripts: false }],
    ["script-src 'self' 'unsafe-eval'", { evalScripts: true }],
    ['frame-ancestors none', { limitsScripts: false, inlineScripts: true, anyHostScripts: true, evalScripts: true }],
    ["script-src 'self'; script-src *", { anyHostScripts: false }],
  ])('reads %s', (value, expected) => {
    expect(one(value)).toMatchObject(expected);
  });

  it('lets several policies narrow each other, whether in one header or two', () => {
    const narrow = { inlineScripts: false, anyHostScripts: false };
    expect(parseCsp(["script-src 'unsafe-inline'", "script-src 'self'"])).toMatchObject(narrow);
    expect(one("script-src 'unsafe-inline', script-src 'self'")).toMatchObject(narrow);
  });

  it('keeps a nonce as it was sent and lowers all else', () => {
    expect(one("frame-ancestors HTTPS://Example.ORG 'nonce-AbC'")?.frameAncestors).toEqual([
      'https://example.org',
      "'nonce-AbC'",
    ]);
  });

  it('knows an empty frame-ancestors (nobody) from a missing one (anybody)', () => {
    expect(one('frame-ancestors')).toMatchObject({ frameAncestors: [], anyAncestor: false });
    expect(one("default-src 'self'")).toMatchObject({ frameAncestors: null, anyAncestor: true });
    expect(one('frame-ancestors https:')).toMatchObject({ anyAncestor: true });
  });

  it('never throws, and reads what it kept as it read the whole', () => {
    const words = fc.constantFrom(
      "'self'",
      "'unsafe-inline'",
      "'nonce-a'",
      '*',
      'https:',
      'script-src',
      'default-src',
      'frame-ancestors',
      ';',
      ',',
      ' ',
      '\u0000',
      '__proto__',
    );
    const nearly = fc.array(words).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), nearly), { maxLength: 4 }), (values) => {
        const csp = parseCsp(values);
        if (csp !== null) expect(parseCsp([csp.value])).toEqual(csp);
      }),
    );
  });
});
