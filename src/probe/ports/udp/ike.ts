const headerBytes = 28;
const saInit = 34;
const noPayload = 0;

/**
 * An IKE header of version 3.0, which there is not: a responder says by INVALID_MAJOR_VERSION which it speaks, and keeps no
 * state (RFC 7296 section 2.5). `cookie` is of eight bytes.
 */
export function ikeHeader(cookie: Buffer): Buffer {
  const header = Buffer.alloc(headerBytes);
  cookie.copy(header, 0, 0, 8);
  header.writeUInt8(noPayload, 16);
  header.writeUInt8(0x30, 17);
  header.writeUInt8(saInit, 18);
  header.writeUInt8(0x08, 19);
  header.writeUInt32BE(headerBytes, 24);
  return header;
}

/** The version of IKE in an answer to our header (RFC 7296 section 3.1); undefined for anything else. Total. */
export function parseIke(bytes: Buffer, cookie: Buffer): string | undefined {
  if (bytes.length < headerBytes || !bytes.subarray(0, 8).equals(cookie.subarray(0, 8))) return undefined;
  if (bytes.readUInt32BE(24) !== bytes.length) return undefined;
  const version = bytes[17] ?? 0;
  const major = version >> 4;
  return major === 1 || major === 2 ? `${major}.${version & 15}` : undefined;
}
