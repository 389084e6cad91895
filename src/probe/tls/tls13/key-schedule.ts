import { createHash, createHmac } from 'node:crypto';
import { vector, uint16s } from '../wire/bytes.ts';

export type HashName = 'sha256' | 'sha384';

const hashBytes: Readonly<Record<HashName, number>> = { sha256: 32, sha384: 48 };

/** Key and nonce that protect what the server sends of its handshake. */
export type TrafficKey = { readonly key: Buffer; readonly iv: Buffer };

/**
 * The server's handshake traffic key (RFC 8446 section 7.1) from the shared secret and the transcript up to ServerHello,
 * in a handshake without PSK.
 */
export function serverHandshakeKey(
  hash: HashName,
  keyBytes: number,
  sharedSecret: Buffer,
  transcript: readonly Buffer[],
): TrafficKey {
  const handshake = extract(hash, derivedWithoutPsk(hash), sharedSecret);
  const traffic = expandLabel(hash, handshake, 's hs traffic', digest(hash, transcript), hashBytes[hash]);
  const empty = Buffer.alloc(0);
  return {
    key: expandLabel(hash, traffic, 'key', empty, keyBytes),
    iv: expandLabel(hash, traffic, 'iv', empty, 12),
  };
}

const derived = new Map<HashName, Buffer>();

/** What stands in for a PSK is the same in every handshake. */
function derivedWithoutPsk(hash: HashName): Buffer {
  const known = derived.get(hash);
  if (known !== undefined) return known;
  const zeros = Buffer.alloc(hashBytes[hash]);
  const secret = expandLabel(hash, extract(hash, zeros, zeros), 'derived', digest(hash, []), zeros.length);
  derived.set(hash, secret);
  return secret;
}

function digest(hash: HashName, parts: readonly Buffer[]): Buffer {
  const state = createHash(hash);
  for (const part of parts) state.update(part);
  return state.digest();
}

function extract(hash: HashName, salt: Buffer, secret: Buffer): Buffer {
  return createHmac(hash, salt).update(secret).digest();
}

/** HKDF-Expand-Label for outputs of at most one hash, which is all that is needed here. */
function expandLabel(hash: HashName, secret: Buffer, label: string, context: Buffer, length: number): Buffer {
  const info = Buffer.concat([uint16s([length]), vector(1, Buffer.from(`tls13 ${label}`)), vector(1, context)]);
  return createHmac(hash, secret).update(info).update(Buffer.of(1)).digest().subarray(0, length);
}
