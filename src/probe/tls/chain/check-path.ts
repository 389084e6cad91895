import { namesPermitted } from './name-constraints.ts';
import type { PathCertificate } from './path-certificate.ts';
import type { TrustError } from './trust-error.ts';

/** serverAuth, and the two older usages for the same that OpenSSL takes too. */
const serverUsages: ReadonlySet<string> = new Set([
  '1.3.6.1.5.5.7.3.1',
  '1.3.6.1.4.1.311.10.3.3',
  '2.16.840.1.113730.4.1',
]);

/**
 * What is wrong with a path for a TLS server, leaf first and anchor last, whose signatures are known to be right; null
 * when nothing is. Checks and their order are OpenSSL's (x509_vfy.c), so that both give the same first word; the strength of
 * signatures and keys is not looked at. `at` in ms since the epoch.
 */
export function checkPath(path: readonly PathCertificate[], at: number): TrustError | null {
  return checkExtensions(path) ?? checkNames(path) ?? checkTimes(path, at);
}

function checkExtensions(path: readonly PathCertificate[]): TrustError | null {
  let below = 0;
  for (const [index, one] of path.entries()) {
    if (one.obscure) return 'critical-extension';
    if (index > 0 && !one.isCa) return 'not-a-ca';
    if (!servesTls(one, index === 0)) return 'wrong-usage';
    if (index > 1 && one.pathLength !== undefined && below > one.pathLength) return 'path-too-long';
    if (index > 0 && !one.selfIssued) below += 1;
  }
  return null;
}

/** A CA's extendedKeyUsage limits what it issues. */
function servesTls({ extendedKeyUsage, keyUsage }: PathCertificate, isLeaf: boolean): boolean {
  if (extendedKeyUsage !== undefined && !extendedKeyUsage.some((usage) => serverUsages.has(usage))) return false;
  if (!isLeaf || keyUsage === undefined) return true;
  return keyUsage.some(
    (usage) => usage === 'digitalSignature' || usage === 'keyEncipherment' || usage === 'keyAgreement',
  );
}

function checkNames(path: readonly PathCertificate[]): TrustError | null {
  for (const [index, one] of path.entries()) {
    if (index > 0 && one.selfIssued) continue;
    for (const { nameConstraints } of path.slice(index + 1)) {
      if (nameConstraints === undefined) continue;
      if (nameConstraints === 'unreadable' || !namesPermitted(one.names, nameConstraints)) return 'name-constraints';
    }
  }
  return null;
}

function checkTimes(path: readonly PathCertificate[], at: number): TrustError | null {
  for (const [index, { notBefore, notAfter }] of [...path.entries()].reverse()) {
    if (at < notBefore) return 'not-yet-valid';
    if (at > notAfter) return index === 0 ? 'expired' : 'issuer-expired';
  }
  return null;
}
