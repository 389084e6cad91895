import { expect, test } from 'vitest';
import type { MailFacts } from '../../src/model/facts/mail.ts';
import {
  certificate,
  domain,
  goodPolicy,
  goodTls,
  goodZone,
  host,
  judgeMail,
  mailFactsOf,
  server,
} from '../mail/given.ts';
import type { Zone } from '../mail/zone.ts';
import type { AnchorRule } from './rule.ts';

type Row = AnchorRule<MailFacts | null>;

const zone = (changes: Zone, rest: Partial<MailFacts> = {}): MailFacts =>
  mailFactsOf({ ...goodZone, ...changes }, { servers: [server()], policy: goodPolicy, ...rest });
const txt = (record: string | readonly string[]) => ({ TXT: [record].flat() });
const root = (changes: Zone[string]) => ({ [domain]: { ...goodZone[domain], ...changes } });
const dmarc = (record: string | readonly string[]) => zone({ [`_dmarc.${domain}`]: txt(record) });
const spf = (record: string | readonly string[], more: Zone = {}) => zone({ ...root(txt(record)), ...more });
const tls = (changes: Partial<typeof goodTls>) => zone({}, { servers: [server({ tls: { ...goodTls, ...changes } })] });
const unused = { [domain]: { MX: ['0 .'], ...txt('v=spf1 -all') }, [`_dmarc.${domain}`]: txt('v=DMARC1; p=reject') };

const auth = 'checks/tasks/mail.py, categories.MailAuth';
const transport = 'checks/categories.py, MailTls; NCSC-NL TLS guidelines 2025-05';
/** TLS beyond versions and certificate is the same question at every port. */
const byService =
  'Asked of the server itself where it is declared as a host with startTls: smtp; a mail domain is not asked twice.';
const noRow = { check: null, given: null, ours: null } as const;

