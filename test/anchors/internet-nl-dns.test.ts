import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileChecks } from '../../src/judge/compile.ts';
import { judgeTarget } from '../../src/judge/judge.ts';
import { readChecks } from '../../src/judge/read.ts';
import type { DnsFacts, DnssecFacts, NameServer } from '../../src/model/facts/dns.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import type { Target } from '../../src/model/target.ts';
import type { AnchorRule } from './rule.ts';

const compiled = compileChecks(await readChecks([fileURLToPath(new URL('checks/dns/', packageRoot))]));
const target: Target = {
  key: 'vi-du.gov.vn [dns]',
  kind: 'domain',
  system: 's',
  endpoint: { kind: 'domain', domain: 'vi-du.gov.vn' },
  name: 'vi-du.gov.vn',
};
const base: DnsFacts = {
  domain: 'vi-du.gov.vn',
  status: 'NOERROR',
  zone: 'vi-du.gov.vn',
  lookups: [{ name: 'vi-du.gov.vn', end: 'found', aliases: [], addresses: ['192.0.2.1'] }],
  gaps: [],
  queries: { resolver: 1, servers: 0, leftOut: 0 },
};
const links: DnssecFacts['links'] = [
  {
    zone: 'vi-du.gov.vn',
    ds: [{ keyTag: 1, algorithm: 13, digestType: 2 }],
    keys: [{ keyTag: 1, algorithm: 13, entryPoint: true }],
  },
];
const secure: DnssecFacts = { state: 'secure', links, expires: '2026-02-01T00:00:00.000Z', nsec3: null };
const server = (name: string, ...addresses: readonly string[]): NameServer => ({
  name,
  lookup: addresses.length === 0 ? 'nxdomain' : 'found',
  addresses: addresses.map((address) => ({ address, state: 'answers' })),
});
const addresses = (...all: readonly string[]) => ({
  lookups: [{ name: 'vi-du.gov.vn', end: 'found' as const, aliases: [], addresses: [...all] }],
});

