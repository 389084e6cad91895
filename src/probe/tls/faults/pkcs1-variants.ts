import { randomBytes, type KeyObject } from 'node:crypto';
import { uint16s } from '../wire/bytes.ts';

/** The five plaintexts of Böck, Somorovsky, Young, "Return Of Bleichenbacher's Oracle Threat", section 3. */
export const pkcs1Variants = ['correct', 'wrong-start', 'misplaced-zero', 'no-zero', 'wrong-version'] as const;
export type Pkcs1Variant = (typeof pkcs1Variants)[number];

/** What each variant brought, in words that compare. */
export type Pkcs1Outcomes = Readonly<Record<Pkcs1Variant, string>>;

/** Bytes of an RSA modulus. */
export function modulusBytes(key: KeyObject): number {
  return Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
}

/**
 * A block of the modulus's length: `00 02`, padding without zeros, `00`, and 48 bytes that begin with the version of our
 * hello (RFC 8017 section 7.2.1, RFC 5246 section 7.4.7.1); or with the one fault that the variant is named for.
 */
export function pkcs1Block(variant: Pkcs1Variant, key: KeyObject, version: number): Buffer {
  const length = modulusBytes(key);
  const secret = noZeros(46);
  const padding = noZeros(length - 51);
  const start = Buffer.of(0, 2);
  const zero = Buffer.of(0);
  switch (variant) {
    case 'correct':
      return Buffer.concat([start, padding, zero, uint16s([version]), secret]);
    case 'wrong-start':
      // 0x41 in front stays under a modulus of whole bytes; under an odd one only 0 does.
      return Buffer.concat([Buffer.of(isWhole(key) ? 0x41 : 0, 0x17), padding, zero, uint16s([version]), secret]);
    case 'misplaced-zero':
      return Buffer.concat([start, padding, noZeros(3), secret.subarray(0, 44), zero, Buffer.of(0x11)]);
    case 'no-zero':
      return Buffer.concat([start, padding, noZeros(3), secret]);
    case 'wrong-version':
      return Buffer.concat([start, padding, zero, Buffer.of(2, 2), secret]);
  }
}

/**
 * The paper's measure: `none` when all answers are alike; `weak` when only a block right in every way is answered
 * differently from one that does not begin with `00 02`; `strong` when blocks that begin with it are told apart sooner.
 */
export function oracleStrength(outcomes: Pkcs1Outcomes): 'none' | 'weak' | 'strong' {
  const {
    correct,
    'wrong-start': start,
    'misplaced-zero': misplaced,
    'no-zero': none,
    'wrong-version': old,
  } = outcomes;
  if ([start, misplaced, none, old].every((outcome) => outcome === correct)) return 'none';
  return start === misplaced && start === none ? 'weak' : 'strong';
}

function isWhole(key: KeyObject): boolean {
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) % 8 === 0;
}

function noZeros(length: number): Buffer {
  return Buffer.from(randomBytes(length).map((byte) => (byte % 255) + 1));
}
