import type { Severity } from '../../model/check.ts';
import { tlsProtocols, type TlsFacts, type TlsProtocol } from '../../model/facts/tls.ts';
import { describeSuite, type SuiteView } from './suite.ts';
import { all, denied, isNo, lacking, noneSpoken, shown, where, type Told } from './tls-told.ts';

/** Known weaknesses of TLS services, worst first; the ids are a published contract (`rasoat tls --json`). */
export const weaknessIds = [
  'heartbleed',
  'drown',
  'null',
  'anonymous',
  'ccs-injection',
  'robot',
  'poodle-tls',
  'ticketbleed',
  'freak',
  'logjam',
  'export',
  'rc4',
  'poodle-ssl',
  'insecure-renegotiation',
  'crime',
  'sweet32',
  'client-renegotiation',
  'beast',
  'lucky13',
] as const;
export type WeaknessId = (typeof weaknessIds)[number];

/** One weakness of one service. `present` is null when a fact that decides it was not seen: never a false "no". */
export type Weakness = {
  readonly id: WeaknessId;
  readonly present: boolean | null;
  readonly severity: Severity;
  /** What shows it, by JSON pointer into the stored facts; [] unless present. */
  readonly evidence: readonly { readonly at: string; readonly saw: unknown }[];
  /** Pointers of the facts that are missing; [] unless `present` is null. */
  readonly missing: readonly string[];
  /** CVE, RFC or paper that defines it. */
  readonly sources: readonly string[];
};

type Definition = {
  readonly severity: Severity | ((facts: TlsFacts) => Severity);
  readonly sources: readonly string[];
  readonly decide: (facts: TlsFacts) => Told;
};

/** Versions whose records and handshakes are those of SSL 3.0. */
const upToTls12 = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'] as const satisfies readonly TlsProtocol[];
const cbc = ({ aead, blockBits }: SuiteView) => aead === false && typeof blockBits === 'number';
const staticRsa = ({ keyExchange }: SuiteView) => keyExchange === 'rsa' || keyExchange === 'rsa-psk';
const finiteField = ({ keyExchange }: SuiteView) => keyExchange === 'dhe' || keyExchange === 'dhe-psk';

/** Whether a suite that `matches` is accepted by one of the versions; every version must be read to its end for a "no". */
function suite(
  facts: TlsFacts,
  versions: readonly TlsProtocol[],
  matches: (suite: SuiteView) => boolean | undefined,
): Told {
  return all(
    versions.map((version) => {
      const seen = facts.protocols[version];
      if (seen === undefined) return lacking(`/protocols/${version}`);
      if (!seen.offered) return denied;
      if (seen.suites === undefined) return lacking(`/protocols/${version}/suites`);
      const at = (index: number) => `/protocols/${version}/suites/${index}`;
      const views = seen.suites.map((one) => describeSuite(version, one));
      const found = views.flatMap((view, index) => (matches(view) === true ? [{ at: at(index), saw: view.name }] : []));
      if (found.length > 0) return { evidence: found, missing: [] };
      const unread = views.findIndex((view) => view.keyExchange === undefined);
      if (unread >= 0) return lacking(at(unread));
      return seen.complete === true ? denied : lacking(`/protocols/${version}/complete`);
    }),
  );
}

/** A question asked for itself; without an answer, `otherwise` may still rule it out. */
function asked<T>(saw: T | undefined, at: string, isBad: (saw: T) => boolean, otherwise: () => Told): Told {
  if (saw !== undefined) return isBad(saw) ? shown(at, saw) : denied;
  return isNo(otherwise()) ? denied : lacking(at);
}

const isTrue = (saw: boolean) => saw;

/** A service of TLS 1.3 alone has no renegotiation (RFC 8446 4.1.2), no compression and none of the older handshakes. */
const olderSpoken = (facts: TlsFacts) => noneSpoken(facts, upToTls12);

/** DHE_EXPORT, a prime under 1,024 bits, or one of 1,024 bits that everybody shares and a state can precompute. */
function logjam(facts: TlsFacts): Told {
  const exported = suite(facts, upToTls12, (one) => finiteField(one) && one.export);
  const weak = where(facts.dh ?? [], '/dh', ({ bits, knownAs }) => bits < 1024 || (bits === 1024 && knownAs !== null));
  if (exported.evidence.length + weak.length > 0) return { evidence: [...exported.evidence, ...weak], missing: [] };
  const used = suite(facts, upToTls12, finiteField);
  if (isNo(used)) return denied;
  return facts.dh === undefined ? lacking('/dh') : exported;
}