const site = 'https://internet.nl/faqs';
const rules: readonly AnchorRule<Partial<DnsFacts>>[] = [
  {
    rule: 'DNSSEC existence: signed',
    documented: `${site}/dnssec`,
    check: 'dnssec-signed',
    given: { dnssec: secure },
    ours: 'pass',
    theirs: 'passed',
  },
  {
    rule: 'DNSSEC existence: insecure',
    documented: `${site}/dnssec`,
    check: 'dnssec-signed',
    given: { dnssec: { state: 'insecure', zone: 'vi-du.gov.vn', why: 'cut', links: [] } },
    ours: 'fail',
    theirs: 'failed',
  },
  {
    rule: 'DNSSEC validity: secure',
    documented: `${site}/dnssec`,
    check: 'dnssec-valid',
    given: { dnssec: secure },
    ours: 'pass',
    theirs: 'passed',
  },
  {
    rule: 'DNSSEC validity: bogus',
    documented: `${site}/dnssec`,
    check: 'dnssec-valid',
    given: { dnssec: { state: 'bogus', zone: 'vi-du.gov.vn', why: 'expired', links } },
    ours: 'fail',
    theirs: 'failed',
  },
  {
    rule: 'DNSSEC validity: not tested where the domain is not signed',
    documented: `${site}/dnssec`,
    check: 'dnssec-valid',
    given: { dnssec: { state: 'insecure', zone: 'vi-du.gov.vn', why: 'cut', links: [] } },
    ours: 'not-applicable',
    theirs: 'not tested',
  },
  {
    rule: 'DNSSEC validity: the chain breaks at the registry',
    documented: `${site}/dnssec`,
    check: 'dnssec-valid',
    given: { dnssec: { state: 'bogus', zone: 'gov.vn', why: 'expired', links: [] } },
    ours: 'not-observed',
    theirs: 'failed',
    because: 'what the registry broke is no fault of the owner of the domain, who cannot mend it',
  },
  {
    rule: 'DNSSEC: server failure',
    documented: `${site}/dnssec`,
    check: 'dnssec-signed',
    given: { dnssec: { state: 'indeterminate', zone: 'vi-du.gov.vn', detail: 'SERVFAIL', links: [] } },
    ours: 'not-observed',
    theirs: 'test error',
  },
  {
    rule: 'IPv6 addresses for name servers: two',
    documented: `${site}/ipv6`,
    check: 'dns-server-ipv6',
    given: {
      nameServers: [server('ns1', '192.0.2.1', '2001:db8:1::1'), server('ns2', '198.51.100.1', '2001:db8:2::1')],
    },
    ours: 'pass',
    theirs: 'passed',
  },
  {
    rule: 'IPv6 addresses for name servers: one of two',
    documented: `${site}/ipv6`,
    check: 'dns-server-ipv6',
    given: { nameServers: [server('ns1', '192.0.2.1', '2001:db8:1::1'), server('ns2', '198.51.100.1')] },
    ours: 'fail',
    theirs: 'warning',
    because: 'we have no outcome between; the check is of low severity',
  },
  {
    rule: 'IPv6 addresses for name servers: none',
    documented: `${site}/ipv6`,
    check: 'dns-server-ipv6',
    given: { nameServers: [server('ns1', '192.0.2.1'), server('ns2', '198.51.100.1')] },
    ours: 'fail',
    theirs: 'failed',
  },
  {
    rule: 'IPv6 reachability of name servers',
    documented: `${site}/ipv6`,
    check: null,
    given: {},
    ours: null,
    theirs: 'failed where an address does not answer',
    because:
      'silence may be our own want of IPv6, and is never a fail here (their issue 1597: theirs was always green)',
  },
  {
    rule: 'IPv6 addresses for web server: yes',
    documented: `${site}/ipv6`,
    check: 'domain-ipv6',
    given: addresses('192.0.2.1', '2001:db8::1'),
    ours: 'pass',
    theirs: 'passed',
  },
  {
    rule: 'IPv6 addresses for web server: no',
    documented: `${site}/ipv6`,
    check: 'domain-ipv6',
    given: addresses('192.0.2.1'),
    ours: 'fail',
    theirs: 'failed',
  },
  {
    rule: 'CAA: records are there',
    documented: `${site}/https`,
    check: 'caa-present',
    given: { caa: { at: 'vi-du.gov.vn', records: [{ critical: false, tag: 'issue', value: 'letsencrypt.org' }] } },
    ours: 'pass',
    theirs: 'passed',
  },
  {
    rule: 'CAA: inherited from a name above',
    documented: `${site}/https`,
    check: 'caa-present',
    given: { caa: { at: 'gov.vn', records: [{ critical: false, tag: 'issue', value: 'digicert.com' }] } },
    ours: 'pass',
    theirs: 'passed',
  },
  {
    rule: 'CAA: none',
    documented: `${site}/https`,
    check: 'caa-present',
    given: { caa: { at: null, records: [] } },
    ours: 'fail',
    theirs: 'recommendation',
    because: 'we have no outcome between; the check is of low severity',
  },
];

describe('Internet.nl: DNSSEC, IPv6 of name servers and web, CAA', () => {
  it.each(rules)('$rule', ({ check, given, ours, because }) => {
    if (check === null) {
      expect([ours, because]).toEqual([null, expect.any(String)]);
      return;
    }
    const findings = judgeTarget(compiled, {
      target,
      kinds: ['dns'],
      reference: {},
      observations: [
        {
          kind: 'dns',
          target: target.key,
          zone: 'internet',
          at: '2026-01-01T00:00:00.000Z',
          ms: 1,
          probe: 'dns/1',
          ok: true,
          facts: { ...base, ...given },
        },
      ],
    });
    expect(findings.find((one) => one.check === check)?.outcome).toBe(ours);
  });
});
