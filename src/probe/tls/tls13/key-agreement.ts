import { createECDH, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';

/** Our half of a key exchange in one group. */
export type KeyHalf = {
  readonly group: number;
  readonly key: Buffer;
  /** The shared secret, or undefined when the other half is no valid key. */
  readonly agree: (theirs: Buffer) => Buffer | undefined;
};

const curves: Readonly<Record<number, string>> = { 0x0017: 'prime256v1', 0x0018: 'secp384r1', 0x0019: 'secp521r1' };
const montgomery = { 0x001d: 'x25519', 0x001e: 'x448' } as const;
/** SubjectPublicKeyInfo up to the key itself (RFC 8410). */
const spkiHeads: Readonly<Record<number, string>> = {
  0x001d: '302a300506032b656e032100',
  0x001e: '3042300506032b656f033900',
};

/** Groups that `keyHalf` knows. */
export const agreeableGroups: readonly number[] = [0x001d, 0x0017, 0x0018, 0x0019, 0x001e];

const halves = new Map<number, KeyHalf>();

/**
 * Our half for an elliptic group, undefined for others. The same for the whole process: it protects nothing of anybody's,
 * and a pair for each of hundreds of hosts would cost more than reading their flights.
 */
export function keyHalf(group: number): KeyHalf | undefined {
  const half = halves.get(group) ?? freshHalf(group);
  if (half !== undefined) halves.set(group, half);
  return half;
}

function freshHalf(group: number): KeyHalf | undefined {
  const curve = curves[group];
  if (curve !== undefined) return curveHalf(group, curve);
  return group === 0x001d || group === 0x001e ? montgomeryHalf(group) : undefined;
}

function curveHalf(group: number, curve: string): KeyHalf {
  const pair = createECDH(curve);
  const key = pair.generateKeys();
  return { group, key, agree: (theirs) => orUndefined(() => pair.computeSecret(theirs)) };
}

function montgomeryHalf(group: 0x001d | 0x001e): KeyHalf {
  const name = montgomery[group];
  // The two overloads of generateKeyPairSync cannot be called with a union.
  const pair = name === 'x25519' ? generateKeyPairSync(name) : generateKeyPairSync(name);
  const head = Buffer.from(spkiHeads[group] ?? '', 'hex');
  const key = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(head.length);
  const agree = (theirs: Buffer) =>
    orUndefined(() => {
      const publicKey = createPublicKey({ key: Buffer.concat([head, theirs]), type: 'spki', format: 'der' });
      return diffieHellman({ privateKey: pair.privateKey, publicKey });
    });
  return { group, key, agree };
}

function orUndefined(compute: () => Buffer): Buffer | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}
