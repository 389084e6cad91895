import type { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

const contexts = new Map<string, SecureContext>();

/**
 * A client context that trusts the bundled Mozilla roots and `extraRoots` (PEM), and nothing of the machine's own store.
 * It speaks every version and suite that OpenSSL still has: whether they are good is not judged here. Built once for
 * each set of roots.
 */
export function trustContext(extraRoots: readonly string[]): SecureContext {
  const key = extraRoots.join('\n');
  const known = contexts.get(key);
  if (known !== undefined) return known;
  const context = createSecureContext({
    ca: [...getCACertificates('bundled'), ...extraRoots],
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT:@SECLEVEL=0',
  });
  contexts.set(key, context);
  return context;
}

/** Whether a leaf names the host by RFC 9525: only its subjectAltName counts, a wildcard stands for one whole label. */
export function namesHost(
  leaf: X509Certificate,
  host: { readonly name?: string | undefined; readonly address: string },
) {
  if (host.name === undefined) return leaf.checkIP(host.address) !== undefined;
  const options = { subject: 'never', wildcards: true, partialWildcards: false, multiLabelWildcards: false } as const;
  return leaf.checkHost(host.name, options) !== undefined;
}
