import type { WebAsked } from '../../../src/model/facts/web-asks.ts';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Facts, Kind, Observation } from '../../../src/model/observation.ts';
import { packageRoot } from '../../../src/model/package-root.ts';
import type { Target } from '../../../src/model/target.ts';
import { readEndOfLife } from '../../../src/feeds/end-of-life.ts';
import { compileChecks, type CompiledCheck } from '../../../src/judge/compile.ts';
import { judgeTarget } from '../../../src/judge/judge.ts';
import { readChecks } from '../../../src/judge/read.ts';
import type { EndOfLifeTable } from '../../../src/model/reference.ts';
import { body, chain, failed, hop, host, page, web } from './given.ts';
import { cleanPaths } from './given-paths.ts';

let checks: readonly CompiledCheck[] = [];
let endOfLife: EndOfLifeTable;
beforeAll(async () => {
  const folders = ['web', 'network', 'software'].map((name) => fileURLToPath(new URL(`checks/${name}`, packageRoot)));
  checks = compileChecks(await readChecks(folders));
  endOfLife = await readEndOfLife();
});

function judge<K extends Kind>(target: Target, kind: K, facts: Facts[K]) {
  const common = { target: target.key, zone: 'internet', at: '2026-09-01T00:00:00.000Z', ms: 1, probe: `${kind}/1` };
  const observation = { ...common, kind, ok: true, facts } as unknown as Observation;
  const findings = judgeTarget(checks, {
    target,
    observations: [observation],
    kinds: [kind],
    reference: { endOfLife },
  });
  const reads = new Map(checks.map(({ check }) => [check.id, check.reads]));
  return findings.filter((finding) => reads.get(finding.check)?.includes(kind));
}

const outcomesOf = (findings: ReturnType<typeof judge>) =>
  Object.fromEntries(findings.map(({ check, outcome }) => [check, outcome]));

const S = 'https://portal.example/';
const P = 'http://portal.example/';
const html = { 'Content-Type': 'text/html' };

/** A question to which the site answers nothing of note. */
const quiet = (question: string): WebAsked => ({
  question: question as WebAsked['question'],
  url: S,
  sent: ['Origin', 'https://rasoat-1.example'],
  hop: hop(S, 200),
  echoed: false,
});

describe('a web endpoint', () => {
  it('Given a hardened site, then nothing fails and only what it does not have is not applicable', () => {
    const headers = {
      'Content-Type': 'text/html; charset=utf-8',
      Server: 'nginx',
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
      'Content-Security-Policy':
        "default-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'; " +
        "require-trusted-types-for 'script'; report-uri /csp",
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      'Permissions-Policy': 'camera=()',
      'Set-Cookie': '__Host-sid=1; Secure; HttpOnly; SameSite=Lax; Path=/',
      'Alt-Svc': 'h3=":443"; ma=86400',
    };
    const asks = { questions: ['cors-stranger', 'options', 'trace', 'cors-lookalike', 'cors-null'].map(quiet) };
    const login = page('<script src=/a.js></script><form action=/in method=post><input type=password></form>');
    const secure = chain([hop(S, 200, headers)], { body: body({ passwordField: true, page: login }) });
    const outcomes = outcomesOf(
      judge(web(), 'http', { secure, plain: chain([hop(P, 301, { Location: S })]), asks, paths: cleanPaths(S) }),
    );
    const others = Object.entries(outcomes).filter(([, outcome]) => outcome !== 'pass');
    expect(others.filter(([, outcome]) => outcome !== 'not-applicable')).toEqual([]);
    expect(others.map(([id]) => id).toSorted()).toEqual([
      'address-parity',
      'canonical-host',
      'clear-site-data',
      'cors-credentials',
      'csp-meta',
      'csp-nonce-length',
      'csp-nonce-reuse',
      'csp-report-only',
      'default-vhost',
      'hsts-preload-ready',
      'integrity-works',
      'ipv6-web',
    ]);
    expect(Object.keys(outcomes).length).toBeGreaterThanOrEqual(100);
  });

  it('Given a neglected site, then each flaw fails with its evidence', () => {
    const headers = {
      ...html,
      Server: 'Apache/2.4.6',
      'X-Powered-By': 'PHP/5.4.16',
      'Set-Cookie': 'PHPSESSID=1',
      'X-XSS-Protection': '1',
    };
    const plain = chain([hop(P, 200, headers)], { body: body({ passwordField: true }) });
    const secure = chain([hop(S, 302, { Location: P })], { end: 'left-scope' });
    const findings = judge(web(P), 'http', {
      secure: { ...secure, end: 'answer', hops: [...secure.hops, ...plain.hops], body: body({ passwordField: true }) },
      plain,
    });
    const fails = findings.filter(({ outcome }) => outcome === 'fail');
    expect(fails.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        'http-cleartext',
        'https-downgrade',
        'login-cleartext',
        'hsts',
        'csp',
        'frame-protection',
        'content-type-options',
        'cookie-secure',
        'cookie-httponly',
        'cookie-samesite',
        'server-version',
        'technology-headers',
        'dropped-headers',
      ]),
    );
    for (const { evidence } of fails) expect(evidence.length).toBeGreaterThan(0);
  });

  it.each(['timeout', 'refused', 'tls'] as const)(
    'Given nothing but a %s, then nothing passes and nothing fails',
    (code) => {
      const findings = judge(web(), 'http', { secure: failed(S, code), plain: failed(P, 'timeout') });
      for (const { check, outcome, cause } of findings) {
        expect([check, outcome]).toEqual([check, 'not-observed']);
        expect(['timeout', code]).toContain(cause?.failure.code);
      }
    },
  );

  it('Given a filter in front, then the site itself is not judged', () => {
    const secure = chain([hop(S, 403, html)], { body: body({ title: 'Access Denied' }) });
    const outcomes = outcomesOf(judge(web(), 'http', { secure, plain: chain([hop(P, 301, { Location: S })]) }));
    for (const id of ['csp', 'frame-protection', 'hsts', 'cookie-secure', 'server-version', 'server-error']) {
      expect([id, outcomes[id]]).toEqual([id, 'not-observed']);
    }
    expect(outcomes['http-cleartext']).toBe('pass');
  });

  it('Given an API, then checks about pages that are drawn do not apply', () => {
    const secure = chain([hop(S, 401, { 'Content-Type': 'application/json' })]);
    const outcomes = outcomesOf(judge(web(), 'http', { secure, plain: null }));
    expect(outcomes).toMatchObject({
      csp: 'not-applicable',
      'frame-protection': 'not-applicable',
      'content-type-options': 'fail',
    });
  });
});

