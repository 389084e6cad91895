import { FailureError } from '../../../model/failure.ts';
import type { DnsRecord } from '../message.ts';
import { isWithin, labelsOf, nameToWire } from '../name.ts';
import { readSignature, type Key, type Signature } from './rdata.ts';
import { isSignedBy, knowsAlgorithm } from './verify.ts';

/** Why a set of records is not what its zone signed. */
export type Flaw = 'unsigned' | 'expired' | 'not-yet-valid' | 'no-key' | 'bad-signature' | 'algorithm';

/** What became of a set of records held against a zone's keys. */
export type Signed =
  | {
      readonly ok: true;
      /** When the signature that held runs out, seconds since 1970. */
      readonly expires: number;
      /** Set where the records were made from a wildcard: the name above the `*` (RFC 4035, 5.3.4). */
      readonly wildcardOf?: string;
    }
  | { readonly ok: false; readonly flaw: Flaw };

/** All records of one name and type, and the signatures over them. */
export type RecordSet = { readonly records: readonly DnsRecord[]; readonly signatures: readonly Signature[] };

/** How much one validation may compute: a zone can be built so that every key fits every signature (CVE-2023-50387). */
export type Effort = { verifications: number };
const mostVerifications = 100;

const rrsig = 46;

/** The records of a section by name and type, with their signatures. */
export function recordSet(records: readonly DnsRecord[], name: string, type: string): RecordSet | undefined {
  const own = records.filter((one) => one.name === name && one.type === type);
  const code = own[0]?.code;
  if (code === undefined) return undefined;
  const signatures = records
    .filter((one) => one.name === name && one.code === rrsig)
    .flatMap(({ rdata }) => readSignature(rdata) ?? [])
    .filter(({ covered }) => covered === code);
  return { records: own, signatures };
}

/**
 * Holds a set against the keys of the zone that must have signed it, at an instant in seconds since 1970 (RFC 4035, 5.3).
 * One signature that holds is enough. Throws FailureError `too-large` past the bound of what is computed.
 */
export function verifySet(set: RecordSet, zone: string, keys: readonly Key[], now: number, effort: Effort): Signed {
  const [first] = set.records;
  const own = set.signatures.filter(({ signer }) => signer === zone);
  if (first === undefined || own.length === 0 || !isWithin(first.name, zone)) return { ok: false, flaw: 'unsigned' };
  let flaw: Flaw = 'no-key';
  for (const signature of own) {
    const outcome = tryOne(signature, set.records, keys, now, effort);
    if (outcome === 'holds') {
      const wildcardOf = wildcardOrigin(first.name, signature.labels);
      return { ok: true, expires: signature.expiration, ...(wildcardOf === undefined ? {} : { wildcardOf }) };
    }
    if (gravity[outcome] > gravity[flaw]) flaw = outcome;
  }
  return { ok: false, flaw };
}

/** The most telling reason is kept where several signatures fail. */
const gravity: Readonly<Record<Flaw, number>> = {
  'no-key': 0,
  unsigned: 1,
  algorithm: 2,
  'bad-signature': 3,
  'not-yet-valid': 4,
  expired: 5,
};

function tryOne(
  signature: Signature,
  records: readonly DnsRecord[],
  keys: readonly Key[],
  now: number,
  effort: Effort,
): Flaw | 'holds' {
  if (!knowsAlgorithm(signature.algorithm)) return 'algorithm';
  if (signature.expiration < now) return 'expired';
  if (signature.inception > now) return 'not-yet-valid';
  const fitting = keys.filter(({ tag, algorithm }) => tag === signature.keyTag && algorithm === signature.algorithm);
  const data = signedData(signature, records);
  if (fitting.length === 0) return 'no-key';
  if (data === undefined) return 'bad-signature';
  for (const key of fitting) {
    effort.verifications += 1;
    if (effort.verifications > mostVerifications) {
      throw new FailureError('too-large', `more than ${mostVerifications} signatures to verify`);
    }
    if (isSignedBy(key, data, signature.signature)) return 'holds';
  }
  return 'bad-signature';
}

/** RFC 4035, 5.3.2: the signature's own data, then every record in canonical form and order. */
function signedData(signature: Signature, records: readonly DnsRecord[]): Buffer | undefined {
  const [first] = records;
  if (first === undefined) return undefined;
  const count = labelsOf(first.name).filter((label) => label !== '*').length;
  if (signature.labels > count) return undefined;
  const origin = wildcardOrigin(first.name, signature.labels);
  const owner = origin === undefined ? first.owner : nameToWire(origin === '.' ? '*' : `*.${origin}`);
  if (owner === undefined) return undefined;
  const datas = records.map(({ rdata }) => rdata).sort((a, b) => Buffer.compare(a, b));
  const lines = datas
    .filter((data, index) => index === 0 || !data.equals(datas[index - 1] ?? Buffer.alloc(0)))
    .flatMap((data) => {
      const fixed = Buffer.alloc(10);
      fixed.writeUInt16BE(first.code, 0);
      fixed.writeUInt16BE(1, 2);
      fixed.writeUInt32BE(signature.originalTtl, 4);
      fixed.writeUInt16BE(data.length, 8);
      return [owner, fixed, data];
    });
  return Buffer.concat([signature.head, ...lines]);
}

/** The name above the `*` that a set was made from; undefined where the name stands itself in the zone. */
function wildcardOrigin(name: string, labels: number): string | undefined {
  const own = labelsOf(name);
  const count = own[0] === '*' ? own.length - 1 : own.length;
  if (labels >= count) return undefined;
  return own.slice(own.length - labels).join('.') || '.';
}
