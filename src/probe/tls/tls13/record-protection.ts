import { createDecipheriv, type CipherGCMTypes } from 'node:crypto';
import type { TlsRecord } from '../wire/record.ts';
import type { HashName, TrafficKey } from './key-schedule.ts';

/** The AEAD and hash of a TLS 1.3 suite. */
export type SuiteCrypto = {
  readonly cipher: CipherGCMTypes | 'chacha20-poly1305' | 'aes-128-ccm';
  readonly keyBytes: number;
  readonly tagBytes: number;
  readonly hash: HashName;
};

/** Suites that can be read here (RFC 8446 appendix B.4). */
export const readableSuites: ReadonlyMap<number, SuiteCrypto> = new Map([
  [0x1301, { cipher: 'aes-128-gcm', keyBytes: 16, tagBytes: 16, hash: 'sha256' }],
  [0x1302, { cipher: 'aes-256-gcm', keyBytes: 32, tagBytes: 16, hash: 'sha384' }],
  [0x1303, { cipher: 'chacha20-poly1305', keyBytes: 32, tagBytes: 16, hash: 'sha256' }],
  [0x1304, { cipher: 'aes-128-ccm', keyBytes: 16, tagBytes: 16, hash: 'sha256' }],
  [0x1305, { cipher: 'aes-128-ccm', keyBytes: 16, tagBytes: 8, hash: 'sha256' }],
]);

/** What a protected record held: its true content type and content. */
export type Plaintext = { readonly type: number; readonly content: Buffer };

/** Opens records in order; undefined for one that does not verify, after which nothing more can be read. */
export function createRecordOpener(
  suite: SuiteCrypto,
  traffic: TrafficKey,
): (record: TlsRecord) => Plaintext | undefined {
  let sequence = 0;
  return ({ header, body }) => {
    const nonce = Buffer.from(traffic.iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8);
    sequence += 1;
    const inner = open(suite, traffic.key, nonce, header, body);
    if (inner === undefined) return undefined;
    let end = inner.length;
    while (end > 0 && inner[end - 1] === 0) end -= 1;
    return end === 0 ? undefined : { type: inner.readUInt8(end - 1), content: inner.subarray(0, end - 1) };
  };
}

function open(suite: SuiteCrypto, key: Buffer, nonce: Buffer, header: Buffer, body: Buffer): Buffer | undefined {
  const textBytes = body.length - suite.tagBytes;
  if (textBytes < 1) return undefined;
  try {
    const decipher = decipherOf(suite, key, nonce);
    decipher.setAuthTag(body.subarray(textBytes));
    decipher.setAAD(header, { plaintextLength: textBytes });
    const text = decipher.update(body.subarray(0, textBytes));
    decipher.final();
    return text;
  } catch {
    return undefined;
  }
}

function decipherOf({ cipher, tagBytes }: SuiteCrypto, key: Buffer, nonce: Buffer) {
  if (cipher === 'chacha20-poly1305') return createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
  if (cipher === 'aes-128-ccm') return createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
  return createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
}
