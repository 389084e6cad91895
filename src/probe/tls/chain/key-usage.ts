import { derAt, derTag } from './der.ts';

/** Bits of the key usage extension in order (RFC 5280 section 4.2.1.3). */
const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof keyUsages)[number];

/** The usages that the extension's BIT STRING sets; undefined when it is none. */
export function keyUsageNames(value: Buffer): KeyUsage[] | undefined {
  const bits = derAt(value);
  if (bits?.tag !== derTag.bitString || bits.body.length < 1) return undefined;
  return keyUsages.filter((_usage, index) => {
    const byte = bits.body[1 + (index >> 3)] ?? 0;
    return (byte & (0x80 >> (index & 7))) !== 0;
  });
}
