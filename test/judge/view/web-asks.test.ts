import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveHttp } from '../../../src/judge/view/http.ts';
import { altServicesOf } from '../../../src/judge/view/alt-svc.ts';
import type { Chain, HttpFacts } from '../../../src/model/facts/http.ts';
import { body, chain, context, failed, hop, web } from './given.ts';

const S = 'https://portal.example/';
const P = 'http://portal.example/';
const derive = (secure: Chain | null, plain: Chain | null, asks?: HttpFacts['asks']) =>
  deriveHttp({ secure, plain, ...(asks === undefined ? {} : { asks }) }, context(web()));
const page = (headers: Readonly<Record<string, string>> = {}) => chain([hop(S, 200, headers)], { body: body() });
const redirect = (...urls: readonly string[]) =>
  chain(
    urls.slice(0, -1).map((url, at) => hop(url, 301, { Location: urls[at + 1] ?? '' })),
    { end: 'left-scope' },
  );

describe('an observation of before http/2', () => {
  it('Given facts without questions, then they are said not to have been asked', () => {
    const { view, unseen } = derive(page(), chain([hop(P, 301, { Location: S })]));
    expect(view).not.toHaveProperty('traceEchoed');
    expect(view).toMatchObject({ upgrade: { permanent: true }, crossHost: [], redirects: 1, http3: false });
    const why = unseen.find(({ at }) => at === '/http/traceEchoed')?.failure;
    expect(why).toMatchObject({ code: 'not-run', detail: expect.stringContaining('not asked') as unknown });
  });
});

describe('redirects', () => {
  it.each([
    ['https://dang-nhap.example/', true],
    ['https://sso.portal.example/', false],
    ['https://www.portal.example/', null],
  ] as const)('from portal.example to %s: foreign %s', (to, foreign) => {
    const { crossHost } = derive(redirect(S, to), null).view;
    expect(crossHost?.map((each) => each.foreign)).toEqual(foreign === null ? [] : [foreign]);
  });

  it('Given two hosts of gov.vn, then neither is foreign to the other', () => {
    const from = 'https://dichvucong.tinh.gov.vn/';
    const facts = { secure: redirect(from, 'https://xacthuc.dichvucong.gov.vn/'), plain: null };
    expect(deriveHttp(facts, context(web(from))).view.crossHost).toMatchObject([{ foreign: false }]);
  });

  it('Given content in clear on the way of the HTTPS side, then it is found', () => {
    const secure = chain([hop(S, 302, { Location: `${P}vi` }), hop(`${P}vi`, 200)], { body: body() });
    expect(derive(secure, failed(P, 'refused')).view.clearContent).toEqual([{ url: `${P}vi`, status: 200 }]);
  });

  it('Given silence on port 80, then nothing is said of content in clear', () => {
    expect(derive(page(), failed(P, 'timeout')).view).not.toHaveProperty('clearContent');
    expect(derive(page(), failed(P, 'refused')).view.clearContent).toEqual([]);
  });
});

describe('what a site that asks to be preloaded lacks', () => {
  const policy = 'max-age=63072000; includeSubDomains; preload';
  const gaps = (value: string, plain: Chain | null) =>
    derive(page({ 'Strict-Transport-Security': value }), plain).view.preloadGaps;

  it.each([
    ['nothing', policy, redirect(P, S), []],
    ['nothing, port 80 being closed', policy, failed(P, 'refused'), []],
    ['a year and subdomains', 'max-age=1; preload', redirect(P, S), ['max-age', 'include-subdomains']],
    ['the first step to itself', policy, redirect(P, 'https://www.portal.example/'), ['redirect']],
  ] as const)('%s', (_what, value, plain, expected) => {
    expect(gaps(value, plain)).toEqual(expected);
  });

  it('Given no preload in the header, then it does not ask', () => {
    expect(gaps('max-age=63072000; includeSubDomains', redirect(P, S))).toBeNull();
  });

  it('Given the header missing on its own redirect, then that is told', () => {
    const secure = chain([
      hop(S, 302, { Location: `${S}vi` }),
      hop(`${S}vi`, 200, { 'Strict-Transport-Security': policy }),
    ]);
    expect(derive(secure, null).view.preloadGaps).toEqual(['redirect-header']);
  });
});

describe('Alt-Svc', () => {
  const read = (value: string) => altServicesOf(hop(S, 200, { 'Alt-Svc': value }));

  it.each([
    [
      'h3=":443"; ma=3600, h2="alt.example:443"',
      [
        ['h3', ':443', 3600],
        ['h2', 'alt.example:443', 86_400],
      ],
    ],
    ['h3-29=":443"; persist=1; ma="60"', [['h3-29', ':443', 60]]],
    ['w%3Dx%3Ay="a:1"', [['w=x:y', 'a:1', 86_400]]],
    ['clear', []],
    ['h3=:443, h2=":443"', [['h2', ':443', 86_400]]],
    ['h3="[2001:db8::1]:443"', [['h3', '[2001:db8::1]:443', 86_400]]],
  ] as const)('%j', (value, expected) => {
    expect(read(value).map(({ protocol, authority, maxAge }) => [protocol, authority, maxAge])).toEqual(expected);
  });

  it('is read without a throw whatever it says, and in few entries', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[h3=":;,ma %]{0,200}$/)), (value) => {
        expect(read(value).length).toBeLessThanOrEqual(16);
      }),
    );
  });
});
