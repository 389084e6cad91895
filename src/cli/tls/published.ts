import { weaknessesOf } from '../../judge/view/tls-weaknesses.ts';
import { tlsProtocols, type CertificateFacts, type TlsFacts } from '../../model/facts/tls.ts';
import type { TlsHostResult } from '../../pipeline/tls-host.ts';

/**
 * The published form of one address, `rasoat tls --json`; its keys are a contract. Lists hold what was seen; what was
 * not is named in `notSeen`. An address of which nothing was seen has `failure` instead of the lists.
 */
export function publishedTls(result: TlsHostResult): Readonly<Record<string, unknown>> {
  const { place, address, sni, startTls, at, ms, cost } = result;
  const head = {
    host: place.name ?? place.address,
    address: address ?? null,
    port: place.port,
    sni: sni ?? null,
    starttls: startTls ?? null,
    at,
  };
  const tail = {
    connections: cost.connections,
    bytes: cost.bytesSent + cost.bytesReceived,
    ms,
    peakPerSecond: cost.peakPerSecond,
  };
  if (!result.ok) return { ...head, failure: result.failure, ...tail };
  const { facts, findings } = result;
  return {
    ...head,
    ...protocolsOf(facts),
    groups: byEra(facts.groups),
    signatureAlgorithms: byEra(facts.signatureAlgorithms),
    dh: facts.dh ?? [],
    certificates: (facts.chains ?? []).flatMap(certificatesOf),
    certificatesWithoutName: (facts.chainsWithoutName ?? []).flatMap(certificatesOf),
    trust: facts.trust ?? [],
    verified: facts.verified ?? null,
    staples: facts.staples ?? [],
    weaknesses: weaknessesOf(facts),
    features: facts.features ?? {},
    clientCertificate: facts.clientCertificate ?? null,
    fingerprint: facts.fingerprint ?? null,
    jarm: facts.jarm ?? null,
    cutShort: facts.cutShort ?? [],
    findings: findings.map(({ check, outcome, severity, evidence, cause }) => ({
      check,
      outcome,
      severity,
      evidence,
      cause: cause ?? null,
    })),
    notSeen: notSeen(facts),
    ...tail,
  };
}

function protocolsOf({ protocols }: TlsFacts) {
  const offered = tlsProtocols.flatMap((name) => {
    const seen = protocols[name];
    if (seen?.offered !== true) return [];
    return [{ name, suites: seen.suites ?? [], complete: seen.complete === true, order: seen.order ?? null }];
  });
  const orders = new Set(offered.flatMap(({ order }) => order ?? []));
  return {
    protocols: offered,
    refused: tlsProtocols.filter((name) => protocols[name]?.offered === false),
    /** Every version answered, and every list of suites was read to its end. */
    complete: tlsProtocols.every((name) => protocols[name] !== undefined) && offered.every(({ complete }) => complete),
    /** Who chooses, where all versions that tell agree. */
    order: orders.size === 1 ? ([...orders][0] ?? null) : null,
  };
}

function byEra(eras: TlsFacts['groups']) {
  return (['TLSv1.2', 'TLSv1.3'] as const).flatMap((protocol) =>
    (eras?.[protocol]?.supported ?? []).map(({ name, code }) => ({ name, code, protocol })),
  );
}

function certificatesOf(certificates: readonly CertificateFacts[], chain: number) {
  return certificates.map(({ der: _der, keyType, keyBits, signature, ...rest }, position) => ({
    chain,
    position,
    ...rest,
    key: { type: keyType, bits: keyBits ?? null },
    signature: signature ?? null,
  }));
}

const parts = [
  'chains',
  'chainsWithoutName',
  'groups',
  'signatureAlgorithms',
  'dh',
  'features',
  'faults',
  'trust',
  'staples',
  'clientCertificate',
  'fingerprint',
  'verified',
] as const satisfies readonly (keyof TlsFacts)[];

/** JSON pointers of the facts that were not seen. */
function notSeen(facts: TlsFacts): readonly string[] {
  const { protocols } = facts;
  return [
    ...tlsProtocols.filter((name) => protocols[name] === undefined).map((name) => `/protocols/${name}`),
    ...tlsProtocols
      .filter((name) => protocols[name]?.offered === true && protocols[name].complete !== true)
      .map((name) => `/protocols/${name}/complete`),
    ...parts.filter((part) => facts[part] === undefined).map((part) => `/${part}`),
  ];
}
