import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCookie } from '../../../src/judge/view/cookie.ts';
import { sessionLikeness } from '../../../src/judge/view/session-name.ts';

describe('parseCookie', () => {
  it('reads attributes in any case and keeps no value', () => {
    const cookie = parseCookie('JSESSIONID=secret; path=/; SECURE; httponly; samesite=Lax', true);
    expect(cookie).toEqual({
      name: 'JSESSIONID',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      prefixHolds: null,
      session: 'known-name',
      overHttps: true,
    });
    expect(JSON.stringify(cookie)).not.toContain('secret');
  });

  it('takes an unknown SameSite for none stated', () => {
    expect(parseCookie('sid=1; SameSite=sometimes', true)?.sameSite).toBeNull();
    expect(parseCookie('sid=1', true)?.sameSite).toBeNull();
  });

  it.each([
    ['__Host-sid=1; Secure; Path=/', true],
    ['__HOST-sid=1; Secure; Path=/', true],
    ['__Host-sid=1; Secure; Path=/; Domain=a.example', false],
    ['__Host-sid=1; Secure', false],
    ['__Host-sid=1; Path=/', false],
    ['__Secure-sid=1; Secure', true],
    ['__Secure-sid=1', false],
    ['sid=1', null],
  ])('checks the prefix of %s', (value, expected) => {
    expect(parseCookie(value, true)?.prefixHolds).toBe(expected);
  });

  it('sees a prefix broken over http, where a browser refuses Secure', () => {
    expect(parseCookie('__Secure-sid=1; Secure', false)?.prefixHolds).toBe(false);
  });

  it.each(['sid=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT', 'sid=; Path=/', 'sid=x; Max-Age=0'])(
    'takes %s for a deletion, not a session',
    (value) => {
      expect(parseCookie(value, true)?.session).toBeNull();
    },
  );

  it('ignores what a browser ignores', () => {
    expect(parseCookie('', true)).toBeNull();
    expect(parseCookie('  ; Secure', true)).toBeNull();
  });

  it('never throws on any string, and reads its own name again as a session or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (value, overHttps) => {
        const cookie = parseCookie(value, overHttps);
        if (cookie === null) return;
        expect(cookie.name.length).toBeLessThanOrEqual(256);
        if (cookie.session !== null) expect(sessionLikeness(cookie.name)).toBe(cookie.session);
      }),
    );
  });
});

describe('sessionLikeness', () => {
  it.each([
    'JSESSIONID',
    'PHPSESSID',
    'ASP.NET_SessionId',
    'ASPSESSIONIDQCBDRTST',
    '.AspNetCore.Session',
    'laravel_session',
    '_gitlab_session',
    '__Host-PHPSESSID',
    'SSESS0123456789abcdef0123456789abcdef',
  ])('knows %s by name', (name) => {
    expect(sessionLikeness(name)).toBe('known-name');
  });

  it.each(['sid', 'app_session', 'my-access_token', 'jwt', 'portal.sid'])(
    'takes %s for a session by its pattern',
    (name) => {
      expect(sessionLikeness(name)).toBe('pattern');
    },
  );

  it.each([
    '_ga',
    'XSRF-TOKEN',
    'csrf_token',
    'GUEST_LANGUAGE_ID',
    'cookiesession1',
    'TS01abcdef',
    'BIGipServerpool',
    'AWSALB',
    'visid_incap_1',
    'KEYCLOAK_SESSION',
    'lang',
    'side',
    'inside',
    'obsession',
  ])('leaves %s alone', (name) => {
    expect(sessionLikeness(name)).toBeNull();
  });

  it('answers in linear time', () => {
    const began = performance.now();
    sessionLikeness(`_${'a_'.repeat(50_000)}`);
    sessionLikeness('-'.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(200);
  });
});
