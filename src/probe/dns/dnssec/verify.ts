import { createHash, createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { nameToWire } from '../name.ts';
import type { Delegation, Key } from './rdata.ts';

type Algorithm = { readonly hash: string | null; readonly toKey: (key: Buffer) => JsonWebKey | undefined };

/** Algorithms that are validated (RFC 8624, 3.1); 5 and 7 are SHA-1 and named as weak by the checks. */
const algorithms: Readonly<Record<number, Algorithm>> = {
  5: { hash: 'sha1', toKey: rsaKey },
  7: { hash: 'sha1', toKey: rsaKey },
  8: { hash: 'sha256', toKey: rsaKey },
  10: { hash: 'sha512', toKey: rsaKey },
  13: { hash: 'sha256', toKey: curveKey('P-256', 32) },
  14: { hash: 'sha384', toKey: curveKey('P-384', 48) },
  15: { hash: null, toKey: edwardsKey('Ed25519', 32) },
  16: { hash: null, toKey: edwardsKey('Ed448', 57) },
};

/** Digests of a DS that are validated (RFC 8624, 3.3). */
const digests: Readonly<Record<number, string>> = { 1: 'sha1', 2: 'sha256', 4: 'sha384' };

export const knowsAlgorithm = (algorithm: number): boolean => algorithm in algorithms;
export const knowsDigest = (digestType: number): boolean => digestType in digests;

/** Whether a signature over `data` was made by the key. False for a key or signature that cannot be read. */
export function isSignedBy(key: Key, data: Buffer, signature: Buffer): boolean {
  const algorithm = algorithms[key.algorithm];
  const publicKey = algorithm === undefined ? undefined : publicKeyOf(algorithm.toKey(key.key));
  if (algorithm === undefined || publicKey === undefined) return false;
  try {
    return verify(algorithm.hash, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    // OpenSSL throws for signatures of another length; a stranger's bytes are no fault of ours.
    return false;
  }
}

/** Whether a DS names this key of this zone (RFC 4034, 5.1.4). */
export function namesKey(delegation: Delegation, zone: string, key: Key): boolean {
  const hash = digests[delegation.digestType];
  const owner = nameToWire(zone);
  if (hash === undefined || owner === undefined) return false;
  if (delegation.keyTag !== key.tag || delegation.algorithm !== key.algorithm) return false;
  return createHash(hash).update(owner).update(key.rdata).digest().equals(delegation.digest);
}

/** Bits of an RSA key's modulus; undefined for other keys. */
export function rsaBits(key: Key): number | undefined {
  if (![5, 7, 8, 10].includes(key.algorithm)) return undefined;
  const parts = rsaParts(key.key);
  if (parts === undefined) return undefined;
  const first = parts.modulus.findIndex((byte) => byte !== 0);
  if (first === -1) return 0;
  return (parts.modulus.length - first) * 8 - Math.clz32(parts.modulus[first] ?? 0) + 24;
}

function publicKeyOf(jwk: JsonWebKey | undefined): KeyObject | undefined {
  if (jwk === undefined) return undefined;
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** The most that OpenSSL is handed: larger moduli and exponents cost us, not the zone (as BIND and unbound bound them). */
const mostModulusBytes = 512;
const mostExponentBytes = 8;

/** RFC 3110, 2. */
function rsaParts(key: Buffer): { readonly exponent: Buffer; readonly modulus: Buffer } | undefined {
  const short = key[0];
  if (short === undefined || key.length < 3) return undefined;
  const [length, from] = short === 0 ? [key.readUInt16BE(1), 3] : [short, 1];
  const exponent = key.subarray(from, from + length);
  const modulus = key.subarray(from + length);
  return exponent.length === 0 || modulus.length === 0 ? undefined : { exponent, modulus };
}

function rsaKey(key: Buffer): JsonWebKey | undefined {
  const parts = rsaParts(key);
  if (parts === undefined || parts.modulus.length > mostModulusBytes || parts.exponent.length > mostExponentBytes) {
    return undefined;
  }
  return { kty: 'RSA', n: parts.modulus.toString('base64url'), e: parts.exponent.toString('base64url') };
}

/** RFC 6605, 4: x and y, each of the curve's size. */
function curveKey(crv: string, size: number): (key: Buffer) => JsonWebKey | undefined {
  return (key) =>
    key.length === size * 2
      ? {
          kty: 'EC',
          crv,
          x: key.subarray(0, size).toString('base64url'),
          y: key.subarray(size).toString('base64url'),
        }
      : undefined;
}

/** RFC 8080, 3. */
function edwardsKey(crv: string, size: number): (key: Buffer) => JsonWebKey | undefined {
  return (key) => (key.length === size ? { kty: 'OKP', crv, x: key.toString('base64url') } : undefined);
}
