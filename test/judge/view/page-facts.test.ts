import { describe, expect, it } from 'vitest';
import { disagreementsOf } from '../../../src/judge/view/agreement.ts';
import { parseCsp } from '../../../src/judge/view/csp.ts';
import { deriveHttp } from '../../../src/judge/view/http.ts';
import { isolationOf } from '../../../src/judge/view/isolation.ts';
import { debugHeadersOf, internalHeadersOf } from '../../../src/judge/view/leaks.ts';
import { permissionsOf } from '../../../src/judge/view/permissions.ts';
import { isPublicSuffix, isSameSite } from '../../../src/judge/view/site-kin.ts';
import type { Hop } from '../../../src/model/facts/http.ts';
import { body, chain, context, hop, page, web } from './given.ts';

const S = 'https://portal.example/';
type Headers = Parameters<typeof hop>[2];
const answer = (headers: Headers): Hop => hop(S, 200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });

function derive(headers: Headers, html = '<body>', rest = {}) {
  const secure = chain([answer(headers)], { body: body({ page: page(html), ...rest }) });
  const { view, unseen } = deriveHttp({ secure, plain: null }, context(web()));
  return { view, page: view.page, why: Object.fromEntries(unseen.map(({ at, failure }) => [at, failure.code])) };
}

const metaCsp = (value: string) => `<meta http-equiv=Content-Security-Policy content="${value}">`;

describe('policies of headers and metas', () => {
  it('narrow each other; what counts in a header alone is left out of a meta', () => {
    const both = derive({ 'Content-Security-Policy': "script-src 'unsafe-inline'" }, metaCsp("script-src 'self'"));
    expect(both.page?.csp).toMatchObject({ from: 'both', inlineScripts: false });
    const alone = derive({}, metaCsp("default-src 'self'; frame-ancestors 'none'; report-uri /x"));
    expect(alone.page).toMatchObject({
      csp: { from: 'meta', limitsScripts: true, anyAncestor: true },
      cspParts: {
        meta: { ignored: ['frame-ancestors', 'report-uri'], loadsBefore: 0, outsideHead: 0 },
        reportUris: [],
      },
      framing: { limited: false },
      cspReports: false,
    });
  });

  it('outside the head are none', () => {
    expect(derive({}, `<body>${metaCsp("default-src 'self'")}`).page?.csp).toBeNull();
  });

  it('that were not read are unknown, unless the headers limit scripts by themselves', () => {
    const unread = { page: undefined };
    const { page: found, why } = derive({}, '', unread);
    expect(found).not.toHaveProperty('csp');
    expect(why).toMatchObject({ '/http/page/csp': 'undecided', '/http/page/referrer': 'undecided' });
    const { csp, cspParts } = derive({ 'Content-Security-Policy': "default-src 'self'" }, '', unread).page ?? {};
    expect(csp).toMatchObject({ limitsScripts: true, inlineScripts: false, limitsObjects: true });
    expect(csp).not.toHaveProperty('limitsBaseUri');
    expect(cspParts).toBeUndefined();
    const lax = derive({ 'Content-Security-Policy': "script-src 'unsafe-inline' *" }, '', unread).page?.csp;
    expect(lax).not.toHaveProperty('inlineScripts');
    expect(derive({}, '<title>a</title>', { cut: true }).why).toMatchObject({ '/http/page/csp': 'too-large' });
    expect(derive({}, '<title>a</title><body>', { cut: true }).page?.csp).toBeNull();
  });

  it('that are only reported are no protection', () => {
    expect(derive({ 'Content-Security-Policy-Report-Only': "default-src 'self'" }).page).toMatchObject({
      csp: null,
      cspReportOnly: true,
    });
  });

  it('say where breaches go only where somebody is there', () => {
    const csp = { 'Content-Security-Policy': "default-src 'self'; report-to csp" };
    expect(derive(csp).page?.cspReports).toBe(false);
    expect(derive({ ...csp, 'Reporting-Endpoints': 'csp="https://a.example/"' }).page?.cspReports).toBe(true);
    expect(derive({ ...csp, 'Report-To': '{"group":"csp","max_age":1,"endpoints":[]}' }).page?.cspReports).toBe(true);
    expect(derive({ ...csp, 'Reporting-Endpoints': 'CSP broken"' }).page?.cspReports).toBe(false);
  });

  it.each([
    ["script-src 'self'", { scripts: 1, handlers: 1, scriptUrls: 1 }],
    ["script-src 'unsafe-inline'", { scripts: 0, handlers: 0, scriptUrls: 0 }],
    ["script-src 'nonce-abc'", { scripts: 1, handlers: 1, scriptUrls: 1 }],
    ["script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='", { scripts: 0, handlers: 1, scriptUrls: 0 }],
    ["script-src 'sha512-x'", { scripts: 0, handlers: 1, scriptUrls: 0 }],
    ["script-src 'self'; script-src-attr 'unsafe-inline'", { scripts: 1, handlers: 0, scriptUrls: 1 }],
  ])('stop of the page what %s does not let run', (value, blocked) => {
    const html = '<body onload=x><script>1</script><script type="application/ld+json">{}</script><a href=javascript:x>';
    expect(derive({ 'Content-Security-Policy': value }, html).page?.inlineBlocked).toEqual(blocked);
  });
});

