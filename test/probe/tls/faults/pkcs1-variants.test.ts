import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  modulusBytes,
  oracleStrength,
  pkcs1Block,
  pkcs1Variants,
  type Pkcs1Outcomes,
} from '../../../../src/probe/tls/faults/pkcs1-variants.ts';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });

describe('a block', () => {
  it('of each variant has the length of the modulus and its own fault alone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pkcs1Variants), fc.constantFrom(0x0301, 0x0303), (variant, version) => {
        const block = pkcs1Block(variant, publicKey, version);
        expect(block.length).toBe(modulusBytes(publicKey));
        expect(block.readUInt16BE(0)).toBe(variant === 'wrong-start' ? 0x4117 : 2);
        const zero = block.indexOf(0, 2);
        const place = { 'misplaced-zero': block.length - 2, 'no-zero': -1 }[variant as string] ?? block.length - 49;
        expect(zero).toBe(place);
        if (variant === 'correct') expect(block.readUInt16BE(block.length - 48)).toBe(version);
        if (variant === 'wrong-version') expect(block.readUInt16BE(block.length - 48)).toBe(0x0202);
      }),
    );
  });
});

describe('strength', () => {
  const outcomes = fc.record(
    Object.fromEntries(pkcs1Variants.map((variant) => [variant, fc.constantFrom('a', 'b', 'c')])),
  ) as fc.Arbitrary<Pkcs1Outcomes>;

  it('is none exactly when all answers are alike', () => {
    fc.assert(
      fc.property(outcomes, (all) => {
        expect(oracleStrength(all) === 'none').toBe(new Set(Object.values(all)).size === 1);
      }),
    );
  });

  it('is strong exactly when blocks that are wrong before the secret are told apart', () => {
    fc.assert(
      fc.property(outcomes, (all) => {
        const early = new Set([all['wrong-start'], all['misplaced-zero'], all['no-zero']]);
        expect(oracleStrength(all) === 'strong').toBe(early.size > 1);
      }),
    );
  });
});
