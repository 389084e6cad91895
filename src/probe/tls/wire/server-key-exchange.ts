import type { KeyExchange } from '../registry/key-exchange.ts';
import { cursorOf, left, readUint, readVector } from './bytes.ts';

/** What a ServerKeyExchange names (RFC 8422 section 5.4, RFC 5246 section 7.4.3). */
export type ServerKeyExchange = {
  /** Named curve of ECDHE; absent for one spelt out. */
  readonly group?: number;
  /** Prime of DHE, big-endian without leading zeros. */
  readonly prime?: Buffer;
  /** Scheme of the signature; only TLS 1.2 says it, and an anonymous exchange has none. */
  readonly scheme?: number;
};

const namedCurve = 3;

/** Reads the body as the chosen suite's key exchange and version say; undefined when it is none. Total over any input. */
export function parseServerKeyExchange(
  body: Buffer,
  kind: KeyExchange,
  version: number,
): ServerKeyExchange | undefined {
  const cursor = cursorOf(body);
  let named: ServerKeyExchange;
  switch (kind) {
    case 'ecdhe': {
      // A curve spelt out has a form that nobody sends any more.
      if (readUint(cursor, 1) !== namedCurve) return cursor.overrun ? undefined : {};
      named = { group: readUint(cursor, 2) };
      readVector(cursor, 1);
      break;
    }
    case 'dhe':
    case 'dhe-export': {
      const prime = withoutLeadingZeros(readVector(cursor, 2));
      readVector(cursor, 2);
      readVector(cursor, 2);
      if (prime.length === 0) return undefined;
      named = { prime };
      break;
    }
    case 'other':
      return undefined;
  }
  if (cursor.overrun) return undefined;
  return version === 0x0303 && left(cursor) >= 4 ? { ...named, scheme: readUint(cursor, 2) } : named;
}

function withoutLeadingZeros(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start === -1 ? bytes.subarray(0, 0) : bytes.subarray(start);
}
