import { certificate, goodTls, host, server } from '../mail/given.ts';
import { noRow, root, unused, zone, type MailRow } from './internet-nl-mail-given.ts';

const tls = (changes: Partial<typeof goodTls>) => zone({}, { servers: [server({ tls: { ...goodTls, ...changes } })] });
const transport = 'checks/categories.py, MailTls; NCSC-NL TLS guidelines 2025-05';
/** TLS beyond versions and certificate is the same question at every port. */
const byService =
  'Asked of the server itself where it is declared as a host with startTls: smtp; a mail domain is not asked twice.';

/** Internet.nl's categories mail-tls and mail-rpki by their subtests' names in its code. */
export const transportRows: readonly MailRow[] = [
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
