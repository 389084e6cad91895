import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chain, Hop, HttpFacts } from '../../../src/model/facts/http.ts';
import { deriveHttp, httpView } from '../../../src/judge/view/http.ts';
import { body, chain, context, failed, hop, web } from './given.ts';

const S = 'https://portal.example/';
const P = 'http://portal.example/';
const html = { 'Content-Type': 'text/html; charset=utf-8' };
const toHttps = chain([hop(P, 301, { Location: S })]);

function derive(secure: Chain | null, plain: Chain | null, url = S) {
  const { view, unseen } = deriveHttp({ secure, plain }, context(web(url)));
  return { view, why: Object.fromEntries(unseen.map(({ at, failure }) => [at, failure.code])) };
}

describe('the page', () => {
  it('Given an own answer with 200, then its headers are read as browsers read them', () => {
    const last = hop(S, 200, {
      ...html,
      'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
      'X-CONTENT-TYPE-OPTIONS': 'NoSniff',
      'Referrer-Policy': 'no-referrer',
    });
    const { view, why } = derive(chain([last], { body: body() }), toHttps);
    expect(view.page).toMatchObject({
      https: true,
      html: true,
      csp: { limitsScripts: true },
      framing: { limited: true, by: 'content-security-policy' },
      nosniff: true,
      referrer: { policy: 'no-referrer', stated: true },
      permissionsPolicy: null,
      cors: null,
    });
    expect(Object.keys(why).filter((at) => at.startsWith('/http/page'))).toEqual([]);
  });

  it.each([
    [200, undefined, true],
    [401, undefined, true],
    [404, body(), true],
    [404, body({ bytes: 0 }), false],
    [405, body(), false],
  ])('Given status %s, then it is a page or it is not', (status, shown, isPage) => {
    const { view } = derive(chain([hop(S, status, html)], shown && { body: shown }), null);
    expect(view.page !== undefined).toBe(isPage);
  });

  it.each([
    [403, {}, body()],
    [429, {}, undefined],
    [503, {}, body()],
    [200, {}, body({ title: 'Request Rejected' })],
    [503, { 'cf-mitigated': 'challenge' }, body({ title: 'Just a moment...' })],
    [202, { 'x-amzn-waf-action': 'challenge' }, undefined],
  ])('Given a filter in front (%s %j), then nothing of the page is claimed', (status, headers, shown) => {
    const { view, why } = derive(chain([hop(S, status, { ...html, ...headers })], shown && { body: shown }), toHttps);
    expect(view.page).toBeUndefined();
    expect(view.cookies).toBeUndefined();
    expect(why).toMatchObject({ '/http/page': 'blocked' });
  });

  it('Given a JSON answer, then it is no page that a browser draws', () => {
    const { view } = derive(chain([hop(S, 200, { 'content-type': 'application/json' })]), null);
    expect(view.page?.html).toBe(false);
  });

  it('Given headers that were cut, then a header that is not there is unknown and one that is there counts', () => {
    const last = { ...hop(S, 200, { ...html, 'X-Frame-Options': 'DENY' }), headersCut: true };
    const { view, why } = derive(chain([last], { body: body() }), null);
    expect(view.page).not.toHaveProperty('csp');
    expect(view.page).toMatchObject({ framing: { limited: true } });
    expect(why).toMatchObject({
      '/http/page/csp': 'too-large',
      '/http/page/nosniff': 'too-large',
      '/http/hsts': 'too-large',
    });
  });

  it('Given a redirect out of scope, then the page is unseen and the host itself is still judged', () => {
    const left = chain([hop(S, 302, { Location: 'https://sso.example/', 'Strict-Transport-Security': 'max-age=60' })], {
      end: 'left-scope',
    });
    const { view, why } = derive(left, toHttps);
    expect(why).toMatchObject({ '/http/page': 'not-permitted' });
    expect(view).toMatchObject({ hsts: { maxAge: 60 }, answer: { status: 302 }, sessionCookies: [], downgrades: [] });
  });

  it('Given an answer by another host in scope, then its page is not laid at our door, but www is', () => {
    const other = derive(
      chain([hop(S, 302, { Location: 'https://sso.example/' }), hop('https://sso.example/', 200, html)]),
      null,
    );
    expect(other.view.page).toBeUndefined();
    expect(other.why).toMatchObject({ '/http/page': 'undecided' });
    const www = derive(
      chain([hop(S, 301, { Location: 'https://www.portal.example/' }), hop('https://www.portal.example/', 200, html)]),
      null,
    );
    expect(www.view.page?.url).toBe('https://www.portal.example/');
  });

  it.each(['timeout', 'refused', 'tls'] as const)(
    'Given a chain that failed by %s, then that is the reason everywhere',
    (code) => {
      const { view, why } = derive(failed(S, code), null);
      expect(view).toEqual({ named: true, plain: null, passwordInClear: false, upgrade: null });
      expect(why).toMatchObject({
        '/http/https': code,
        '/http/page': code,
        '/http/hsts': code,
        '/http/cookies': code,
        '/http/server': code,
      });
    },
  );

  it('Given an endpoint known by its http URL without HTTPS, then the http chain speaks', () => {
    const plain = chain([hop(P, 200, html)], { body: body() });
    const { view } = derive(failed(S, 'refused'), plain, P);
    expect(view).toMatchObject({ https: false, page: { https: false }, plain: { ends: 'content' } });
    expect(derive(failed(S, 'timeout'), plain, P).view.https).toBeUndefined();
  });
});

