import type { HttpFacts } from '../../src/model/facts/http.ts';
import type { AnswerBody } from '../../src/model/facts/http-answer.ts';
import type { WebAsked } from '../../src/model/facts/web-asks.ts';
import { failure } from '../../src/model/failure.ts';
import { body, chain, failed, hop } from '../judge/view/given.ts';
import type { AnchorRule } from './rule.ts';

export const S = 'https://portal.example/';
const P = 'http://portal.example/';
export const SIX = '2001:db8::7';
const html = { 'Content-Type': 'text/html' };
export const page = (headers: Readonly<Record<string, string>> = {}) =>
  chain([hop(S, 200, { ...html, ...headers })], { body: body({ passwordField: true }) });
export const toHttps = chain([hop(P, 301, { Location: S })]);

/** What is not said is as on a good site: HTTPS with a page, http that redirects to it, an IPv6 address that does the same. */
export type Site = {
  readonly secure?: HttpFacts['secure'];
  readonly plain?: HttpFacts['plain'];
  readonly siblings?: readonly string[];
  readonly asked?: readonly Partial<WebAsked>[];
};

const unanswered = (code: 'refused' | 'unreachable'): Partial<WebAsked> => ({
  question: 'sibling',
  address: SIX,
  failure: failure(code, `${code} by the test`),
});
/** A body as questions beside the chains keep it. */
function asked(rest: Parameters<typeof body>[0] = {}): AnswerBody {
  const { page: _page, ...kept } = body(rest);
  return kept;
}
export const six: Partial<WebAsked> = {
  question: 'sibling',
  url: S,
  address: SIX,
  hop: hop(S, 200, html),
  body: asked(),
};

const test = (name: string) => `Internet.nl, website test: ${name}`;
const hsts = (value: string): Site => ({ secure: page({ 'Strict-Transport-Security': value }) });

