import { contextTag, derAt, derList, derSequence, derTag } from './der.ts';
import { oidText } from './oid.ts';

/** Status of one certificate in an OCSP answer (RFC 6960 section 2.2). */
export type OcspStatus = 'good' | 'revoked' | 'unknown';

/** What an answer says of one certificate: names and keys by their hashes. */
export type OcspSingle = {
  /** OID of the hash. */
  readonly hash: string;
  readonly issuerNameHash: Buffer;
  readonly issuerKeyHash: Buffer;
  readonly serial: Buffer;
  readonly status: OcspStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
};

/** A basic answer, and what is needed to verify it. */
export type OcspAnswer = {
  readonly singles: readonly OcspSingle[];
  /** ResponseData as signed. */
  readonly signed: Buffer;
  /** AlgorithmIdentifier, whole. */
  readonly algorithm: Buffer;
  readonly signature: Buffer;
  /** Certificates that came along, DER. */
  readonly certificates: readonly Buffer[];
};

const statuses: Readonly<Record<number, OcspStatus>> = { 0: 'good', 1: 'revoked', 2: 'unknown' };
const mostCertificates = 10;
const enumerated = 0x0a;
const successful = Buffer.of(0);
/** id-pkix-ocsp-basic. */
const basicResponse = '1.3.6.1.5.5.7.48.1.1';

/**
 * Reads a successful OCSPResponse (DER) by pkijs, which is loaded when the first staple comes; undefined for one that is not
 * successful or not basic, or cannot be read. Never throws.
 */
export async function parseOcspResponse(der: Buffer): Promise<OcspAnswer | undefined> {
  const bytes = basicOf(der);
  const raw = bytes === undefined ? undefined : rawParts(bytes);
  if (bytes === undefined || raw === undefined) return undefined;
  const { BasicOCSPResponse } = await import('pkijs');
  try {
    const basic = BasicOCSPResponse.fromBER(new Uint8Array(bytes));
    const singles = basic.tbsResponseData.responses.flatMap(({ certID, certStatus, thisUpdate, nextUpdate }) => {
      const status = statuses[tagOf(certStatus)];
      if (status === undefined || !isDate(thisUpdate)) return [];
      return {
        hash: certID.hashAlgorithm.algorithmId,
        issuerNameHash: Buffer.from(certID.issuerNameHash.valueBlock.valueHexView),
        issuerKeyHash: Buffer.from(certID.issuerKeyHash.valueBlock.valueHexView),
        serial: Buffer.from(certID.serialNumber.valueBlock.valueHexView),
        status,
        thisUpdate,
        ...(nextUpdate !== undefined && isDate(nextUpdate) ? { nextUpdate } : {}),
      };
    });
    return { ...raw, singles };
  } catch {
    return undefined;
  }
}

/** The BasicOCSPResponse in a successful OCSPResponse, by our own reader: pkijs overlooks lengths that lie. */
function basicOf(der: Buffer): Buffer | undefined {
  const [status, response] = derSequence(der, 2) ?? [];
  if (status?.tag !== enumerated || !status.body.equals(successful)) return undefined;
  if (response?.tag !== contextTag(0, 'constructed')) return undefined;
  const [type, octets] = derSequence(response.body, 2) ?? [];
  if (type?.tag !== derTag.oid || oidText(type.body) !== basicResponse) return undefined;
  return octets?.tag === derTag.octetString ? octets.body : undefined;
}

/** The parts of a BasicOCSPResponse whose bytes count as sent. */
function rawParts(basic: Buffer): Omit<OcspAnswer, 'singles'> | undefined {
  const [signed, algorithm, signature, certificates] = derSequence(basic, 4) ?? [];
  if (signed === undefined || algorithm === undefined || signature?.tag !== derTag.bitString) return undefined;
  if (signature.body[0] !== 0) return undefined;
  const list = certificates?.tag === contextTag(0, 'constructed') ? derAt(certificates.body) : undefined;
  return {
    signed: signed.whole,
    algorithm: algorithm.whole,
    signature: signature.body.subarray(1),
    certificates: (derList(list?.body ?? Buffer.alloc(0)) ?? []).slice(0, mostCertificates).map(({ whole }) => whole),
  };
}

/** certStatus is a CHOICE that pkijs leaves as an untyped ASN.1 block. */
function tagOf(status: unknown): number {
  const { idBlock } = status as { idBlock?: { tagNumber?: unknown } };
  return typeof idBlock?.tagNumber === 'number' ? idBlock.tagNumber : -1;
}

/** Within the years that an instant can be written in. */
function isDate(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1950 && year <= 9999;
}
