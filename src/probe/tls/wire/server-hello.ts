import { cursorOf, left, readBytes, readUint, readVector } from './bytes.ts';
import { extensionType } from './extensions.ts';

/** The random that makes a ServerHello a HelloRetryRequest (RFC 8446 section 4.1.3). */
const retryRandom = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');

export type ServerHello = {
  /** Version in force: of supported_versions where the server sent it. */
  readonly version: number;
  readonly suite: number;
  /** Length of the session id, bytes. */
  readonly sessionIdBytes: number;
  readonly compression: number;
  readonly retry: boolean;
  /** Extensions as sent, by type; the first of each. */
  readonly extensions: ReadonlyMap<number, Buffer>;
  /** Group of key_share; in a HelloRetryRequest the one that the server wants. */
  readonly group?: number;
  /** The server's key, absent in a HelloRetryRequest. */
  readonly share?: Buffer;
};

/** Reads the body of a ServerHello of SSLv3 to TLS 1.3; undefined when it is none. Total over any input. */
export function parseServerHello(body: Buffer): ServerHello | undefined {
  const cursor = cursorOf(body);
  const legacyVersion = readUint(cursor, 2);
  const random = readBytes(cursor, 32);
  const sessionIdBytes = readVector(cursor, 1).length;
  const suite = readUint(cursor, 2);
  const compression = readUint(cursor, 1);
  const extensions = left(cursor) >= 2 ? parseExtensions(readVector(cursor, 2)) : new Map<number, Buffer>();
  if (cursor.overrun || extensions === undefined || legacyVersion >> 8 !== 3) return undefined;
  const selected = extensions.get(extensionType.supportedVersions);
  const version = selected?.length === 2 ? selected.readUInt16BE(0) : legacyVersion;
  return {
    version,
    suite,
    sessionIdBytes,
    compression,
    retry: random.equals(retryRandom),
    extensions,
    ...keyShareOf(extensions.get(extensionType.keyShare)),
  };
}

/** Reads the body of EncryptedExtensions (RFC 8446 section 4.3.1); undefined when a length lies. */
export function parseEncryptedExtensions(body: Buffer): ReadonlyMap<number, Buffer> | undefined {
  const cursor = cursorOf(body);
  const block = readVector(cursor, 2);
  return cursor.overrun ? undefined : parseExtensions(block);
}

/** A list of extensions by type; undefined when a length lies. */
export function parseExtensions(block: Buffer): Map<number, Buffer> | undefined {
  const cursor = cursorOf(block);
  const extensions = new Map<number, Buffer>();
  while (left(cursor) > 0) {
    const type = readUint(cursor, 2);
    const body = readVector(cursor, 2);
    if (cursor.overrun) return undefined;
    if (!extensions.has(type)) extensions.set(type, body);
  }
  return extensions;
}

function keyShareOf(body: Buffer | undefined): { group?: number; share?: Buffer } {
  if (body === undefined || body.length < 2) return {};
  const cursor = cursorOf(body);
  const group = readUint(cursor, 2);
  if (left(cursor) === 0) return { group };
  const share = readVector(cursor, 2);
  return cursor.overrun ? { group } : { group, share };
}
