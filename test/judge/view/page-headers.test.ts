import { describe, expect, it } from 'vitest';
import { parseCsp } from '../../../src/judge/view/csp.ts';
import { framingOf } from '../../../src/judge/view/framing.ts';
import { referrerOf } from '../../../src/judge/view/referrer.ts';

describe('framingOf', () => {
  it.each([
    [null, 'SAMEORIGIN', true, 'x-frame-options'],
    [null, 'deny', true, 'x-frame-options'],
    [null, 'ALLOW-FROM https://a.example', false, 'x-frame-options'],
    [null, 'ALLOWALL', false, 'x-frame-options'],
    [null, 'SAMEORIGIN, DENY', true, 'x-frame-options'],
    [null, 'SAMEORIGIN, SAMEORIGIN', true, 'x-frame-options'],
    [null, null, false, null],
    ["frame-ancestors 'self'", null, true, 'content-security-policy'],
    ['frame-ancestors *', 'DENY', false, 'content-security-policy'],
    ["default-src 'self'", 'DENY', true, 'x-frame-options'],
  ])('CSP %s and X-Frame-Options %s: limited %s, by %s', (csp, options, limited, by) => {
    expect(framingOf(csp === null ? null : parseCsp([csp]), options)).toMatchObject({ limited, by });
  });
});

describe('referrerOf', () => {
  it.each([
    [null, 'strict-origin-when-cross-origin', false],
    ['', 'strict-origin-when-cross-origin', false],
    ['no-referrer', 'no-referrer', true],
    ['no-referrer, strict-origin-when-cross-origin', 'strict-origin-when-cross-origin', true],
    ['unsafe-url, new-word', 'unsafe-url', true],
    ['never', 'strict-origin-when-cross-origin', false],
    ['Same-Origin', 'same-origin', true],
  ])('%j means %s, stated: %s', (value, policy, stated) => {
    expect(referrerOf(value)).toMatchObject({ policy, stated });
  });
});