describe('HSTS', () => {
  const sts = (value: string | readonly string[]) => ({ 'Strict-Transport-Security': value });

  it('counts a redirect of the host itself and the first of two headers', () => {
    const { view } = derive(
      chain([hop(S, 301, { ...sts(['max-age=1', 'max-age=2']), Location: '/vi' }), hop(`${S}vi`, 200, html)]),
      null,
    );
    expect(view.hsts).toMatchObject({ maxAge: 1 });
  });

  it('does not count the header over http or on another host', () => {
    const { view } = derive(
      chain([
        hop(S, 301, { Location: 'https://www.portal.example/' }),
        hop('https://www.portal.example/', 200, sts('max-age=9')),
      ]),
      chain([hop(P, 301, { ...sts('max-age=9'), Location: S })]),
    );
    expect(view.hsts).toBeNull();
  });

  it('does not take an error page without the header for its absence (nginx adds none to a 5xx)', () => {
    const { view, why } = derive(chain([hop(S, 502)]), toHttps);
    expect(view).not.toHaveProperty('hsts');
    expect(why).toHaveProperty('/http/hsts');
    expect(derive(chain([hop(S, 502, sts('max-age=60'))]), toHttps).view.hsts).toMatchObject({ maxAge: 60 });
  });

  it.each([
    ['https://192.0.2.1/', false],
    ['https://[2001:db8::1]/', false],
    ['https://portal.example/', true],
  ])('%s is reached by a name: %s', (url, named) => {
    expect(derive(failed(url, 'timeout'), null, url).view.named).toBe(named);
  });
});

