import { X509Certificate, hash, type KeyObject } from 'node:crypto';

/** Keys read lately, by SHA-256 of the certificate: one host shows the same leaf in flight after flight. */
const cache = new Map<string, KeyObject | null>();
const cacheSize = 1000;

/** The public key of a certificate; undefined for what is none, and for keys that OpenSSL cannot read. */
export function leafKey(der: Buffer): KeyObject | undefined {
  const sha256 = hash('sha256', der, 'hex');
  const known = cache.get(sha256);
  if (known !== undefined) return known ?? undefined;
  const key = read(der);
  if (cache.size >= cacheSize) cache.delete(cache.keys().next().value ?? '');
  cache.set(sha256, key ?? null);
  return key;
}

function read(der: Buffer): KeyObject | undefined {
  try {
    return new X509Certificate(der).publicKey;
  } catch {
    return undefined;
  }
}