describe('a host', () => {
  const ports = { engine: 'nmap' as const, asked: '1-65535', open: [], closed: '', silent: '' };

  it('Given a host that never answers, then nothing passes and nothing fails', () => {
    const findings = judge(host([{ port: 80 }]), 'ports', { ...ports, silent: '1-65535' });
    for (const { check, outcome } of findings) expect([check, outcome]).toEqual([check, 'not-observed']);
  });

  it('Given one web port and silence elsewhere, then the others are not reachable', () => {
    const udpAsked = '53,123,161,500,623';
    const udp = { asked: udpAsked, open: [], closed: '', silent: udpAsked };
    const facts = { ...ports, open: [{ port: 443 }], silent: '1-442,444-65535', udp };
    const outcomes = outcomesOf(judge(host([{ port: 443 }]), 'ports', facts));
    const others = Object.entries(outcomes).filter(([, outcome]) => outcome !== 'pass');
    // Those that ask how a service is set up, of services that are not there.
    expect(others.filter(([, outcome]) => outcome !== 'not-applicable')).toEqual([]);
    expect(
      others.every(([id]) =>
        /^(ssh|smb|rdp|vnc|ftp|snmp|ntp)-|^ipmi-login$|^open-data-services$|^declared-service-kind$/.test(id),
      ),
    ).toBe(true);
    expect(others.map(([id]) => id)).not.toContain('ftp-port');
    expect(outcomes).toMatchObject({ 'ipmi-port': 'pass', 'ike-port': 'pass' });
  });

  it('Given what should not be reachable, then each is one piece of evidence', () => {
    const open = [
      { port: 23 },
      { port: 3306, service: 'mysql' },
      { port: 5432 },
      { port: 6379 },
      { port: 445 },
      { port: 3389 },
      { port: 502 },
    ];
    const findings = judge(host([{ port: 443 }]), 'ports', { ...ports, open, closed: '443' });
    const evidence = Object.fromEntries(
      findings.filter(({ outcome }) => outcome === 'fail').map((each) => [each.check, each.evidence.length]),
    );
    expect(evidence).toEqual({
      'cache-ports': 1,
      'database-ports': 2,
      'declared-services': 1,
      'file-share-ports': 1,
      'ics-ports': 1,
      'remote-desktop-ports': 1,
      'telnet-port': 1,
      'undeclared-ports': 7,
    });
  });
});

describe('software', () => {
  const told = (text: string, product: string, version: string) => ({
    items: [{ product, version, source: 'http.server' as const, port: 443, text }],
  });

  it.each([
    ['nginx/1.14.2', 'nginx', '1.14.2', 'fail'],
    ['nginx/1.14.2 (Ubuntu)', 'nginx', '1.14.2', 'not-observed'],
    ['nginx/1.30.4', 'nginx', '1.30.4', 'pass'],
    ['Microsoft-IIS/8.5', 'iis', '8.5', 'fail'],
    ['Jetty(9.4)', 'jetty', '9.4', 'not-observed'],
  ])('Given %s, then web-server-support for %s %s is %s', (text, product, version, outcome) => {
    expect(outcomesOf(judge(web(), 'software', told(text, product, version)))).toMatchObject({
      'web-server-support': outcome,
      'database-support': 'not-applicable',
    });
  });
});