describe('the unencrypted URL', () => {
  const ok = chain([hop(S, 200, html)], { body: body() });
  const ends = (plain: Chain) => {
    const { view, why } = derive(ok, plain);
    return view.plain?.ends ?? why['/http/plain'];
  };

  it.each([
    ['a closed port', failed(P, 'refused'), 'closed'],
    ['a silent port is no evidence', failed(P, 'timeout'), 'timeout'],
    ['a redirect to https', toHttps, 'https'],
    [
      'http, http www, then https',
      chain([
        hop(P, 301, { Location: 'http://www.portal.example/' }),
        hop('http://www.portal.example/', 301, { Location: 'https://www.portal.example/' }),
      ]),
      'https',
    ],
    [
      'a redirect whose https side then failed',
      { ...toHttps, end: 'failed', failure: { code: 'tls', detail: '', retryable: false } },
      'https',
    ],
    [
      'a redirect to https out of scope',
      chain([hop(P, 302, { Location: 'https://other.example/' })], { end: 'left-scope' }),
      'https',
    ],
    [
      'a redirect in clear out of scope',
      chain([hop(P, 302, { Location: 'http://other.example/' })], { end: 'left-scope' }),
      'not-permitted',
    ],
    ['a page in clear', chain([hop(P, 200, html)]), 'content'],
    ['a request for a password in clear', chain([hop(P, 401)]), 'content'],
    ['not found and nothing else', chain([hop(P, 404)]), 'refusal'],
    ['a filter in front', chain([hop(P, 403)]), 'blocked'],
    ['a server error', chain([hop(P, 500)]), 'blocked'],
    ['a loop', chain([hop(P, 302, { Location: P })], { end: 'loop' }), 'protocol'],
  ] satisfies readonly (readonly [string, Chain, string])[])('Given %s', (_name, plain, expected) => {
    expect(ends(plain)).toBe(expected);
  });

  it('tells whether the first hop lets the host set its own HSTS', () => {
    const viaWww = chain([hop(P, 301, { Location: 'https://www.portal.example/' })], { end: 'left-scope' });
    expect(derive(ok, viaWww).view.plain?.firstHopToOwnHttps).toBe(false);
    expect(derive(ok, toHttps).view.plain?.firstHopToOwnHttps).toBe(true);
    expect(derive(ok, chain([hop(P, 200)])).view.plain?.firstHopToOwnHttps).toBeNull();
  });

  it('finds a downgrade in either chain, also where the chain then leaves the scope', () => {
    const back = chain([hop(S, 302, { Location: 'http://portal.example/vi' })], { end: 'left-scope' });
    expect(derive(back, null).view.downgrades).toEqual([{ from: S, to: 'http://portal.example/vi' }]);
    expect(derive(ok, toHttps).view.downgrades).toEqual([]);
    expect(derive({ ...ok, end: 'failed' }, null).view).not.toHaveProperty('downgrades');
  });
});

describe('passwords', () => {
  const login = chain([hop(S, 200, html)], { body: body({ passwordField: true }) });

  it.each([
    ['redirected', toHttps, true, false],
    ['the same form in clear', chain([hop(P, 200, html)], { body: body({ passwordField: true }) }), true, true],
    ['Basic in clear', chain([hop(P, 401, { 'WWW-Authenticate': 'Basic realm="x"' })]), true, true],
    ['a clear page cut before its end', chain([hop(P, 200, html)], { body: body({ cut: true }) }), true, undefined],
    ['a silent port', failed(P, 'timeout'), true, undefined],
  ])('Given a login page and http %s', (_name, plain, passwordPage, passwordInClear) => {
    const { view } = derive(login, plain);
    expect(view.passwordPage).toBe(passwordPage);
    expect(view.passwordInClear).toBe(passwordInClear);
  });

  it('Given a page that was cut, then the absence of a password field is not known', () => {
    expect(derive(chain([hop(S, 200, html)], { body: body({ cut: true }) }), null).view).not.toHaveProperty(
      'passwordPage',
    );
    expect(derive(chain([hop(S, 200, html)], { body: body() }), null).view.passwordPage).toBe(false);
  });
});

