import { tlsProtocols, type CertificateFacts, type TlsFacts } from '../../model/facts/tls.ts';
import type { ObservationOf, Seen } from '../../model/observation.ts';
import { message, type Message } from '../../model/text.ts';

/** One protocol version of a service. */
export type ProtocolRow = {
  readonly name: string;
  readonly state: 'offered' | 'refused' | 'unseen';
  readonly unseen: boolean;
  readonly word: Message;
  readonly suites: readonly { readonly code: string; readonly name: string }[] | null;
  readonly complete: boolean;
  readonly order: Message | null;
};

/** A certificate as it stands in the chain. */
export type CertificateRow = {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: string;
  readonly signature: string;
  readonly names: readonly string[];
  readonly moreNames: number;
  readonly sha256: string;
  readonly leaf: boolean;
};

/** What one TLS service showed. */
export type TlsPanel = {
  readonly target: string;
  readonly at: string;
  readonly port: number;
  readonly sni: string | null;
  readonly protocols: readonly ProtocolRow[];
  readonly chains: readonly (readonly CertificateRow[])[] | null;
  readonly verified: { readonly word: Message; readonly error: string | null; readonly name: Message } | null;
  /** What the second reader says, and whether both readers agree. */
  readonly second: {
    readonly reader: string;
    readonly agrees: boolean;
    readonly notAfter: string;
    readonly error: string | null;
  } | null;
};

const shownNames = 12;

/** The panel of one TLS observation. */
export function tlsPanel(observation: ObservationOf<'tls'> & Seen<'tls'>): TlsPanel {
  const { facts } = observation;
  const { verified } = facts;
  return {
    target: observation.target,
    at: observation.at,
    port: facts.port,
    sni: facts.sni ?? null,
    protocols: tlsProtocols.map((name) => protocolRow(name, facts.protocols[name])),
    chains: facts.chains?.map((chain) => chain.map(certificateRow)) ?? null,
    verified:
      verified === undefined
        ? null
        : {
            word: message(`report.tls.trust-${verified.trusted ? 'yes' : 'no'}`),
            error: verified.trustError,
            name: message(`report.tls.name-${verified.nameMatches ? 'yes' : 'no'}`),
          },
    second: secondOpinion(facts),
  };
}

function protocolRow(name: string, facts: TlsFacts['protocols']['TLSv1.2']): ProtocolRow {
  const state = facts === undefined ? 'unseen' : facts.offered ? 'offered' : 'refused';
  return {
    name,
    state,
    unseen: state === 'unseen',
    word: message(`report.tls.${state}`),
    suites: facts?.suites ?? null,
    complete: facts?.complete ?? false,
    order: facts?.order === undefined ? null : message(`report.tls.order-${facts.order}`),
  };
}

function certificateRow(certificate: CertificateFacts, at: number): CertificateRow {
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    key: [certificate.keyType, certificate.keyBits].join(' ').trim(),
    signature: certificate.signature ?? '',
    names: certificate.names.slice(0, shownNames),
    moreNames: Math.max(0, certificate.names.length - shownNames),
    sha256: certificate.sha256,
    leaf: at === 0,
  };
}

/** Two readers agree when both see the same last day and the same answer on trust. */
function secondOpinion(facts: TlsFacts): TlsPanel['second'] {
  const { secondOpinion: second, verified, chains } = facts;
  if (second === undefined) return null;
  const leaf = chains?.[0]?.[0];
  const sameDay = leaf === undefined || leaf.notAfter.slice(0, 10) === second.notAfter.slice(0, 10);
  const sameTrust = verified === undefined || (verified.trusted && verified.nameMatches) === second.valid;
  return { reader: second.reader, agrees: sameDay && sameTrust, notAfter: second.notAfter, error: second.error };
}