describe('nonces', () => {
  const csp = (nonce: string) => ({ 'Content-Security-Policy': `script-src 'nonce-${nonce}'` });
  const observed = (first: Headers, second: Headers) =>
    deriveHttp(
      {
        secure: chain([hop(S, 301, { ...first, Location: '/vi' }), hop(`${S}vi`, 200, second)], { body: body() }),
        plain: null,
      },
      context(web()),
    ).view.nonceReuse;

  it('that come in two answers are told; one answer alone proves nothing', () => {
    expect(observed(csp('abc'), csp('abc'))).toEqual([{ first: S, again: `${S}vi`, nonce: 'abc' }]);
    expect(observed(csp('abc'), csp('def'))).toEqual([]);
    expect(observed({}, {})).toBeNull();
    expect(observed({}, csp('abc'))).toBeUndefined();
  });

  it("out of a cache are everybody's", () => {
    expect(observed({}, { ...csp('abc'), Age: '10' })).toEqual([{ first: `${S}vi`, again: `${S}vi`, nonce: 'abc' }]);
  });

  it.each([
    ['xyz', 18],
    ['0123456789abcdef0123456789abcdef', 128],
    ['1234567890', 33],
    ['rAnd0mrAnd0mrAnd0mrAnd==', 132],
  ])('%s can hold %i bits', (nonce, bits) => {
    expect(parseCsp([`script-src 'nonce-${nonce}'`])?.nonces).toEqual([{ value: nonce, bits }]);
  });
});

