import type { X509Certificate } from 'node:crypto';

/** When a certificate is valid. */
export type CertificateTimes = { readonly notBefore: Date; readonly notAfter: Date };

/**
 * The two times, or undefined when one of them is none. Only the words tell: the Date that Node 24 gives beside
 * `Bad time value` is made of stray memory.
 */
export function certificateTimes(certificate: X509Certificate): CertificateTimes | undefined {
  const { validFrom, validTo, validFromDate, validToDate } = certificate;
  if (validFrom === badTime || validTo === badTime) return undefined;
  if (Number.isNaN(validFromDate.getTime()) || Number.isNaN(validToDate.getTime())) return undefined;
  return { notBefore: validFromDate, notAfter: validToDate };
}

const badTime = 'Bad time value';
