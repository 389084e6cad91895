import { publicKeyOf, type PathCertificate } from './path-certificate.ts';

/** Results by child and issuer: the same intermediates stand under the same roots on host after host. */
const cache = new Map<string, boolean>();
const cacheSize = 4000;

/** Whether `issuer` signed `child`; false for keys that OpenSSL cannot read. */
export function isSignedBy(child: PathCertificate, issuer: PathCertificate): boolean {
  const key = child.sha256 + issuer.sha256;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const publicKey = publicKeyOf(issuer);
  const signed = publicKey !== undefined && verifies(child, publicKey);
  if (cache.size >= cacheSize) cache.delete(cache.keys().next().value ?? '');
  cache.set(key, signed);
  return signed;
}

function verifies({ certificate }: PathCertificate, key: Parameters<typeof certificate.verify>[0]): boolean {
  try {
    return certificate.verify(key);
  } catch {
    return false;
  }
}

/** Whether names, key identifiers and key usage let `issuer` be the issuer of `child`. */
export function mayBeIssuer(child: PathCertificate, issuer: PathCertificate): boolean {
  return child.issuerKey === issuer.subjectKey && child.certificate.checkIssued(issuer.certificate);
}
