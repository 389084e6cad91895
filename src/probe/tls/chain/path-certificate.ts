import { X509Certificate, hash, type KeyObject } from 'node:crypto';
import { certificateTimes } from '../certificate-times.ts';
import { derAt, derSequence, derSmallInteger, derTag } from './der.ts';
import { distinguishedName, foldedName, nameAttributes } from './distinguished-name.ts';
import { certificateParts, extensionOid, type CertificateExtensions, type CertificateParts } from './extensions.ts';
import { generalNames, type GeneralName } from './general-names.ts';
import { keyUsageNames, type KeyUsage } from './key-usage.ts';
import { parseNameConstraints, type NameConstraints } from './name-constraints.ts';
import { oidText } from './oid.ts';

/** What path validation needs of one certificate (RFC 5280 section 6.1). */
export type PathCertificate = {
  readonly sha256: string;
  readonly certificate: X509Certificate;
  readonly parts: CertificateParts;
  readonly subject: string;
  /** Names folded so that equal ones are equal texts (RFC 5280 section 7.1). */
  readonly subjectKey: string;
  readonly issuerKey: string;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Subject and issuer are the same name. */
  readonly selfIssued: boolean;
  /** May issue certificates: by basicConstraints; a root of version 1 has none. */
  readonly isCa: boolean;
  readonly pathLength?: number;
  readonly keyUsage?: readonly KeyUsage[];
  /** OIDs of extendedKeyUsage. */
  readonly extendedKeyUsage?: readonly string[];
  /** Every name that name constraints apply to. */
  readonly names: readonly GeneralName[];
  readonly nameConstraints?: NameConstraints | 'unreadable';
  /** A critical extension that is not understood here, or one that cannot be read. */
  readonly obscure: boolean;
};

const cache = new Map<string, PathCertificate | null>();
const cacheSize = 1000;

/** Reads one certificate; undefined when OpenSSL or the reader of DER cannot. Those read lately are remembered. */
export function pathCertificate(der: Buffer): PathCertificate | undefined {
  const sha256 = hash('sha256', der, 'hex');
  const known = cache.get(sha256);
  if (known !== undefined) return known ?? undefined;
  const read = parse(der, sha256);
  if (cache.size >= cacheSize) cache.delete(cache.keys().next().value ?? '');
  cache.set(sha256, read ?? null);
  return read;
}

/** Its public key, or undefined for one that OpenSSL cannot read. */
export function publicKeyOf({ certificate }: PathCertificate): KeyObject | undefined {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}

function parse(der: Buffer, sha256: string): PathCertificate | undefined {
  const parts = certificateParts(der);
  if (parts === undefined) return undefined;
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(der);
  } catch {
    return undefined;
  }
  const times = certificateTimes(certificate);
  if (times === undefined) return undefined;
  const { extensions } = parts;
  const value = (name: keyof typeof extensionOid) => extensions.get(extensionOid[name])?.value;
  const selfIssued = foldedName(parts.subject) === foldedName(parts.issuer);
  const basic = value('basicConstraints');
  const constraints = basic === undefined ? undefined : basicConstraints(basic);
  const usage = value('keyUsage');
  const keyUsage = usage === undefined ? undefined : keyUsageNames(usage);
  const usages = value('extendedKeyUsage');
  const extendedKeyUsage = usages === undefined ? undefined : oids(usages);
  const limits = value('nameConstraints');
  const alternatives = value('subjectAltName');
  const alternativeNames = alternatives === undefined ? [] : generalNames(derAt(alternatives)?.body ?? Buffer.of(0));
  const unreadable =
    (basic !== undefined && constraints === undefined) ||
    (usage !== undefined && keyUsage === undefined) ||
    (usages !== undefined && extendedKeyUsage === undefined) ||
    alternativeNames === undefined;
  return {
    sha256,
    certificate,
    parts,
    subject: distinguishedName(parts.subject) ?? '',
    subjectKey: foldedName(parts.subject),
    issuerKey: foldedName(parts.issuer),
    notBefore: times.notBefore.getTime(),
    notAfter: times.notAfter.getTime(),
    selfIssued,
    isCa: mayIssue(constraints, keyUsage, parts.version === 1 && selfIssued),
    ...(constraints?.pathLength === undefined ? {} : { pathLength: constraints.pathLength }),
    ...(keyUsage === undefined ? {} : { keyUsage }),
    ...(extendedKeyUsage === undefined ? {} : { extendedKeyUsage }),
    names: namesOf(parts, alternativeNames ?? []),
    ...(limits === undefined ? {} : { nameConstraints: parseNameConstraints(limits) ?? 'unreadable' }),
    obscure: unreadable || hasUnknownCritical(extensions),
  };
}