describe('cookies and telling headers', () => {
  it('collects the cookies of every own hop of both chains, and none of other hosts', () => {
    const { view } = derive(
      chain([
        hop(S, 302, { Location: '/vi', 'Set-Cookie': ['PHPSESSID=1; Secure', 'lang=vi'] }),
        hop(`${S}vi`, 302, { Location: 'https://sso.example/' }),
        hop('https://sso.example/', 200, { 'Set-Cookie': 'sid=1' }),
      ]),
      chain([hop(P, 301, { Location: S, 'Set-Cookie': 'PHPSESSID=2' })]),
    );
    expect(view.cookies?.map(({ name, overHttps }) => [name, overHttps])).toEqual([
      ['PHPSESSID', true],
      ['lang', true],
      ['PHPSESSID', false],
    ]);
    expect(view.sessionCookies).toHaveLength(2);
  });

  it.each([
    ['nginx/1.18.0 (Ubuntu)', true],
    ['Apache', false],
    ['Microsoft-IIS/10.0', true],
    ['Jetty(9.4.z-SNAPSHOT)', true],
    ['cloudflare', false],
    ['Web2', false],
  ])('Server: %s tells a version: %s', (value, version) => {
    expect(derive(chain([hop(S, 200, { Server: value })]), null).view.server).toEqual({ value, version });
  });

  it('lists technology and dropped headers, but not X-XSS-Protection: 0', () => {
    const { view } = derive(
      chain([hop(S, 200, { 'X-Powered-By': ['PHP/7.4', 'ASP.NET'], 'X-XSS-Protection': '0', P3P: 'CP="x"' })]),
      null,
    );
    expect(view.technology).toEqual([{ name: 'x-powered-by', value: 'PHP/7.4, ASP.NET' }]);
    expect(view.dropped).toEqual([{ name: 'p3p', value: 'CP="x"' }]);
  });

  it.each([
    [200, 200],
    [500, 500],
    [503, 503],
    [403, undefined],
  ])('Given status %s, then the answer is %s', (status, expected) => {
    expect(derive(chain([hop(S, status)]), null).view.answer?.status).toBe(expected);
  });
});

describe('for any facts', () => {
  const validate = new Ajv2020({ strict: false }).compile(httpView);
  const url = fc.constantFrom(
    S,
    P,
    'https://www.portal.example/',
    'http://other.example/',
    'not a url',
    'https://[::1]/',
  );
  const name = fc.constantFrom(
    'set-cookie',
    'Content-Security-Policy',
    'strict-transport-security',
    'X-Frame-Options',
    'server',
    'content-type',
    'x-powered-by',
    'access-control-allow-origin',
    'referrer-policy',
  );
  const anyHop: fc.Arbitrary<Hop> = fc.record(
    {
      url,
      address: fc.constant('127.0.0.1'),
      status: fc.integer({ min: 100, max: 999 }),
      headers: fc.array(fc.tuple(fc.oneof(name, fc.string()), fc.string({ unit: 'binary' })), { maxLength: 6 }),
      headersCut: fc.boolean(),
      location: url,
    },
    { requiredKeys: ['url', 'address', 'status', 'headers', 'headersCut'] },
  );
  const anyChain: fc.Arbitrary<Chain | null> = fc.option(
    fc.record(
      {
        start: url,
        hops: fc.array(anyHop, { maxLength: 4 }),
        end: fc.constantFrom('answer', 'left-scope', 'loop', 'too-many', 'failed'),
        failure: fc.constant({ code: 'timeout' as const, detail: '', retryable: true }),
        body: fc.record({
          bytes: fc.nat(),
          cut: fc.boolean(),
          contentType: fc.constant(null),
          title: fc.option(fc.string()),
          generator: fc.constant(null),
          passwordField: fc.boolean(),
        }),
      },
      { requiredKeys: ['start', 'hops', 'end'] },
    ),
  );

  it('derives a view that fits its schema, the same each time, with a reason for all that is absent', () => {
    fc.assert(
      fc.property(fc.record({ secure: anyChain, plain: anyChain }), (facts: HttpFacts) => {
        const derived = deriveHttp(facts, context(web()));
        expect(validate(derived.view), JSON.stringify(validate.errors)).toBe(true);
        expect(deriveHttp(facts, context(web()))).toEqual(derived);
        const absent = Object.keys(httpView.properties).filter((key) => !(key in derived.view));
        expect(
          derived.unseen
            .map(({ at }) => at)
            .filter((at) => at.split('/').length === 3)
            .sort(),
        ).toEqual(absent.map((key) => `/http/${key}`).sort());
      }),
      { numRuns: 300 },
    );
  });
});
