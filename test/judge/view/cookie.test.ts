import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCookie } from '../../../src/judge/view/cookie.ts';
import { sessionLikeness } from '../../../src/judge/view/session-name.ts';
import { cpuMs } from '../../setup/cpu.ts';

describe('parseCookie', () => {
  it('reads attributes in any case and keeps no value', () => {
    const cookie = parseCookie('JSESSIONID=secret; path=/; SECURE; httponly; samesite=Lax', { overHttps: true });
    expect(cookie).toEqual({
      name: 'JSESSIONID',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      prefixHolds: null,
      session: 'known-name',
      overHttps: true,
      domain: null,
      wide: false,
      days: null,
      partitioned: false,
      refused: null,
    });
    expect(JSON.stringify(cookie)).not.toContain('secret');
  });

  it('takes an unknown SameSite for none stated', () => {
    expect(parseCookie('sid=1; SameSite=sometimes', { overHttps: true })?.sameSite).toBeNull();
    expect(parseCookie('sid=1', { overHttps: true })?.sameSite).toBeNull();
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
    expect(parseCookie(value, { overHttps: true })?.prefixHolds).toBe(expected);
  });

  it('sees a prefix broken over http, where a browser refuses Secure', () => {
    expect(parseCookie('__Secure-sid=1; Secure', { overHttps: false })?.prefixHolds).toBe(false);
  });

  it.each(['sid=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT', 'sid=; Path=/', 'sid=x; Max-Age=0'])(
    'takes %s for a deletion, not a session',
    (value) => {
      expect(parseCookie(value, { overHttps: true })?.session).toBeNull();
    },
  );

  it.each<[string, string | null, boolean]>([
    ['sid=1', null, false],
    ['sid=1; Domain=portal.tinh.gov.vn', null, false],
    ['sid=1; Domain=.tinh.gov.vn', null, true],
    ['sid=1; Domain=tinh.gov.vn; Secure', null, true],
    ['sid=1; Domain=gov.vn', 'public-suffix', true],
    ['sid=1; Domain=other.gov.vn', 'other-domain', false],
    ['sid=1; SameSite=None', 'not-secure', false],
    ['sid=1; SameSite=None; Secure', null, false],
    ['sid=1; Partitioned', 'not-secure', false],
    [`sid=${'x'.repeat(4094)}`, 'too-long', false],
    [`sid=${'x'.repeat(4093)}`, null, false],
  ])('of a host below tinh.gov.vn, %s: refused %s, wide %s', (value, refused, wide) => {
    expect(parseCookie(value, { overHttps: true, host: 'portal.tinh.gov.vn' })).toMatchObject({ refused, wide });
  });

  it('is not kept when Secure came in clear', () => {
    expect(parseCookie('a=1; Secure', { overHttps: false })).toMatchObject({ refused: 'in-clear' });
  });

  it.each([
    ['a=1', null],
    ['a=1; Max-Age=86400; Expires=Thu, 01 Jan 2099 00:00:00 GMT', 1],
    ['a=1; Expires=Tue, 01 Dec 2026 00:00:00 GMT', 91],
    ['a=1; Max-Age=-5', 0],
    ['a=1; Max-Age=99999999999999', 1_000_000],
    ['a=1; Expires=never', null],
  ])('counts the days of %s from the observation: %s', (value, days) => {
    expect(parseCookie(value, { overHttps: true, at: '2026-09-01T00:00:00.000Z' })?.days).toBe(days);
  });

  it('ignores what a browser ignores', () => {
    expect(parseCookie('', { overHttps: true })).toBeNull();
    expect(parseCookie('  ; Secure', { overHttps: true })).toBeNull();
  });

  it('never throws on any string, and reads its own name again as a session or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (value, overHttps) => {
        const cookie = parseCookie(value, { overHttps, host: 'portal.gov.example', at: '2026-09-01T00:00:00.000Z' });
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
    const both = () => {
      sessionLikeness(`_${'a_'.repeat(50_000)}`);
      sessionLikeness('-'.repeat(100_000));
    };
    expect(cpuMs(both)).toBeLessThan(200);
  });
});
