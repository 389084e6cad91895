import { fileURLToPath } from 'node:url';
import { compileChecks } from '../../src/judge/compile.ts';
import { judgeTarget } from '../../src/judge/judge.ts';
import { readChecks } from '../../src/judge/read.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { MailFacts, MailServer } from '../../src/model/facts/mail.ts';
import type { CertificateFacts, TlsFacts } from '../../src/model/facts/tls.ts';
import { knownSelectors } from '../../src/mail/dkim-key.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import type { Target } from '../../src/model/target.ts';
import { answersOf, type Zone } from './zone.ts';

export const domain = 'a.example';
export const clock = '2026-06-01T00:00:00.000Z';

export const target: Target = {
  key: `${domain} [mail]`,
  kind: 'mail',
  system: 'thu',
  endpoint: { kind: 'mail', domain },
  name: domain,
};

/** Facts of `a.example` as the probe would store them, by a zone and what its servers said. */
export function mailFactsOf(zone: Zone, rest: Partial<MailFacts> = {}): MailFacts {
  return {
    domain,
    selectors: [...knownSelectors],
    declaredSelectors: 0,
    answers: answersOf(zone, domain),
    leftOut: 0,
    servers: [],
    ...rest,
  };
}

const compiled = compileChecks(await readChecks([fileURLToPath(new URL('checks/mail/', packageRoot))]));

/** Findings of every mail check over some facts, by check. */
export function judgeMail(facts: MailFacts): ReadonlyMap<string, Finding> {
  const observation = {
    kind: 'mail',
    target: target.key,
    zone: 'internet',
    at: clock,
    ms: 1,
    probe: 'mail/1',
    ok: true,
    facts,
  } as const;
  const findings = judgeTarget(compiled, { target, observations: [observation], kinds: ['mail'], reference: {} });
  return new Map(findings.map((finding) => [finding.check, finding]));
}

export const host = 'mx.a.example';
const address = '192.0.2.1';

/** A domain whose mail is in order, with one exchanger. */
export const goodZone: Zone = {
  [domain]: { MX: [`10 ${host}`], TXT: ['other', 'v=spf1 mx -all'], A: ['192.0.2.9'], secure: 'secure' },
  [host]: { A: [address], AAAA: ['2001:db8::1'] },
  [`_dmarc.${domain}`]: { TXT: [`v=DMARC1; p=reject; rua=mailto:d@${domain}`] },
  '1.2.0.192.in-addr.arpa': { PTR: [host] },
  '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa': { PTR: [host] },
  [`_mta-sts.${domain}`]: { TXT: ['v=STSv1; id=1'] },
  [`mta-sts.${domain}`]: { A: ['192.0.2.20'] },
  [`_smtp._tls.${domain}`]: { TXT: [`v=TLSRPTv1; rua=mailto:t@${domain}`] },
};

export const goodPolicy = {
  url: `https://mta-sts.${domain}/.well-known/mta-sts.txt`,
  address: '192.0.2.20',
  certificate: { trusted: true, trustError: null, nameMatches: true },
  status: 200,
  contentType: 'text/plain',
  body: `version: STSv1\r\nmode: enforce\r\nmx: ${host}\r\nmax_age: 604800\r\n`,
} satisfies MailFacts['policy'];

export const certificate: CertificateFacts = {
  sha256: 'ab'.repeat(32),
  subject: `CN=${host}`,
  issuer: 'CN=Lab',
  serial: '01',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  names: [host],
  keyType: 'ec',
  keyBits: 256,
  isCa: false,
  selfIssued: false,
};

/** TLS as the prober sees a good server after STARTTLS. */
export const goodTls: TlsFacts = {
  port: 25,
  sni: host,
  starttls: 'smtp',
  protocols: {
    SSLv2: { offered: false },
    SSLv3: { offered: false },
    'TLSv1.0': { offered: false },
    'TLSv1.1': { offered: false },
    'TLSv1.2': { offered: true },
    'TLSv1.3': { offered: true },
  },
  chains: [[certificate]],
  verified: { trusted: true, trustError: null, nameMatches: true, protocol: 'TLSv1.3' },
};

export function server(rest: Partial<MailServer> = {}): MailServer {
  return {
    host,
    address,
    port: 25,
    greeting: '220 mx',
    hello: [host, 'PIPELINING', 'STARTTLS'],
    tls: goodTls,
    ...rest,
  };
}
