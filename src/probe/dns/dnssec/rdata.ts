import { canonicalName } from '../name.ts';

/** A signature over one set of records (RFC 4034, 3.1). Times are seconds since 1970. */
export type Signature = {
  readonly covered: number;
  readonly algorithm: number;
  readonly labels: number;
  readonly expiration: number;
  readonly inception: number;
  readonly keyTag: number;
  readonly signer: string;
  /** What is signed before the records: the data up to the signature, the signer's name lowered. */
  readonly head: Buffer;
  readonly originalTtl: number;
  readonly signature: Buffer;
};

/** Reads the data of an RRSIG; undefined for bytes that are none. */
export function readSignature(rdata: Buffer): Signature | undefined {
  if (rdata.length < 19) return undefined;
  const name = readPlainName(rdata, 18);
  if (name === undefined) return undefined;
  return {
    covered: rdata.readUInt16BE(0),
    algorithm: rdata.readUInt8(2),
    labels: rdata.readUInt8(3),
    originalTtl: rdata.readUInt32BE(4),
    expiration: rdata.readUInt32BE(8),
    inception: rdata.readUInt32BE(12),
    keyTag: rdata.readUInt16BE(16),
    signer: name.text,
    head: Buffer.concat([rdata.subarray(0, 18), name.wire]),
    signature: rdata.subarray(name.end),
  };
}

/** A zone's key (RFC 4034, 2.1). */
export type Key = {
  readonly flags: number;
  readonly algorithm: number;
  readonly key: Buffer;
  readonly tag: number;
  readonly rdata: Buffer;
};

/** Reads the data of a DNSKEY; undefined for bytes that are none, or a key that signs no zone. */
export function readKey(rdata: Buffer): Key | undefined {
  if (rdata.length < 5 || rdata.readUInt8(2) !== 3) return undefined;
  const flags = rdata.readUInt16BE(0);
  if ((flags & zoneKey) === 0) return undefined;
  return { flags, algorithm: rdata.readUInt8(3), key: rdata.subarray(4), tag: keyTag(rdata), rdata };
}

const zoneKey = 0x0100;
/** Secure entry point: the key that a parent's DS names (RFC 4034, 2.1.1). */
export const entryPoint = 0x0001;
/** RFC 5011: the key is withdrawn. */
export const revoked = 0x0080;

/** RFC 4034, appendix B. */
function keyTag(rdata: Buffer): number {
  let sum = 0;
  for (const [index, byte] of rdata.entries()) sum += (index & 1) === 1 ? byte : byte << 8;
  return (sum + ((sum >> 16) & 0xffff)) & 0xffff;
}

/** A parent's word for a key of the zone below (RFC 4034, 5.1). */
export type Delegation = {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Buffer;
};

/** Reads the data of a DS; undefined for bytes that are none. */
export function readDelegation(rdata: Buffer): Delegation | undefined {
  if (rdata.length < 5) return undefined;
  return {
    keyTag: rdata.readUInt16BE(0),
    algorithm: rdata.readUInt8(2),
    digestType: rdata.readUInt8(3),
    digest: rdata.subarray(4),
  };
}

function readPlainName(bytes: Buffer, from: number): { text: string; wire: Buffer; end: number } | undefined {
  const labels: string[] = [];
  const wire: Buffer[] = [];
  let at = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined || length > 63 || at + 1 + length > bytes.length || at - from > 254) return undefined;
    if (length === 0) break;
    const label = canonicalName(bytes.toString('latin1', at + 1, at + 1 + length));
    labels.push(label);
    wire.push(Buffer.from([length]), Buffer.from(label.padEnd(length, '.'), 'latin1'));
    at += 1 + length;
  }
  return { text: labels.join('.') || '.', wire: Buffer.concat([...wire, Buffer.from([0])]), end: at + 1 };
}
