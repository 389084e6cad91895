import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { suiteName } from '../registry/suites.ts';
import { uint16s } from '../wire/bytes.ts';
import { prf, type PrfHash } from './prf.ts';
import { plainRecord } from './records.ts';

/** A CBC suite as far as writing its records goes. */
export type CbcSuite = {
  readonly cipher: 'aes-128-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';
  readonly keyBytes: number;
  readonly blockBytes: number;
  readonly mac: 'sha1' | 'sha256' | 'sha384';
  readonly macBytes: number;
  readonly kx: 'rsa' | 'ecdhe';
};

const ciphers = {
  AES_128_CBC: { cipher: 'aes-128-cbc', keyBytes: 16, blockBytes: 16 },
  AES_256_CBC: { cipher: 'aes-256-cbc', keyBytes: 32, blockBytes: 16 },
  '3DES_EDE_CBC': { cipher: 'des-ede3-cbc', keyBytes: 24, blockBytes: 8 },
} as const;
const macs = {
  SHA: { mac: 'sha1', macBytes: 20 },
  SHA256: { mac: 'sha256', macBytes: 32 },
  SHA384: { mac: 'sha384', macBytes: 48 },
} as const;

/** Read from the name: suites of RSA or ECDHE key exchange with AES or 3DES in CBC mode; undefined for others. */
export function cbcSuite(code: number): CbcSuite | undefined {
  const parts =
    /^TLS_(RSA|ECDHE_RSA|ECDHE_ECDSA)_WITH_(AES_128_CBC|AES_256_CBC|3DES_EDE_CBC)_(SHA|SHA256|SHA384)$/.exec(
      suiteName(code),
    );
  if (parts === null) return undefined;
  const [, exchange, cipher, mac] = parts as unknown as [string, string, keyof typeof ciphers, keyof typeof macs];
  return { ...ciphers[cipher], ...macs[mac], kx: exchange === 'RSA' ? 'rsa' : 'ecdhe' };
}

/** The hash of the PRF of a suite at a version. */
export function prfHashOf({ mac }: CbcSuite, version: number): PrfHash {
  if (version < 0x0303) return 'md5-sha1';
  return mac === 'sha384' ? 'sha384' : 'sha256';
}

/** Keys of one direction; `iv` only serves TLS 1.0, where each record goes on from the last; later ones send it along. */
export type WriteKeys = { readonly macKey: Buffer; readonly key: Buffer; readonly iv: Buffer };

/** The client's keys (RFC 5246 section 6.3). */
export function clientKeys(
  suite: CbcSuite,
  version: number,
  master: Buffer,
  randoms: { readonly client: Buffer; readonly server: Buffer },
): WriteKeys {
  const { macBytes, keyBytes, blockBytes } = suite;
  const seed = Buffer.concat([randoms.server, randoms.client]);
  const block = prf(prfHashOf(suite, version), master, 'key expansion', seed, 2 * (macBytes + keyBytes + blockBytes));
  const keyAt = 2 * macBytes;
  const ivAt = keyAt + 2 * keyBytes;
  return {
    macKey: block.subarray(0, macBytes),
    key: block.subarray(keyAt, keyAt + keyBytes),
    iv: block.subarray(ivAt, ivAt + blockBytes),
  };
}

export type SealOptions = {
  readonly suite: CbcSuite;
  readonly version: number;
  readonly keys: WriteKeys;
  readonly type: number;
  readonly content: Buffer;
  /** Every byte of the padding but the last, its length, is wrong. */
  readonly wrongPadding: boolean;
  /** Number of the record under these keys, from 0. */
  readonly sequence: number;
};

/** A protected record (RFC 5246 section 6.2.3.2). */
export function sealRecord(options: SealOptions): Buffer {
  const { suite, version, keys, type, content, wrongPadding, sequence } = options;
  const number = Buffer.alloc(8);
  number.writeUInt32BE(sequence, 4);
  const header = Buffer.concat([number, Buffer.of(type), uint16s([version, content.length])]);
  const mac = createHmac(suite.mac, keys.macKey).update(header).update(content).digest();
  const { blockBytes } = suite;
  const padding = blockBytes - ((content.length + mac.length) % blockBytes);
  const filler = wrongPadding ? (padding - 1) ^ 0xff : padding - 1;
  const plain = Buffer.concat([content, mac, Buffer.alloc(padding - 1, filler), Buffer.of(padding - 1)]);
  const explicit = version >= 0x0302;
  const iv = explicit ? randomBytes(blockBytes) : keys.iv;
  const cipher = createCipheriv(suite.cipher, keys.key, iv).setAutoPadding(false);
  const sealed = Buffer.concat([...(explicit ? [iv] : []), cipher.update(plain), cipher.final()]);
  return plainRecord(type, version, sealed);
}