type BasicConstraints = { readonly isCa: boolean; readonly pathLength?: number };

function basicConstraints(value: Buffer): BasicConstraints | undefined {
  const fields = derSequence(value, 2);
  if (fields === undefined) return undefined;
  const flag = fields.find(({ tag }) => tag === derTag.boolean);
  const limit = fields.find(({ tag }) => tag === derTag.integer);
  const pathLength = limit === undefined ? undefined : derSmallInteger(limit);
  if (limit !== undefined && pathLength === undefined) return undefined;
  const isCa = flag !== undefined && flag.body[0] !== 0;
  return { isCa, ...(pathLength === undefined ? {} : { pathLength }) };
}

/** As OpenSSL 3 has it: without basicConstraints only a self-issued certificate of version 1, which could have none. */
function mayIssue(
  constraints: BasicConstraints | undefined,
  keyUsage: readonly KeyUsage[] | undefined,
  isOldRoot: boolean,
): boolean {
  if (keyUsage !== undefined && !keyUsage.includes('keyCertSign')) return false;
  return constraints?.isCa ?? isOldRoot;
}

function oids(value: Buffer): string[] | undefined {
  const texts = derSequence(value)?.map(({ tag, body }) => (tag === derTag.oid ? oidText(body) : undefined));
  return texts?.every((text) => text !== undefined) === true ? texts : undefined;
}

const commonName = '2.5.4.3';
const emailAddress = '1.2.840.113549.1.9.1';

/** subjectAltName, the subject, the addresses in it, and its host names where no dNSName stands. */
function namesOf({ subject }: CertificateParts, alternatives: readonly GeneralName[]): GeneralName[] {
  const attributes = nameAttributes(subject) ?? [];
  if (attributes.length === 0) return [...alternatives];
  const named = (oid: string) => attributes.filter((attribute) => attribute.oid === oid).map(({ text }) => text);
  const mails = named(emailAddress).map((text) => ({ kind: 'email' as const, value: Buffer.from(text, 'latin1') }));
  const hosts = alternatives.some(({ kind }) => kind === 'dns')
    ? []
    : named(commonName)
        .filter((text) => /^[\w*-]+(\.[\w-]+)+$/.test(text))
        .map((text) => ({ kind: 'dns' as const, value: Buffer.from(text, 'latin1') }));
  return [...alternatives, { kind: 'dn', value: subject }, ...mails, ...hosts];
}

/** Extensions that are handled here, or that OpenSSL handles and that take nothing from a path for a TLS server. */
const understood: ReadonlySet<string> = new Set([
  extensionOid.keyUsage,
  extensionOid.subjectAltName,
  extensionOid.basicConstraints,
  extensionOid.nameConstraints,
  extensionOid.crlDistributionPoints,
  extensionOid.certificatePolicies,
  extensionOid.policyMappings,
  extensionOid.policyConstraints,
  extensionOid.extendedKeyUsage,
  extensionOid.inhibitAnyPolicy,
  // Netscape certificate type, and OCSP without revocation.
  '2.16.840.1.113730.1.1',
  '1.3.6.1.5.5.7.48.1.5',
]);

function hasUnknownCritical(extensions: CertificateExtensions): boolean {
  return [...extensions].some(([oid, { critical }]) => critical && !understood.has(oid));
}
