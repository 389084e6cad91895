import { Type, type Static } from '@sinclair/typebox';
import type { TlsFacts, TrustFacts } from '../../model/facts/tls.ts';
import { closed, list } from '../../model/schema.ts';
import { certificateView, type CertificateView } from './certificate.ts';
import { vouches } from './tls-trust.ts';

/** One chain as the server sent it, its leaf first. */
export const chainView = Type.Object(
  {
    certificates: list(certificateView, 20, { minItems: 1 }),
    /** Each certificate is followed by its issuer's (RFC 5246, 7.4.2). */
    ordered: Type.Boolean(),
    /** A root is sent beside the leaf: every client that trusts it has it already (RFC 8446, 4.4.2). */
    sendsRoot: Type.Boolean(),
    /**
     * Nothing that a client must be sent is missing: true when the way by issuers ends at a self-issued certificate or
     * at a root that is trusted; false when every store lacks a certificate in between, or the leaf came alone and its
     * issuer is not known. Absent: it cannot be told.
     */
    complete: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type ChainView = Static<typeof chainView>;

/** OpenSSL's words for "the issuer of the leaf is nowhere to be found". */
const issuerNotFound: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/**
 * Derives the view of one chain. `verified` must be of this very chain: undefined where the server has several. `trust`
 * is what the stores say of its leaf.
 */
export function describeChain(
  certificates: CertificateView[],
  verified: TlsFacts['verified'],
  trust: readonly TrustFacts[] = [],
): ChainView {
  const complete = completeOf(certificates, verified, trust);
  return {
    certificates,
    ordered: certificates.every((one, index) => index === 0 || certificates[index - 1]?.issuer === one.subject),
    sendsRoot: certificates.some(({ selfIssued }, index) => index > 0 && selfIssued),
    ...(complete === undefined ? {} : { complete }),
  };
}

function completeOf(
  certificates: readonly CertificateView[],
  verified: TlsFacts['verified'],
  trust: readonly TrustFacts[],
): boolean | undefined {
  const way = wayUp(certificates);
  if (way.at(-1)?.selfIssued === true || verified?.trusted === true || trust.some(vouches)) return true;
  if (trust.some(({ error }) => error === 'missing-intermediate')) return false;
  return way.length === 1 && issuerNotFound.has(verified?.trustError ?? '') ? false : undefined;
}

/** The certificates met on the way from the leaf from issuer to issuer, in whatever order they were sent. */
function wayUp(certificates: readonly CertificateView[]): readonly CertificateView[] {
  const [leaf, ...others] = certificates;
  const way = leaf === undefined ? [] : [leaf];
  for (let last = leaf; last !== undefined && !last.selfIssued;) {
    const { issuer } = last;
    last = others.find((one) => one.subject === issuer && !way.includes(one));
    if (last !== undefined) way.push(last);
  }
  return way;
}
