import { X509Certificate, hash } from 'node:crypto';
import type { CertificateFacts } from '../../model/facts/tls.ts';
import { extensionFacts } from './certificate-extensions.ts';
import { certificateNames } from './certificate-names.ts';
import { certificateTimes } from './certificate-times.ts';
import { longestChain } from './wire/certificate-message.ts';
import { keyFacts } from './certificate-key.ts';

/** Certificates read lately, by SHA-256: the same intermediates stand in chain after chain. */
const cache = new Map<string, CertificateFacts | null>();
const cacheSize = 1000;
const longestDer = 90_000;

/** Chains as facts: those whose leaf can be read, each cut where a certificate cannot, each once, at most eight. */
export function chainFacts(chains: readonly (readonly Buffer[])[]): CertificateFacts[][] {
  const seen = new Map<string, CertificateFacts[]>();
  for (const chain of chains) {
    const facts: CertificateFacts[] = [];
    for (const der of chain.slice(0, longestChain)) {
      const certificate = certificateFacts(der);
      if (certificate === undefined) break;
      facts.push(certificate);
    }
    if (facts.length > 0) seen.set(facts.map(({ sha256 }) => sha256).join(), facts);
  }
  return [...seen.values()].slice(0, 8);
}

/** What one certificate says, or undefined when it is none that OpenSSL can read to its dates. */
export function certificateFacts(der: Buffer): CertificateFacts | undefined {
  const sha256 = hash('sha256', der, 'hex');
  const known = cache.get(sha256);
  if (known !== undefined) return known ?? undefined;
  const facts = parse(der, sha256);
  if (cache.size >= cacheSize) cache.delete(cache.keys().next().value ?? '');
  cache.set(sha256, facts ?? null);
  return facts;
}

function parse(der: Buffer, sha256: string): CertificateFacts | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(der);
  } catch {
    return undefined;
  }
  const times = certificateTimes(certificate);
  if (times === undefined) return undefined;
  const signature = certificate.signatureAlgorithm;
  const base64 = der.toString('base64');
  return {
    sha256,
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serial: certificate.serialNumber.slice(0, 64),
    notBefore: times.notBefore.toISOString(),
    notAfter: times.notAfter.toISOString(),
    names: certificateNames(certificate.subjectAltName),
    ...keyFacts(certificate),
    ...(signature === undefined ? {} : { signature: signature.slice(0, 64) }),
    isCa: certificate.ca,
    selfIssued: certificate.subject === certificate.issuer,
    ...extensionFacts(der),
    ...(base64.length > longestDer ? {} : { der: base64 }),
  };
}

/** node:crypto gives one attribute a line and undefined for an empty name. */
function oneLine(name: string | undefined): string {
  return (name ?? '').replaceAll('\n', ', ').slice(0, 1024);
}
