import { createHash } from 'node:crypto';

/** Our own namespace of names; drawn once, never to change, for identifiers made under it are in other people's records. */
const namespace = Buffer.from('7c1f6b0e5a8d4f0c9b1e2d3a4c5b6f70', 'hex');

/** A UUID by name (RFC 9562, 5.5, version 5): the same parts give the same identifier for ever. Pure. */
export function uuidOf(...parts: readonly string[]): string {
  const hash = createHash('sha1').update(namespace).update(JSON.stringify(parts)).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