/** Every subtest of Internet.nl's mail test by its name in its code; several cases where it has several verdicts. */
const rows: readonly Row[] = [
  // IPv6
  {
    rule: 'ns_aaaa',
    documented: 'checks/categories.py, MailIpv6',
    ...noRow,
    theirs: 'fail without two name servers with IPv6',
    because: 'A question about the domain: see the dns kind.',
  },
  {
    rule: 'ns_reach',
    documented: 'checks/categories.py, MailIpv6',
    ...noRow,
    theirs: 'fail when a name server is not reached over IPv6',
    because: 'A question about the domain: see the dns kind.',
  },
  {
    rule: 'mx_aaaa',
    documented: 'checks/categories.py, MailIpv6',
    check: 'mx-ipv6',
    given: zone({}),
    ours: 'pass',
    theirs: 'success',
  },
  {
    rule: 'mx_aaaa: none',
    documented: 'checks/categories.py, MailIpv6',
    check: 'mx-ipv6',
    given: zone({ [host]: { A: ['192.0.2.1'] } }),
    ours: 'fail',
    theirs: 'fail',
    because: 'Our severity is info: no law that we found asks mail to be reachable over IPv6.',
  },
  {
    rule: 'mx_aaaa: no mail server',
    documented: 'checks/categories.py, MailIpv6',
    check: 'mx-ipv6',
    given: zone(unused),
    ours: 'not-applicable',
    theirs: 'not_tested',
  },
  {
    rule: 'mx_reach',
    documented: 'checks/categories.py, MailIpv6',
    ...noRow,
    theirs: 'fail when a mail server is not reached over IPv6',
    because:
      'A scanner without IPv6 of its own would see a failure; each address that is not reached is not-observed in every TLS question instead.',
  },
  // DNSSEC
  {
    rule: 'dnssec_exists, dnssec_valid',
    documented: 'checks/categories.py, MailDnssec',
    ...noRow,
    theirs: 'fail when the domain is not signed or bogus',
    because: 'A question about the domain: see the dns kind.',
  },
  {
    rule: 'dnssec_mx_exists, dnssec_mx_valid',
    documented: 'checks/categories.py, MailDnssec',
    ...noRow,
    theirs: 'fail when the domain of a mail server is not signed or bogus',
    because: "The mail server is often somebody else's; DANE needs it and asks for it there.",
  },
  // Authenticity
  {
    rule: 'dmarc',
    documented: auth,
    check: 'dmarc-record',
    given: dmarc('v=DMARC1; p=none'),
    ours: 'pass',
    theirs: 'success',
  },
  {
    rule: 'dmarc: none',
    documented: auth,
    check: 'dmarc-record',
    given: zone({ [`_dmarc.${domain}`]: {} }),
    ours: 'fail',
    theirs: 'fail',
  },
  {
    rule: 'dmarc: several',
    documented: auth,
    check: 'dmarc-valid',
    given: dmarc(['v=DMARC1; p=reject', 'v=DMARC1; p=none']),
    ours: 'fail',
    theirs: 'fail',
    because: 'Ours says that there are two, theirs that there is none.',
  },
  {
    rule: 'dmarc: no answer',
    documented: auth,
    check: 'dmarc-record',
    given: zone({ [`_dmarc.${domain}`]: { failed: true } }),
    ours: 'not-observed',
    theirs: 'error, or fail after a time limit',
    because: 'A failed look is no verdict.',
  },
  {
    rule: 'dmarc_policy: p=reject',
    documented: auth,
    check: 'dmarc-policy',
    given: dmarc('v=DMARC1; p=reject'),
    ours: 'pass',
    theirs: 'success',
  },
  {
    rule: 'dmarc_policy: p=none',
    documented: auth,
    check: 'dmarc-policy',
    given: dmarc(`v=DMARC1; p=none; rua=mailto:d@${domain}`),
    ours: 'fail',
    theirs: 'fail (bad-policy)',
  },
  {
    rule: 'dmarc_policy: sp=none',
    documented: auth,
    check: 'dmarc-subdomains',
    given: dmarc('v=DMARC1; p=reject; sp=none'),
    ours: 'fail',
    theirs: 'fail (bad-policy)',
  },
  {
    rule: 'dmarc_policy: syntax',
    documented: auth,
    check: 'dmarc-valid',
    given: dmarc('v=DMARC1; p=discard'),
    ours: 'fail',
    theirs: 'fail (bad-syntax)',
  },
  {
    rule: 'dmarc_policy: external',
    documented: auth,
    check: 'dmarc-reports',
    given: dmarc('v=DMARC1; p=reject; rua=mailto:d@b.test'),
    ours: 'fail',
    theirs: 'notice (invalid-external)',
  },
  {
    rule: 'dmarc_policy: external, agreed',
    documented: auth,
    check: 'dmarc-reports',
    given: zone({
      [`_dmarc.${domain}`]: txt('v=DMARC1; p=reject; rua=mailto:d@b.test'),
      [`${domain}._report._dmarc.b.test`]: txt('v=DMARC1'),
    }),
    ours: 'pass',
    theirs: 'success',
  },
  {
    rule: 'dkim: NXDOMAIN at _domainkey',
    documented: auth,
    check: 'dkim-key',
    given: zone({}),
    ours: 'fail',
    theirs: 'fail',
  },
  {
    rule: 'dkim: NOERROR at _domainkey',
    documented: auth,
    check: 'dkim-key',
    given: zone({ [`odd._domainkey.${domain}`]: txt('v=DKIM1; p=') }),
    ours: 'not-observed',
    theirs: 'success',
    because: 'That a name exists below does not show a key in use; ours passes only on a key that was read.',
  },
  {
    rule: 'dkim: no answer',
    documented: auth,
    check: 'dkim-key',
    given: zone({ [`_domainkey.${domain}`]: { failed: true } }),
    ours: 'not-observed',
    theirs: 'error, or fail after a time limit',
    because: 'A failed look is no verdict.',
  },
  {
    rule: 'dkim: no mail is sent',
    documented: auth,
    check: 'dkim-key',
    given: zone(unused),
    ours: 'not-applicable',
    theirs: 'not_tested (no-email)',
  },
  { rule: 'spf', documented: auth, check: 'spf-record', given: spf('v=spf1 mx ~all'), ours: 'pass', theirs: 'success' },
  { rule: 'spf: none', documented: auth, check: 'spf-record', given: spf('other'), ours: 'fail', theirs: 'fail' },
  {
    rule: 'spf: several',
    documented: auth,
    check: 'spf-single',
    given: spf(['v=spf1 mx -all', 'v=spf1 -all']),
    ours: 'fail',
    theirs: 'fail',
  },
  {
    rule: 'spf_policy: ~all',
    documented: auth,
    check: 'spf-all',
    given: spf('v=spf1 mx ~all'),
    ours: 'pass',
    theirs: 'success',
  },
  {
    rule: 'spf_policy: ?all',
    documented: auth,
    check: 'spf-all',
    given: spf('v=spf1 mx ?all'),
    ours: 'fail',
    theirs: 'fail (all)',
  },
  {
    rule: 'spf_policy: syntax',
    documented: auth,
    check: 'spf-syntax',
    given: spf('v=spf1 ip4:192.0.2.300 -all'),
    ours: 'fail',
    theirs: 'fail (bad-syntax)',
  },
  {
    rule: 'spf_policy: lookups',
    documented: auth,
    check: 'spf-lookups',
    given: spf(`v=spf1 ${'mx '.repeat(11)}-all`),
    ours: 'fail',
    theirs: 'fail (max-lookups)',
  },
  {
    rule: 'spf_policy: include',
    documented: auth,
    check: 'spf-syntax',
    given: spf('v=spf1 include:b.test -all', { 'b.test': txt('no spf') }),
    ours: 'fail',
    theirs: 'fail (bad-include)',
  },
  {
    rule: 'spf_policy: redirect',
    documented: auth,
    check: 'spf-all',
    given: spf('v=spf1 redirect=b.test', { 'b.test': txt('v=spf1 mx ?all') }),
    ours: 'fail',
    theirs: 'fail (bad-redirect)',
  },
  {
    rule: 'spf_policy: redirect',
    documented: auth,
    check: 'spf-all',
    given: spf('v=spf1 redirect=b.test', { 'b.test': txt('v=spf1 mx -all') }),
    ours: 'pass',
    theirs: 'success',
  },
  { rule: 'tlsrpt', documented: auth, check: 'tls-rpt', given: zone({}), ours: 'pass', theirs: 'success' },
  {
    rule: 'tlsrpt: none',
    documented: auth,
    check: 'tls-rpt',
    given: zone({ [`_smtp._tls.${domain}`]: {} }),
    ours: 'fail',
    theirs: 'info',
    because: 'Ours has the severity info, which is the same advice.',
  },
  // STARTTLS and DANE
  {
    rule: 'starttls_exists',
    documented: transport,
    check: 'mx-starttls',
    given: zone({}),
    ours: 'pass',
    theirs: 'success',
  },
  {
    rule: 'starttls_exists: none',
    documented: transport,
    check: 'mx-starttls',
    given: zone({}, { servers: [server({ hello: [host, 'PIPELINING'] })] }),
    ours: 'fail',
    theirs: 'fail',
  },
  {
    rule: 'starttls_exists: unreachable',
    documented: transport,
    check: 'mx-starttls',
    given: zone(
      {},
      {
        servers: [
          { host, address: '192.0.2.1', port: 25, failure: { code: 'timeout', detail: 'silent', retryable: true } },
        ],
      },
    ),
    ours: 'not-observed',
    theirs: 'not_tested (unreachable)',
  },
  {
    rule: 'starttls_exists: null MX',
    documented: transport,
    check: 'mx-starttls',
    given: zone(unused),
    ours: 'not-applicable',
    theirs: 'not_tested (no-null-mx or null-mx)',
  },
  {
    rule: 'null MX beside another',
    documented: transport,
    check: 'mx-names',
    given: zone(root({ MX: ['0 .', `10 ${host}`] })),
    ours: 'fail',
    theirs: 'fail (null-mx-with-other-mx)',
  },
  { rule: 'version', documented: transport, check: 'mx-tls-version', given: tls({}), ours: 'pass', theirs: 'success' },
  {
    rule: 'version: TLS 1.0 too',
    documented: transport,
    check: 'mx-tls-old',
    given: tls({ protocols: { ...goodTls.protocols, 'TLSv1.0': { offered: true } } }),
    ours: 'fail',
    theirs: 'fail or notice',
    because: 'Ours is low: mostly optional TLS, where an old version is still better than none (RFC 7435).',
  },
  {
    rule: 'fs_params, ciphers, cipher_order, kex_hash_func, extended_master_secret',
    documented: transport,
    ...noRow,
    theirs: 'fail, notice or success by NCSC-NL',
    because: byService,
  },
  {
    rule: 'compression, secure_reneg, client_reneg, zero_rtt',
    documented: transport,
    ...noRow,
    theirs: 'fail',
    because: byService,
  },
  { rule: 'cert_pubkey, cert_sig', documented: transport, ...noRow, theirs: 'fail', because: byService },
  {
    rule: 'caa',
    documented: transport,
    ...noRow,
    theirs: 'notice',
    because: 'A question about the domain: see the dns kind.',
  },
  {
    rule: 'cert_trust',
    documented: transport,
    check: 'mx-certificate-trusted',
    given: tls({
      verified: { trusted: false, trustError: 'SELF_SIGNED_CERT_IN_CHAIN', nameMatches: true, protocol: 'TLSv1.3' },
    }),
    ours: 'fail',
    theirs: 'info (fail for web)',
  },
  {
    rule: 'cert_hostmatch',
    documented: transport,
    check: 'mx-certificate-name',
    given: tls({ verified: { trusted: true, trustError: null, nameMatches: false, protocol: 'TLSv1.3' } }),
    ours: 'fail',
    theirs: 'info; fail where DANE-TA is used',
  },
  {
    rule: 'cert_hostmatch under MTA-STS',
    documented: transport,
    check: 'mta-sts-servers',
    given: tls({ verified: { trusted: true, trustError: null, nameMatches: false, protocol: 'TLSv1.3' } }),
    ours: 'fail',
    theirs: 'info',
    because: 'Under a policy that says enforce, mail stops: theirs does not read MTA-STS.',
  },
  {
    rule: 'cert_hostmatch: expired',
    documented: transport,
    check: 'mx-certificate-expiry',
    given: tls({ chains: [[{ ...certificate, notAfter: '2026-05-01T00:00:00.000Z' }]] }),
    ours: 'fail',
    theirs: 'info (cert_trust)',
  },
  {
    rule: 'dane_exists: none',
    documented: transport,
    check: 'dane',
    given: zone({}),
    ours: 'fail',
    theirs: 'fail',
    because: 'Ours has the severity info: few zones of gov.vn are signed, and no law that we found asks for DANE.',
  },
  {
    rule: 'dane_exists: unsigned',
    documented: transport,
    check: 'dane',
    given: zone({ [`_25._tcp.${host}`]: { TLSA: [`3 1 1 ${'ab'.repeat(32)}`], secure: 'insecure' } }),
    ours: 'fail',
    theirs: 'fail',
  },
  {
    rule: 'dane_exists',
    documented: transport,
    check: 'dane',
    given: zone({ [`_25._tcp.${host}`]: { TLSA: [`3 1 1 ${'ab'.repeat(32)}`], secure: 'secure' } }),
    ours: 'pass',
    theirs: 'success',
  },
  {
    rule: 'dane_valid: no chain seen',
    documented: transport,
    check: 'dane-match',
    given: zone({ [`_25._tcp.${host}`]: { TLSA: [`3 1 1 ${'ab'.repeat(32)}`], secure: 'secure' } }),
    ours: 'not-observed',
    theirs: 'not_tested',
    because: 'The certificate of this case was stored without its bytes.',
  },
  {
    rule: 'dane_valid: no STARTTLS',
    documented: transport,
    check: 'dane-match',
    given: zone(
      { [`_25._tcp.${host}`]: { TLSA: [`3 1 1 ${'ab'.repeat(32)}`], secure: 'secure' } },
      { servers: [server({ hello: [host] })] },
    ),
    ours: 'fail',
    theirs: 'fail',
  },
  {
    rule: 'dane_rollover',
    documented: transport,
    ...noRow,
    theirs: 'notice without a second record',
    because: 'A second record is one way among several to change keys; its absence breaks nothing.',
  },
  // RPKI
  {
    rule: 'mail_rpki_exists, mail_rpki_valid, ns_rpki_*, mx_ns_rpki_*',
    documented: 'checks/categories.py, MailRpki',
    ...noRow,
    theirs: 'fail when a route is not covered',
    because: 'Needs the published route origins of the Internet, and asks nobody there.',
  },
];

test.each(rows.map((row, index) => ({ ...row, index })))('$index $rule: $ours', ({ check, given, ours, because }) => {
  if (check === null || given === null) {
    expect(ours).toBeNull();
    expect(because).toBeTruthy();
    return;
  }
  const finding = judgeMail(given).get(check);
  expect(finding?.outcome, JSON.stringify(finding)).toBe(ours);
});