const definitions: Readonly<Record<WeaknessId, Definition>> = {
  /** A heartbeat longer than its record is answered with memory. Without the extension none may be sent (RFC 6520 2). */
  heartbleed: {
    severity: 'critical',
    sources: ['CVE-2014-0160', 'RFC 6520'],
    decide: (facts) =>
      asked(facts.faults?.heartbeatOverread, '/faults/heartbeatOverread', isTrue, () =>
        facts.features?.heartbeat === false ? denied : lacking('/features/heartbeat'),
      ),
  },
  /** SSLv2 is answered at all: every service with the same RSA key can be read. */
  drown: {
    severity: 'critical',
    sources: ['CVE-2016-0800', 'RFC 6176'],
    decide: (facts) => {
      const offered = facts.protocols.SSLv2?.offered;
      if (offered === undefined) return lacking('/protocols/SSLv2');
      return offered ? shown('/protocols/SSLv2/offered', true) : denied;
    },
  },
  null: {
    severity: 'critical',
    sources: ['RFC 9325, 4.1'],
    decide: (facts) => suite(facts, tlsProtocols, ({ bits }) => bits === 0),
  },
  anonymous: {
    severity: 'high',
    sources: ['RFC 9325, 4.1', 'RFC 5246, F.1.1.1'],
    decide: (facts) => suite(facts, tlsProtocols, ({ authentication }) => authentication === 'none'),
  },
  'ccs-injection': {
    severity: 'high',
    sources: ['CVE-2014-0224'],
    decide: (facts) =>
      asked(facts.faults?.earlyChangeCipherSpec, '/faults/earlyChangeCipherSpec', isTrue, () => olderSpoken(facts)),
  },
  /** Bleichenbacher's oracle needs RSA key transport. */
  robot: {
    severity: 'high',
    sources: ['CVE-2017-13099', 'Böck, Somorovsky, Young: Return Of Bleichenbacher’s Oracle Threat (2018)'],
    decide: (facts) =>
      asked(
        facts.faults?.pkcs1Oracle,
        '/faults/pkcs1Oracle',
        (saw) => saw !== 'none',
        () => suite(facts, upToTls12, staticRsa),
      ),
  },
  'poodle-tls': {
    severity: 'high',
    sources: ['CVE-2014-8730'],
    decide: (facts) =>
      asked(facts.faults?.cbcPaddingIgnored, '/faults/cbcPaddingIgnored', isTrue, () =>
        suite(facts, ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'], cbc),
      ),
  },
  ticketbleed: {
    severity: 'high',
    sources: ['CVE-2016-9244'],
    decide: (facts) => asked(facts.faults?.ticketOverread, '/faults/ticketOverread', isTrue, () => olderSpoken(facts)),
  },
  /** RSA_EXPORT from SSLv3 on; the export suites of SSLv2 are DROWN's. */
  freak: {
    severity: 'high',
    sources: ['CVE-2015-0204'],
    decide: (facts) => suite(facts, upToTls12, (one) => staticRsa(one) && one.export),
  },
  logjam: {
    severity: (facts) => (breakable(facts) ? 'high' : 'medium'),
    sources: ['CVE-2015-4000', 'Adrian et al.: Imperfect Forward Secrecy (2015)'],
    decide: logjam,
  },
  export: {
    severity: 'high',
    sources: ['RFC 9325, 4.1'],
    decide: (facts) => suite(facts, tlsProtocols, (one) => one.export),
  },
  rc4: {
    severity: 'high',
    sources: ['CVE-2013-2566', 'CVE-2015-2808', 'RFC 7465'],
    decide: (facts) => suite(facts, tlsProtocols, ({ cipher }) => cipher?.startsWith('RC4')),
  },
  /** SSLv3 does not say what CBC padding holds, so nobody can check it. */
  'poodle-ssl': {
    severity: 'high',
    sources: ['CVE-2014-3566', 'RFC 7568'],
    decide: (facts) => suite(facts, ['SSLv3'], cbc),
  },
  /** A server without RFC 5746; worse where a client can start the renegotiation. */
  'insecure-renegotiation': {
    severity: (facts) => (facts.features?.clientRenegotiation === true ? 'high' : 'medium'),
    sources: ['CVE-2009-3555', 'RFC 5746'],
    decide: (facts) =>
      asked(
        facts.features?.secureRenegotiation,
        '/features/secureRenegotiation',
        (saw) => !saw,
        () => olderSpoken(facts),
      ),
  },
  crime: {
    severity: 'medium',
    sources: ['CVE-2012-4929', 'RFC 9325, 3.3'],
    decide: (facts) =>
      asked(
        facts.features?.compression,
        '/features/compression',
        (saw) => saw.length > 0,
        () => olderSpoken(facts),
      ),
  },
  /** Any cipher of 64-bit blocks: birthday collisions after some 32 GB under one key. */
  sweet32: {
    severity: 'medium',
    sources: ['CVE-2016-2183', 'CVE-2016-6329'],
    decide: (facts) => suite(facts, tlsProtocols, ({ blockBits }) => blockBits === 64),
  },
  /** One client can make the server compute handshakes over and over on one connection. */
  'client-renegotiation': {
    severity: 'low',
    sources: ['CVE-2011-1473'],
    decide: (facts) =>
      asked(facts.features?.clientRenegotiation, '/features/clientRenegotiation', isTrue, () => olderSpoken(facts)),
  },
  /** CBC with the last block of one record as the IV of the next; clients split records against it. */
  beast: {
    severity: 'low',
    sources: ['CVE-2011-3389'],
    decide: (facts) => suite(facts, ['SSLv3', 'TLSv1.0'], cbc),
  },
  /** MAC-then-encrypt; encrypt_then_mac (RFC 7366) guards only the clients that ask for it. */
  lucky13: {
    severity: 'low',
    sources: ['CVE-2013-0169'],
    decide: (facts) => suite(facts, upToTls12, cbc),
  },
};

/** Parameters that one machine breaks; 1,024 bits take a state. */
function breakable(facts: TlsFacts): boolean {
  const exported = suite(facts, upToTls12, (one) => finiteField(one) && one.export);
  return exported.evidence.length > 0 || (facts.dh ?? []).some(({ bits }) => bits < 1024);
}

/** Every weakness of one service, decided by its stored facts alone, in the order of `weaknessIds`; pure. */
export function weaknessesOf(facts: TlsFacts): readonly Weakness[] {
  return weaknessIds.map((id) => {
    const { severity, sources, decide } = definitions[id];
    const { evidence, missing } = decide(facts);
    const present = evidence.length > 0 ? true : missing.length > 0 ? null : false;
    return {
      id,
      present,
      severity: typeof severity === 'string' ? severity : severity(facts),
      evidence,
      missing: present === null ? missing : [],
      sources,
    };
  });
}
