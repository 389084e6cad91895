import { contextTag, derList, derSequence, derTag, type Der } from './der.ts';
import { oidText } from './oid.ts';

export type CertificateExtension = { readonly critical: boolean; readonly value: Buffer };
/** By dotted OID. */
export type CertificateExtensions = ReadonlyMap<string, CertificateExtension>;

/** Extensions that are read here, or whose handling decides about a path (RFC 5280 section 4.2). */
export const extensionOid = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  /** RFC 7633. */
  tlsFeature: '1.3.6.1.5.5.7.1.24',
  /** RFC 6962 section 3.3. */
  signedCertificateTimestamps: '1.3.6.1.4.1.11129.2.4.2',
} as const;

/** Parts of a certificate that node:crypto does not show, as DER. */
export type CertificateParts = {
  /** 1 for a certificate without a version field. */
  readonly version: number;
  readonly serial: Buffer;
  readonly issuer: Buffer;
  readonly subject: Buffer;
  /** SubjectPublicKeyInfo, whole. */
  readonly publicKey: Buffer;
  readonly extensions: CertificateExtensions;
};

const mostExtensions = 100;

/** Cuts a certificate into its parts; undefined when it is none. Total over any input. */
export function certificateParts(der: Buffer): CertificateParts | undefined {
  const [tbs] = derSequence(der, 3) ?? [];
  const fields = tbs === undefined ? undefined : derSequence(tbs.whole, 10);
  if (fields === undefined) return undefined;
  const versioned = fields[0]?.tag === contextTag(0, 'constructed');
  const [serial, , issuer, , subject, publicKey, ...rest] = versioned ? fields.slice(1) : fields;
  if (serial === undefined || issuer === undefined || subject === undefined || publicKey === undefined)
    return undefined;
  const block = rest.find(({ tag }) => tag === contextTag(3, 'constructed'));
  const extensions = block === undefined ? new Map<string, CertificateExtension>() : parseExtensions(block.body);
  if (extensions === undefined) return undefined;
  return {
    version: versioned ? (fields[0]?.body.at(-1) ?? 0) + 1 : 1,
    serial: serial.body,
    issuer: issuer.whole,
    subject: subject.whole,
    publicKey: publicKey.whole,
    extensions,
  };
}

function parseExtensions(block: Buffer): CertificateExtensions | undefined {
  const extensions = new Map<string, CertificateExtension>();
  for (const element of derSequence(block, mostExtensions) ?? [undefined]) {
    const fields = element?.tag === derTag.sequence ? derList(element.body, 3) : undefined;
    const oid = fields?.[0]?.tag === derTag.oid ? oidText(fields[0].body) : undefined;
    const value = fields?.at(-1);
    if (oid === undefined || value?.tag !== derTag.octetString) return undefined;
    if (!extensions.has(oid)) extensions.set(oid, { critical: isCritical(fields?.[1]), value: value.body });
  }
  return extensions;
}

function isCritical(field: Der | undefined): boolean {
  return field?.tag === derTag.boolean && field.body[0] !== 0;
}
