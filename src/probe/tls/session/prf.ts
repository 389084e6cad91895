import { createHash, createHmac } from 'node:crypto';

/** The hash of the PRF and of transcripts; `md5-sha1` is both side by side, as in TLS 1.0 and 1.1. */
export type PrfHash = 'md5-sha1' | 'sha256' | 'sha384';

/** The pseudorandom function of TLS 1.2 (RFC 5246 section 5) and of TLS 1.0 and 1.1 (RFC 2246 section 5). */
export function prf(hash: PrfHash, secret: Buffer, label: string, seed: Buffer, length: number): Buffer {
  const labelled = Buffer.concat([Buffer.from(label, 'ascii'), seed]);
  if (hash !== 'md5-sha1') return expand(hash, secret, labelled, length);
  const half = Math.ceil(secret.length / 2);
  const md5 = expand('md5', secret.subarray(0, half), labelled, length);
  const sha1 = expand('sha1', secret.subarray(secret.length - half), labelled, length);
  return Buffer.from(md5.map((byte, index) => byte ^ (sha1[index] ?? 0)));
}

/** Digest of a transcript, as Finished wants it. */
export function transcriptHash(hash: PrfHash, transcript: Buffer): Buffer {
  const digest = (name: string) => createHash(name).update(transcript).digest();
  return hash === 'md5-sha1' ? Buffer.concat([digest('md5'), digest('sha1')]) : digest(hash);
}

/** P_hash of RFC 5246 section 5. */
function expand(hash: string, secret: Buffer, seed: Buffer, length: number): Buffer {
  const hmac = (...parts: Buffer[]) => {
    const mac = createHmac(hash, secret);
    for (const part of parts) mac.update(part);
    return mac.digest();
  };
  const blocks: Buffer[] = [];
  let size = 0;
  for (let a = hmac(seed); size < length; a = hmac(a)) {
    const block = hmac(a, seed);
    blocks.push(block);
    size += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}