describe('other headers', () => {
  it.each([
    ['camera=(), geolocation=(self)', { valid: true, openToAll: [] }],
    ['camera=*, microphone=(self *), fullscreen=*', { valid: true, openToAll: ['camera', 'microphone'] }],
    ["camera 'none'; microphone 'none'", { valid: false, openToAll: [] }],
    ['camera=(', { valid: false, openToAll: [] }],
  ])('Permissions-Policy: %s', (value, expected) => {
    expect(permissionsOf(value)).toEqual(expected);
  });

  it('isolation counts words that browsers know', () => {
    const of = (headers: Headers) => isolationOf(answer(headers));
    expect(of({ 'Cross-Origin-Opener-Policy': 'same-origin; report-to="x"' }).opener?.effective).toBe(true);
    expect(of({ 'Cross-Origin-Opener-Policy': ['same-origin', 'unsafe-none'] }).opener?.effective).toBe(false);
    expect(of({ 'Cross-Origin-Resource-Policy': 'Same-Origin' }).resource?.effective).toBe(false);
    expect(of({})).toEqual({ opener: null, embedder: null, resource: null });
  });

  it.each<[Headers, readonly string[]]>([
    [{ 'X-Frame-Options': ['DENY', 'deny'] }, []],
    [{ 'X-Frame-Options': ['DENY', 'SAMEORIGIN'] }, ['repeated']],
    [{ 'Strict-Transport-Security': ['max-age=1', 'max-age=2'] }, ['repeated']],
    [{ 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "frame-ancestors 'self'" }, ['against-frame-ancestors']],
    [{ 'X-Frame-Options': 'SAMEORIGIN', 'Content-Security-Policy': "frame-ancestors 'self'" }, []],
    [{ 'X-Frame-Options': 'SAMEORIGIN', 'Content-Security-Policy': 'frame-ancestors https://a.example' }, []],
    [{ 'X-Frame-Options': 'DENY', 'Content-Security-Policy': 'frame-ancestors *' }, ['against-frame-ancestors']],
  ])('%j disagree: %j', (headers, kinds) => {
    const one = answer(headers);
    const values = one.headers.filter(([name]) => name === 'Content-Security-Policy').map(([, value]) => value);
    expect(disagreementsOf(one, parseCsp(values)).map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each<[string, string, boolean]>([
    ['Location', 'http://10.0.0.5:8080/', true],
    ['Via', '1.1 proxy01.noibo.local (squid)', true],
    ['X-Backend-Server', 'web01', true],
    ['X-Forwarded-Host', 'localhost:8080', true],
    ['X-Cache', 'HIT from 192.168.1.9', true],
    ['X-Cache', 'HIT from 203.0.113.9', false],
    ['X-Version', '10.3.6.0', false],
    ['Server', 'WebLogic 10.3.6.0', false],
    ['ETag', '"10.0.0.1"', false],
    ['X-Build', '110.0.0.55', false],
    ['X-Build', '10.0.0.1.2', false],
    ['X-Other', '127.0.0.1', false],
    ['X-Words', 'localhosting is not local', false],
  ])('%s: %s tells of the inner network: %s', (name, value, expected) => {
    expect(internalHeadersOf(answer({ [name]: value })).length > 0).toBe(expected);
  });

  it('debuggers are known by their names', () => {
    const headers = {
      'X-Debug-Token': 'a',
      'Server-Timing': 'db;dur=5',
      'X-Debugging-Is-Fun': '1',
      'X-Runtime': '0.01',
    };
    expect(debugHeadersOf(answer(headers)).map(({ name }) => name)).toEqual([
      'x-debug-token',
      'server-timing',
      'x-runtime',
    ]);
  });

  it('the encoding is that of the header, else of a meta', () => {
    expect(derive({}).page?.charset).toBe('utf-8');
    expect(derive({ 'Content-Type': 'text/html' }, '<meta charset="windows-1258">').page?.charset).toBe('windows-1258');
    expect(derive({ 'Content-Type': 'text/html' }).page?.charset).toBeNull();
    expect(derive({ 'Content-Type': 'text/html' }, '', { page: undefined }).page).not.toHaveProperty('charset');
  });

  it("shared caches are kept out of what is somebody's own", () => {
    const session = { 'Set-Cookie': 'JSESSIONID=*' };
    expect(derive(session).page?.caching).toEqual({ value: null, keptOut: false, personal: 'session' });
    expect(derive({ 'Cache-Control': 'Private, max-age=0' }, '', { passwordField: true }).page?.caching).toMatchObject({
      keptOut: true,
      personal: 'password',
    });
    expect(derive({ 'Cache-Control': 'private="set-cookie"' }).page?.caching).toMatchObject({
      keptOut: false,
      personal: null,
    });
    expect(derive({}, '<body>', { cut: true }).page).not.toHaveProperty('caching');
  });

  it('logging out is known by its address', () => {
    const of = (url: string, headers: Headers) =>
      deriveHttp({ secure: chain([hop(url, 200, headers)]), plain: null }, context(web(url))).view.logOut;
    expect(of('https://portal.example/dang-xuat', { 'Clear-Site-Data': '"cookies"' })).toMatchObject({ clears: true });
    expect(of('https://portal.example/c/portal/logout', {})).toMatchObject({ clears: false });
    expect(of('https://portal.example/logoutside', {})).toBeNull();
  });
});

describe('sites', () => {
  it.each([
    ['portal.tinh.gov.vn', 'dichvu.tinh.gov.vn', true],
    ['tinh.gov.vn', 'khac.gov.vn', false],
    ['a.github.io', 'b.github.io', false],
    ['127.0.0.1', '127.0.0.2', false],
    ['localhost', 'localhost', true],
  ])('%s and %s are one: %s', (one, other, same) => {
    expect(isSameSite(one, other)).toBe(same);
  });

  it('nobody owns gov.vn', () => {
    expect([isPublicSuffix('gov.vn'), isPublicSuffix('tinh.gov.vn')]).toEqual([true, false]);
  });
});
