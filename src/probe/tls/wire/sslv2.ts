import { randomBytes } from 'node:crypto';
import { cursorOf, readBytes, readUint, uint16s } from './bytes.ts';

/** An SSLv2 CLIENT-HELLO offering `kinds` (three-byte codes). */
export function sslv2ClientHello(kinds: readonly number[]): Buffer {
  const challenge = randomBytes(16);
  const specs = Buffer.alloc(kinds.length * 3);
  let at = 0;
  for (const kind of kinds) at = specs.writeUIntBE(kind, at, 3);
  const body = Buffer.concat([Buffer.of(1), uint16s([0x0002, specs.length, 0, challenge.length]), specs, challenge]);
  return Buffer.concat([uint16s([0x8000 | body.length]), body]);
}

/** What an SSLv2 SERVER-HELLO says: its version, the cipher kinds it shares with us, its certificate (DER, maybe empty). */
export type Sslv2Hello = { readonly version: number; readonly kinds: readonly number[]; readonly certificate: Buffer };

export type Sslv2Answer =
  | { readonly kind: 'hello'; readonly hello: Sslv2Hello }
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'more' }
  | { readonly kind: 'not-sslv2' };

/** Reads the first SSLv2 record of `bytes`; total over any input. */
export function parseSslv2(bytes: Buffer): Sslv2Answer {
  const first = bytes[0];
  if (first === undefined) return { kind: 'more' };
  const short = (first & 0x80) !== 0;
  const header = short ? 2 : 3;
  if (bytes.length < header) return { kind: 'more' };
  const length = ((first & (short ? 0x7f : 0x3f)) << 8) | (bytes[1] ?? 0);
  const type = bytes[header];
  if (type !== undefined && type !== 0 && type !== 4) return { kind: 'not-sslv2' };
  if (length < (type === 4 ? 11 : 3))
    return type === undefined && length >= 3 ? { kind: 'more' } : { kind: 'not-sslv2' };
  if (bytes.length < header + length) return { kind: 'more' };
  const body = bytes.subarray(header + 1, header + length);
  return type === 0 ? { kind: 'error', code: body.length >= 2 ? body.readUInt16BE(0) : 0 } : serverHello(body);
}

function serverHello(body: Buffer): Sslv2Answer {
  const cursor = cursorOf(body);
  readBytes(cursor, 2);
  const version = readUint(cursor, 2);
  const certificateLength = readUint(cursor, 2);
  const specsLength = readUint(cursor, 2);
  readBytes(cursor, 2);
  const certificate = readBytes(cursor, certificateLength);
  const specs = readBytes(cursor, specsLength);
  if (cursor.overrun || version !== 0x0002 || specs.length % 3 !== 0) return { kind: 'not-sslv2' };
  const kinds: number[] = [];
  for (let at = 0; at < specs.length; at += 3) kinds.push(specs.readUIntBE(at, 3));
  return { kind: 'hello', hello: { version, kinds, certificate } };
}
