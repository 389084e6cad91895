import {
  tlsProtocols,
  type CertificateFacts,
  type ProtocolFacts,
  type TlsFacts,
  type TlsProtocol,
} from '../../model/facts/tls.ts';
import type { Neighbours } from '../../model/neighbours.ts';
import type { TargetKey } from '../../model/target.ts';
import { describeCertificate, type CertificateView } from './certificate.ts';
import { describeChain } from './chain.ts';
import { describeMozilla } from './mozilla-profile.ts';
import { describeSuite, type SuiteView } from './suite.ts';
import { describeFeatures } from './tls-features.ts';
import { describeGroups } from './tls-groups.ts';
import { describeLeaf } from './tls-leaf.ts';
import { any, anySpoken, seenOnly } from './tls-seen.ts';
import { describeSignatures } from './tls-signatures.ts';
import { describeStaples } from './tls-staples.ts';
import { describeTrust } from './tls-trust.ts';
import { unseenReasons } from './tls-unseen.ts';
import type { ProtocolView, TlsView } from './tls-view.ts';
import type { Derived, ViewContext } from './view.ts';

/** Derives the view of one TLS service; pure. */
export function deriveTls(facts: TlsFacts, { at, target, neighbours }: ViewContext): Derived<TlsView> {
  const { port, sni, protocols, verified, secondOpinion, dh, clientCertificate } = facts;
  const incomplete = incompleteReason(protocols);
  const first = facts.chains?.flatMap((chain) => chain.slice(0, 1));
  const leaves = first?.map((leaf) => describeLeaf(describeCertificate(leaf, at), leaf, facts));
  const groups = describeGroups(facts);
  const { view: features, decided } = describeFeatures(facts);
  const view = seenOnly<TlsView>({
    port,
    sni,
    protocols: protocolsOf(protocols),
    tls12OrLater: anySpoken(protocols, ['TLSv1.2', 'TLSv1.3']),
    suites: suitesOf(protocols),
    suitesComplete: incomplete === undefined ? true : undefined,
    leaves,
    chains: chainsOf(facts, at),
    sslv2KeyHolders: first && neighbours && sslv2KeyHolders(first, neighbours, target.key),
    trust: describeTrust(facts, first ?? []),
    publiclyTrusted: leaves && any(leaves.map((leaf) => leaf.publiclyTrusted)),
    ...groups,
    ...describeSignatures(facts),
    dh,
    ...features,
    ...describeStaples(facts, first, at),
    clientCertificate,
    ...describeMozilla({ protocols, ...(dh === undefined ? {} : { dh }), groups, leaves }),
    verified,
    secondOpinion,
    opinionsAgree: agreement(leaves, facts),
  });
  return { view, unseen: unseenReasons(view, incomplete, decided, facts.cutShort) };
}

/** Undefined while a key that matters was not read: this service's own, or that of one that accepts SSLv2. */
function sslv2KeyHolders(
  leaves: readonly CertificateFacts[],
  { sslv2Keys, sslv2Unread }: Neighbours,
  own: TargetKey,
): string[] | undefined {
  if (leaves.some(({ keySha256 }) => keySha256 === undefined)) return undefined;
  const holders = leaves.flatMap(({ keySha256 }) => sslv2Keys.get(keySha256 ?? '') ?? []);
  const others = [...new Set(holders)].filter((holder) => holder !== own).sort();
  if (others.length === 0 && sslv2Unread.some((unread) => unread !== own)) return undefined;
  return others.slice(0, 200);
}

function chainsOf(facts: TlsFacts, at: ViewContext['at']): TlsView['chains'] {
  const { chains, verified, trust } = facts;
  return chains?.map((chain) =>
    describeChain(
      chain.map((one) => describeCertificate(one, at)),
      chains.length === 1 ? verified : undefined,
      trust?.filter(({ leaf }) => leaf === chain[0]?.sha256),
    ),
  );
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

function agreement(leaves: readonly CertificateView[] | undefined, facts: TlsFacts): boolean | undefined {
  const { verified, secondOpinion } = facts;
  if (leaves === undefined || verified === undefined || secondOpinion === undefined) return undefined;
  const end = Date.parse(secondOpinion.notAfter);
  const { trusted, nameMatches } = verified;
  const sameTrust = secondOpinion.valid === trusted || secondOpinion.valid === (trusted && nameMatches);
  return sameTrust && leaves.some(({ notAfter }) => Date.parse(notAfter) === end);
}
