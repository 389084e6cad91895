import { uint16s, vector } from '../wire/bytes.ts';

/** One record without protection. `version` is what its header says. */
export function plainRecord(type: number, version: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.of(type), uint16s([version]), vector(2, body)]);
}

/** One handshake message with its header. */
export function handshakeMessage(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.of(type), vector(3, body)]);
}

/** A ChangeCipherSpec record (RFC 5246 section 7.1). */
export function changeCipherSpec(version: number): Buffer {
  return plainRecord(20, version, Buffer.of(1));
}
