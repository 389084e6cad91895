import { hash } from 'node:crypto';
import type { StapleFacts } from '../../../model/facts/tls.ts';
import { cursorOf, readUint, readVector } from '../wire/bytes.ts';
import { derSequence } from './der.ts';
import { hashNames, signatureHolds } from './ocsp-signature.ts';
import { parseOcspResponse, type OcspAnswer, type OcspSingle } from './ocsp-response.ts';
import { pathCertificate, publicKeyOf, type PathCertificate } from './path-certificate.ts';
import { isSignedBy, mayBeIssuer } from './signatures.ts';

/** What a stapled answer says of the leaf that it came with. `status` is the body of a CertificateStatus message. */
export type StapledLeaf = { readonly leaf: PathCertificate; readonly status: Buffer };

const ocsp = 1;
const ocspSigning = '1.3.6.1.5.5.7.3.9';

/**
 * Reads and verifies one staple offline; `candidates` are where the leaf's issuer may be found, `at` the observation's clock
 * in ms. `error` stands for an answer that is none, or speaks of another certificate. Total over any input.
 */
export async function stapleFact(
  { leaf, status }: StapledLeaf,
  candidates: readonly PathCertificate[],
  at: number,
): Promise<StapleFacts> {
  const useless = { leaf: leaf.sha256, status: 'error', verified: false } as const;
  const cursor = cursorOf(status);
  const type = readUint(cursor, 1);
  const response = readVector(cursor, 3);
  if (cursor.overrun || type !== ocsp) return useless;
  const answer = await parseOcspResponse(response);
  const issuers = candidates.filter((one) => mayBeIssuer(leaf, one) && isSignedBy(leaf, one));
  const single = answer?.singles.find((one) => isAbout(one, leaf, issuers));
  if (answer === undefined || single === undefined) return useless;
  return {
    leaf: leaf.sha256,
    status: single.status,
    thisUpdate: single.thisUpdate.toISOString(),
    ...(single.nextUpdate === undefined ? {} : { nextUpdate: single.nextUpdate.toISOString() }),
    verified: issuers.some((issuer) => isSignedForIssuer(answer, issuer, at)),
  };
}

/** By serial and the issuer's name, and by its key where it is known. */
function isAbout(single: OcspSingle, leaf: PathCertificate, issuers: readonly PathCertificate[]): boolean {
  const name = hashNames[single.hash];
  if (name === undefined || !single.serial.equals(leaf.parts.serial)) return false;
  if (!single.issuerNameHash.equals(hash(name, leaf.parts.issuer, 'buffer'))) return false;
  return (
    issuers.length === 0 ||
    issuers.some(({ parts }) => single.issuerKeyHash.equals(hash(name, keyBits(parts.publicKey), 'buffer')))
  );
}

/** The key itself, without its algorithm and the count of unused bits. */
function keyBits(publicKey: Buffer): Buffer {
  return derSequence(publicKey, 2)?.[1]?.body.subarray(1) ?? Buffer.alloc(0);
}

/** Signed by the issuer, or by one whom it made a responder and whose certificate is in time (RFC 6960 section 4.2.2.2). */
function isSignedForIssuer(answer: OcspAnswer, issuer: PathCertificate, at: number): boolean {
  const delegates = answer.certificates
    .map(pathCertificate)
    .filter((one) => one !== undefined)
    .filter(
      (one) =>
        one.extendedKeyUsage?.includes(ocspSigning) === true &&
        at >= one.notBefore &&
        at <= one.notAfter &&
        mayBeIssuer(one, issuer) &&
        isSignedBy(one, issuer),
    );
  return [issuer, ...delegates].some((responder) => {
    const key = publicKeyOf(responder);
    return key !== undefined && signatureHolds(answer.algorithm, answer.signed, key, answer.signature);
  });
}
