import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/model/finding.ts';
import { fingerprintOf } from '../../src/track/fingerprint.ts';

const because = { vi: 'x', en: 'x' };
const one = (at: string, saw: unknown): Evidence => ({ at, saw, because });
const same = (a: unknown, b: unknown) => fingerprintOf([one('/x', a)]) === fingerprintOf([one('/x', b)]);

describe('fingerprint of evidence', () => {
  it.each<[string, unknown, unknown]>([
    [
      'a clock in a banner',
      '220 mail ESMTP Wed, 25 Nov 2026 10:11:12 +0700',
      '220 mail ESMTP Thu, 26 Nov 2026 01:02:03 +0700',
    ],
    ['a time within a text', 'generated 2026-11-25T10:11:12Z', 'generated 2027-01-01T00:00:00.123Z'],
    ['a nonce', "script-src 'nonce-abcDEF123=='", "script-src 'nonce-zzz'"],
    [
      'a session in an address',
      'https://a.example/login;jsessionid=0123456789ABCDEF0123456789ABCDEF',
      'https://a.example/login;jsessionid=FEDCBA9876543210FEDCBA9876543210',
    ],
    [
      'a request id',
      { value: 'error 123e4567-e89b-12d3-a456-426614174000' },
      { value: 'error 00000000-e89b-12d3-a456-426614174999' },
    ],
    ['days that are left', { name: 'sid', days: 30 }, { name: 'sid', days: 29 }],
    ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['the order of a list', ['a', 'b'], ['b', 'a']],
  ])('does not change with %s', (_what, a, b) => {
    expect(same(a, b)).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ['a version', 'nginx/1.18.0', 'nginx/1.18.1'],
    ['a date of support', { endOfLife: '2020-01-14' }, { endOfLife: '2021-01-14' }],
    ['the end of a certificate', '2026-11-13T18:29:24.000Z', '2026-12-04T18:29:24.000Z'],
    ['the hash of a document', 'a'.repeat(64), 'b'.repeat(64)],
    ['a port', { port: 21 }, { port: 2121 }],
    ['one more entry', ['a'], ['a', 'b']],
    ['null and absence of a value', null, ''],
  ])('changes with %s', (_what, a, b) => {
    expect(same(a, b)).toBe(false);
  });

  it('knows places by name, not by their number in a list', () => {
    expect(fingerprintOf([one('/ports/ftp/0', 1), one('/ports/ftp/1', 2)])).toBe(
      fingerprintOf([one('/ports/ftp/0', 2), one('/ports/ftp/1', 1)]),
    );
    expect(fingerprintOf([one('/ports/ftp/0', 1)])).not.toBe(fingerprintOf([one('/ports/ssh/0', 1)]));
  });

  it('takes any evidence, in time that grows with its size', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.string(), saw: fc.jsonValue() })), (list) => {
        const evidence = list.map(({ at, saw }) => one(at, saw));
        expect(fingerprintOf(evidence)).toMatch(/^[0-9a-f]{16}$/);
        expect(fingerprintOf([...evidence].reverse())).toBe(fingerprintOf(evidence));
      }),
    );
    for (const hostile of ['=', '<', 'a', '1', '-', "'nonce-", '2026-11-25T', '0123456789abcdef-']) {
      // A pattern that goes back over its steps would not come to an end here.
      expect(fingerprintOf([one('/x', hostile.repeat(200_000))])).toHaveLength(16);
    }
  });
});
