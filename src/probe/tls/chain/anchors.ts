import { hash } from 'node:crypto';
import { foldedName } from './distinguished-name.ts';
import { certificateParts } from './extensions.ts';
import { pathCertificate, type PathCertificate } from './path-certificate.ts';
import { mayBeIssuer } from './signatures.ts';

/** Certificates that a path may end in. */
export type Anchors = {
  readonly has: (certificate: PathCertificate) => boolean;
  /** Those that may have issued a certificate; the signature is not looked at. */
  readonly issuersOf: (child: PathCertificate) => PathCertificate[];
};

/** Anchors by subject. Only those that a path comes to are read in full: of Mozilla's 121 a scan needs a few. */
export function anchorsOf(ders: readonly Buffer[]): Anchors {
  const fingerprints = new Set(ders.map((der) => hash('sha256', der, 'hex')));
  const bySubject = Map.groupBy(ders, (der) => {
    const parts = certificateParts(der);
    return parts === undefined ? '' : foldedName(parts.subject);
  });
  return {
    has: ({ sha256 }) => fingerprints.has(sha256),
    issuersOf: (child) =>
      (bySubject.get(child.issuerKey) ?? [])
        .map(pathCertificate)
        .filter((one) => one !== undefined)
        .filter((one) => mayBeIssuer(child, one)),
  };
}
