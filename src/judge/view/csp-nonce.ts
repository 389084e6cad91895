import { Type, type Static } from '@sinclair/typebox';
import { closed, text } from '../../model/schema.ts';
import { isNonce, type Policy } from './csp-policy.ts';

/** A nonce of a policy; it is for one answer and no secret once that has come. */
export const nonceView = Type.Object(
  {
    value: text(256),
    /** Bits that its characters can hold at most: fewer where it is made of digits, or of hexadecimal digits, alone. */
    bits: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type Nonce = Static<typeof nonceView>;

export function noncesOf(policies: readonly Policy[]): Nonce[] {
  const sources = policies.flatMap((policy) => [...policy.values()].flat().filter(isNonce));
  const values = [...new Set(sources.map((source) => source.slice("'nonce-".length, -1).slice(0, 256)))];
  return values.slice(0, 50).map((value) => ({ value, bits: bitsOf(value) }));
}

function bitsOf(value: string): number {
  const bare = value.replace(/=+$/, '');
  const each = /^\d+$/.test(bare) ? Math.log2(10) : /^([0-9a-f]+|[0-9A-F]+)$/.test(bare) ? 4 : 6;
  return Math.floor(bare.length * each);
}