export const rules: readonly AnchorRule<Site>[] = [
  {
    rule: 'IPv6 addresses for web server',
    documented: test('IPv6'),
    check: 'ipv6-web',
    given: { siblings: [], asked: [{ question: 'options', hop: hop(S, 200) }] },
    ours: 'fail',
    theirs: 'fail: no AAAA record',
  },
  {
    rule: 'IPv6 reachability of web server: reached',
    documented: test('IPv6'),
    check: 'ipv6-web',
    given: {},
    ours: 'pass',
    theirs: 'pass',
  },
  {
    rule: 'IPv6 reachability of web server: refused',
    documented: test('IPv6'),
    check: 'ipv6-web',
    given: { asked: [unanswered('refused')] },
    ours: 'fail',
    theirs: 'fail',
  },
  {
    rule: 'IPv6 reachability of web server: silent',
    documented: test('IPv6'),
    check: 'ipv6-web',
    given: { asked: [unanswered('unreachable')] },
    ours: 'not-observed',
    theirs: 'fail',
    because:
      'a scanning machine without IPv6 sees the same silence (ssllabs-scan #655 and six more): no word of the target',
  },
  {
    rule: 'Same website on IPv6 and IPv4: the same',
    documented: test('IPv6'),
    check: 'address-parity',
    given: {},
    ours: 'pass',
    theirs: 'pass',
  },
  {
    rule: 'Same website on IPv6 and IPv4: another page',
    documented: test('IPv6'),
    check: 'address-parity',
    given: { asked: [{ ...six, hop: hop(S, 404, html), body: asked({ title: 'Not Found' }) }] },
    ours: 'fail',
    theirs: 'fail: content differs on ports 80 or 443',
  },
  {
    rule: 'Same website on IPv6 and IPv4: a few words differ',
    documented: test('IPv6'),
    check: 'address-parity',
    given: { asked: [{ ...six, body: asked({ bytes: 7000 }) }] },
    ours: 'pass',
    theirs: 'notice: slight difference in content',
    because:
      'news and visitor counters differ from one request to the next; status, title, certificate and Server do not',
  },
  {
    rule: 'Same website: two of four addresses of one family differ',
    documented: 'Internet.nl issue 183',
    check: 'address-parity',
    given: {
      siblings: ['192.0.2.8', SIX],
      asked: [six, { ...six, address: '192.0.2.8', hop: hop(S, 200, { ...html, Server: 'old' }) }],
    },
    ours: 'fail',
    theirs: 'pass: one address of each family is asked',
    because: 'we ask up to three other addresses, of whatever family',
  },
  {
    rule: 'HTTPS available',
    documented: test('HTTPS'),
    check: 'https-service',
    given: { secure: failed(S, 'refused'), plain: chain([hop(P, 200, html)], { body: body() }) },
    ours: 'fail',
    theirs: 'fail',
  },
  {
    rule: 'HTTPS redirect: to the same host',
    documented: test('HTTPS redirect'),
    check: 'http-cleartext',
    given: {},
    ours: 'pass',
    theirs: 'pass',
  },
  {
    rule: 'HTTPS redirect: content on port 80',
    documented: test('HTTPS redirect'),
    check: 'http-cleartext',
    given: { plain: chain([hop(P, 200, html)], { body: body() }) },
    ours: 'fail',
    theirs: 'fail',
  },
  {
    rule: 'HTTPS redirect: port 80 closed',
    documented: test('HTTPS redirect'),
    check: 'http-cleartext',
    given: { plain: failed(P, 'refused') },
    ours: 'pass',
    theirs: 'pass: no HTTP',
  },
  {
    rule: 'HTTPS redirect: port 80 silent',
    documented: test('HTTPS redirect'),
    check: 'http-cleartext',
    given: { plain: failed(P, 'timeout') },
    ours: 'not-observed',
    theirs: 'pass: no HTTP',
    because: 'silence from one place is no proof that the port is closed',
  },
  {
    rule: 'HTTPS redirect: first to another host',
    documented: `${test('HTTPS redirect')}; issue 641`,
    check: 'http-first-redirect',
    given: { plain: chain([hop(P, 301, { Location: 'https://www.portal.example/' })], { end: 'left-scope' }) },
    ours: 'fail',
    theirs: 'fail: the domain should redirect to itself over HTTPS first',
  },
  {
    rule: 'HTTPS redirect: back to http within the chain',
    documented: 'Internet.nl issue 1521',
    check: 'https-downgrade',
    given: {
      secure: chain([
        hop(S, 302, { Location: `${P}a` }),
        hop(`${P}a`, 302, { Location: `${S}b` }),
        hop(`${S}b`, 200, html),
      ]),
    },
    ours: 'fail',
    theirs: 'pass: not seen by either test',
    because: 'every hop is looked at',
  },
  {
    rule: 'HTTP compression',
    documented: test('HTTPS, HTTP compression'),
    check: 'http-compression',
    given: { asked: [{ question: 'cors-stranger', hop: hop(S, 200, { ...html, 'Content-Encoding': 'gzip' }) }] },
    ours: 'fail',
    theirs: 'notice: compression is offered',
    because: 'a finding of information, and only of pages that ask for a password: BREACH needs a secret to guess',
  },
  {
    rule: 'HTTP compression: a page without secrets',
    documented: test('HTTPS, HTTP compression'),
    check: 'http-compression',
    given: {
      secure: chain([hop(S, 200, html)], { body: body() }),
      asked: [{ question: 'cors-stranger', hop: hop(S, 200, { ...html, 'Content-Encoding': 'gzip' }) }],
    },
    ours: 'not-applicable',
    theirs: 'notice: compression is offered',
    because: 'nothing is there to be guessed (testssl.sh #213: noise)',
  },
  { rule: 'HSTS: none', documented: test('HSTS'), check: 'hsts', given: {}, ours: 'fail', theirs: 'fail' },
  {
    rule: 'HSTS: a year',
    documented: test('HSTS'),
    check: 'hsts-max-age',
    given: hsts('max-age=31536000'),
    ours: 'pass',
    theirs: 'pass',
  },
  {
    rule: 'HSTS: too short',
    documented: test('HSTS'),
    check: 'hsts-max-age',
    given: hsts('max-age=86400'),
    ours: 'fail',
    theirs: 'fail: below a year',
  },
  {
    rule: 'X-Frame-Options: ALLOW-FROM',
    documented: test('Security options, X-Frame-Options'),
    check: 'frame-protection',
    given: { secure: page({ 'X-Frame-Options': 'ALLOW-FROM https://a.example' }) },
    ours: 'fail',
    theirs: 'fail',
  },
  {
    rule: 'X-Content-Type-Options',
    documented: test('Security options, X-Content-Type-Options'),
    check: 'content-type-options',
    given: { secure: page({ 'X-Content-Type-Options': 'nosniff' }) },
    ours: 'pass',
    theirs: 'pass',
  },
  {
    rule: 'Content-Security-Policy: none',
    documented: test('Security options, Content-Security-Policy'),
    check: 'csp',
    given: {},
    ours: 'fail',
    theirs: 'notice',
    because: 'we have no outcome between; the severity says how much it weighs',
  },
  {
    rule: 'Referrer-Policy: unsafe-url',
    documented: test('Security options, Referrer-Policy'),
    check: 'referrer-policy',
    given: { secure: page({ 'Referrer-Policy': 'unsafe-url' }) },
    ours: 'fail',
    theirs: 'fail: bad',
  },
  {
    rule: 'security.txt',
    documented: test('Security options, security.txt'),
    check: null,
    given: {},
    ours: null,
    theirs: 'notice when missing',
    because: 'told in the table of RFC 9116',
  },
];
