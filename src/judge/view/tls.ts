import { Type, type Static } from '@sinclair/typebox';
import { tlsFacts, tlsProtocols, type ProtocolFacts, type TlsFacts, type TlsProtocol } from '../../model/facts/tls.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { closed, list, oneOf, portNumber, text } from '../../model/schema.ts';
import { certificateView, describeCertificate, type CertificateView } from './certificate.ts';
import { chainView, describeChain } from './chain.ts';
import { describeSuite, suiteView, type SuiteView } from './suite.ts';
import type { Derived, ViewContext } from './view.ts';

const protocolView = Type.Object(
  {
    /** The version is accepted. */
    offered: Type.Boolean(),
    /** Who decides among the suites that both sides know; absent also where there is but one. */
    order: Type.Optional(oneOf(['server', 'client'])),
    /** Some of its suites are AEAD and some are not, so that the order decides which is used. */
    mixesAead: Type.Optional(Type.Boolean()),
  },
  closed,
);
type ProtocolView = Static<typeof protocolView>;
const protocol = Type.Optional(protocolView);

/** Facts of one TLS service as checks read them. Key absent: not seen. */
export const tlsView = Type.Object(
  {
    port: portNumber,
    sni: Type.Optional(text(255)),
    protocols: Type.Object(
      {
        SSLv2: protocol,
        SSLv3: protocol,
        'TLSv1.0': protocol,
        'TLSv1.1': protocol,
        'TLSv1.2': protocol,
        'TLSv1.3': protocol,
      },
      closed,
    ),
    /** TLS 1.2, TLS 1.3 or both are accepted. */
    tls12OrLater: Type.Optional(Type.Boolean()),
    /** Every accepted suite that was seen, version by version, oldest first, each in the server's order. */
    suites: Type.Optional(list(suiteView, 3072)),
    /** Present when a suite that is not in `suites` is known to be refused, by every version. */
    suitesComplete: Type.Optional(Type.Literal(true)),
    /** The server's own certificates: the first of each chain. */
    leaves: Type.Optional(list(certificateView, 8, { minItems: 1 })),
    chains: Type.Optional(list(chainView, 8, { minItems: 1 })),
    verified: tlsFacts.properties.verified,
    secondOpinion: tlsFacts.properties.secondOpinion,
    /** The second reader and our own prober tell the same end of validity and the same trust. */
    opinionsAgree: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type TlsView = Static<typeof tlsView>;

/** Derives the view of one TLS service; pure. */
export function deriveTls(facts: TlsFacts, { at }: ViewContext): Derived<TlsView> {
  const { port, sni, protocols, verified, secondOpinion } = facts;
  const incomplete = incompleteReason(protocols);
  const suites = suitesOf(protocols);
  const tls12OrLater = either(protocols['TLSv1.2']?.offered, protocols['TLSv1.3']?.offered);
  const chains = facts.chains?.map((chain) => chain.map((one) => describeCertificate(one, at)));
  const leaves = chains?.flatMap((chain) => chain.slice(0, 1));
  const opinionsAgree = agreement(leaves, facts);
  const view: TlsView = {
    port,
    ...(sni !== undefined && { sni }),
    protocols: protocolsOf(protocols),
    ...(tls12OrLater !== undefined && { tls12OrLater }),
    ...(suites !== undefined && { suites }),
    ...(incomplete === undefined && { suitesComplete: true as const }),
    ...(leaves !== undefined && { leaves }),
    ...(chains !== undefined && {
      chains: chains.map((chain) => describeChain(chain, chains.length === 1 ? verified : undefined)),
    }),
    ...(verified !== undefined && { verified }),
    ...(secondOpinion !== undefined && { secondOpinion }),
    ...(opinionsAgree !== undefined && { opinionsAgree }),
  };
  return { view, unseen: reasons(view, incomplete) };
}

function protocolsOf(protocols: TlsFacts['protocols']): TlsView['protocols'] {
  const view: TlsView['protocols'] = {};
  for (const version of tlsProtocols) {
    const seen = protocols[version];
    if (seen !== undefined) view[version] = describeProtocol(version, seen);
  }
  return view;
}

function describeProtocol(version: TlsProtocol, { offered, suites, complete, order }: ProtocolFacts): ProtocolView {
  const modes = new Set((suites ?? []).map((suite) => describeSuite(version, suite).aead));
  const mixesAead = offered && modes.has(true) && modes.has(false);
  const known = mixesAead || !offered || (readToEnd({ suites, complete }) && !modes.has(undefined));
  return { offered, ...(order !== undefined && { order }), ...(known && { mixesAead }) };
}

/** Absent when no accepted version has a list; a list may still be short of its end. */
function suitesOf(protocols: TlsFacts['protocols']): SuiteView[] | undefined {
  const lists = tlsProtocols.flatMap((version) => {
    const { offered, suites } = protocols[version] ?? { offered: false };
    return offered && suites !== undefined ? [suites.map((suite) => describeSuite(version, suite))] : [];
  });
  return lists.length === 0 ? undefined : lists.flat();
}

const readToEnd = ({ suites, complete }: { suites?: unknown; complete?: true | undefined }): boolean =>
  suites !== undefined && complete === true;

/** Why a suite that was not seen may yet be accepted. */
function incompleteReason(protocols: TlsFacts['protocols']): string | undefined {
  const why = (version: TlsProtocol, seen: ProtocolFacts | undefined) => {
    if (seen === undefined) return `no clear answer to ${version}`;
    return seen.offered && !readToEnd(seen) ? `the suites of ${version} were not read to their end` : undefined;
  };
  const reasonsFound = tlsProtocols.flatMap((version) => why(version, protocols[version]) ?? []);
  return reasonsFound.length === 0 ? undefined : reasonsFound.join('; ');
}

function either(one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  if (one === true || other === true) return true;
  return one === undefined || other === undefined ? undefined : false;
}

function agreement(leaves: readonly CertificateView[] | undefined, facts: TlsFacts): boolean | undefined {
  const { verified, secondOpinion } = facts;
  if (leaves === undefined || verified === undefined || secondOpinion === undefined) return undefined;
  const end = Date.parse(secondOpinion.notAfter);
  const { trusted, nameMatches } = verified;
  const sameTrust = secondOpinion.valid === trusted || secondOpinion.valid === (trusted && nameMatches);
  return sameTrust && leaves.some(({ notAfter }) => Date.parse(notAfter) === end);
}

const noReason = {
  tls12OrLater: 'no clear answer to TLSv1.2 or TLSv1.3',
  suites: 'no list of suites was read',
  leaves: 'no certificate was seen',
  chains: 'no certificate was seen',
  verified: 'no full handshake came about',
  secondOpinion: 'the second reader said nothing',
  opinionsAgree: 'one of the two readers said nothing',
} as const satisfies Partial<Record<keyof TlsView, string>>;

function reasons(view: TlsView, incomplete: string | undefined): Derived<TlsView>['unseen'] {
  const found: { at: string; failure: Failure }[] = [];
  const say = (at: string, detail: string) => found.push({ at, failure: failure('undecided', detail) });
  for (const version of tlsProtocols) {
    if (view.protocols[version] === undefined) say(`/tls/protocols/${version}`, `no clear answer to ${version}`);
    else {
      say(`/tls/protocols/${version}/order`, `not seen who decides the order of suites in ${version}`);
      say(`/tls/protocols/${version}/mixesAead`, `the suites of ${version} were not read to their end`);
    }
  }
  for (const [key, detail] of Object.entries(noReason)) if (!(key in view)) say(`/tls/${key}`, detail);
  if (incomplete !== undefined) say('/tls/suitesComplete', incomplete);
  view.suites?.forEach((suite, index) => {
    if (suite.cipher === undefined) say(`/tls/suites/${index}`, `${suite.name} is not a suite we can read`);
  });
  const certificates = [
    ...(view.leaves ?? []).map((one, index) => [`/tls/leaves/${index}`, one] as const),
    ...(view.chains ?? []).flatMap(({ certificates: sent }, chain) =>
      sent.map((one, index) => [`/tls/chains/${chain}/certificates/${index}`, one] as const),
    ),
  ];
  for (const [at, { keyType, strength, signature, signatureHash }] of certificates) {
    if (strength === undefined) say(`${at}/strength`, `the strength of a key of type ${keyType} is not known`);
    if (signatureHash === undefined)
      say(`${at}/signatureHash`, `the hash of ${signature ?? 'an unnamed signature'} is not known`);
  }
  view.chains?.forEach(({ complete }, index) => {
    if (complete === undefined)
      say(`/tls/chains/${index}/complete`, 'whether a certificate is missing cannot be told from outside');
  });
  return found;
}
