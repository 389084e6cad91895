import { createAccumulator } from './accumulator.ts';

/** Handshake message types (RFC 8446 section 4, RFC 5246 section 7.4). */
export const messageType = {
  serverHello: 2,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  certificateStatus: 22,
} as const;

/** One handshake message: its body, and the whole of it with its header for transcripts. */
export type HandshakeMessage = { readonly type: number; readonly body: Buffer; readonly whole: Buffer };

export type NextMessage =
  | { readonly kind: 'message'; readonly message: HandshakeMessage }
  | { readonly kind: 'more' }
  | { readonly kind: 'too-large'; readonly declared: number };

export type HandshakeReader = { readonly push: (fragment: Buffer) => void; readonly next: () => NextMessage };

/** Joins the fragments of handshake records into messages; one that declares more than `limit` bytes is not waited for. */
export function createHandshakeReader(limit: number): HandshakeReader {
  const bytes = createAccumulator();
  return {
    push: bytes.push,
    next: () => {
      const header = bytes.peek(4);
      if (header === undefined) return { kind: 'more' };
      const declared = header.readUIntBE(1, 3);
      if (declared > limit) return { kind: 'too-large', declared };
      const whole = bytes.take(4 + declared);
      if (whole === undefined) return { kind: 'more' };
      return { kind: 'message', message: { type: whole.readUInt8(0), body: whole.subarray(4), whole } };
    },
  };
}
