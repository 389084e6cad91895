import type { CertificateFacts } from '../../model/facts/tls.ts';
import { contextTag, derAt, derList, derSequence, derSmallInteger, derTag } from './chain/der.ts';
import { certificateParts, extensionOid, type CertificateExtensions } from './chain/extensions.ts';
import { constraintText, type GeneralName } from './chain/general-names.ts';
import { keyUsageNames } from './chain/key-usage.ts';
import { parseNameConstraints } from './chain/name-constraints.ts';
import { oidText } from './chain/oid.ts';

export type ExtensionFacts = Pick<
  CertificateFacts,
  | 'policies'
  | 'scts'
  | 'mustStaple'
  | 'crlAddresses'
  | 'ocspAddresses'
  | 'issuerAddresses'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'nameConstraints'
>;

/**
 * What the extensions of a certificate say. An extension that is not there gives [], 0, false or null; one that cannot
 * be read leaves its fact out. Total over any input; lists and texts are cut to what the facts hold.
 */
export function extensionFacts(der: Buffer): ExtensionFacts {
  const extensions = certificateParts(der)?.extensions;
  if (extensions === undefined) return {};
  const addresses = accessAddresses(extensions);
  return withoutUndefined({
    policies: read(extensions, 'certificatePolicies', [], policiesOf),
    scts: read(extensions, 'signedCertificateTimestamps', 0, timestampsOf),
    mustStaple: read(extensions, 'tlsFeature', false, asksForStaple),
    crlAddresses: read(extensions, 'crlDistributionPoints', [], crlAddressesOf),
    ocspAddresses: addresses?.get(accessMethod.ocsp) ?? (addresses === undefined ? undefined : []),
    issuerAddresses: addresses?.get(accessMethod.caIssuers) ?? (addresses === undefined ? undefined : []),
    keyUsage: read(extensions, 'keyUsage', null, keyUsageNames),
    extendedKeyUsage: read(extensions, 'extendedKeyUsage', null, usagesOf),
    nameConstraints: read(extensions, 'nameConstraints', null, constraintsOf),
  });
}

function read<T, A>(
  extensions: CertificateExtensions,
  name: keyof typeof extensionOid,
  absent: A,
  parse: (value: Buffer) => T | undefined,
): T | A | undefined {
  const extension = extensions.get(extensionOid[name]);
  return extension === undefined ? absent : parse(extension.value);
}

function withoutUndefined(facts: { [K in keyof ExtensionFacts]: ExtensionFacts[K] | undefined }): ExtensionFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function policiesOf(value: Buffer): string[] | undefined {
  const policies = derSequence(value)?.map(({ body }) => oidOf(derAt(body)));
  return policies?.filter((oid) => oid !== undefined).slice(0, 50);
}

/** How many SCTs the TLS-encoded list in the OCTET STRING has. */
function timestampsOf(value: Buffer): number | undefined {
  const list = derAt(value);
  if (list?.tag !== derTag.octetString || list.body.length < 2) return undefined;
  if (list.body.readUInt16BE(0) !== list.body.length - 2) return undefined;
  let count = 0;
  for (let at = 2; at < list.body.length; count += 1) {
    if (list.body.length - at < 2) return undefined;
    at += 2 + list.body.readUInt16BE(at);
    if (at > list.body.length) return undefined;
  }
  return Math.min(count, 100);
}

/** Feature 5 is status_request. */
function asksForStaple(value: Buffer): boolean | undefined {
  return derSequence(value)?.some((feature) => derSmallInteger(feature) === 5);
}

/** Addresses in the full names of distribution points. */
function crlAddressesOf(value: Buffer): string[] | undefined {
  const points = derSequence(value);
  const addresses = points?.flatMap(({ body }) => {
    const point = derList(body)?.find(({ tag }) => tag === contextTag(0, 'constructed'));
    const name = point === undefined ? undefined : derAt(point.body);
    return name?.tag === contextTag(0, 'constructed') ? (derList(name.body) ?? []).flatMap(addressOf) : [];
  });
  return addresses?.slice(0, 20);
}

const accessMethod = { ocsp: '1.3.6.1.5.5.7.48.1', caIssuers: '1.3.6.1.5.5.7.48.2' } as const;

function accessAddresses(extensions: CertificateExtensions): ReadonlyMap<string, string[]> | undefined {
  const value = extensions.get(extensionOid.authorityInfoAccess)?.value;
  const descriptions = value === undefined ? [] : derSequence(value);
  if (descriptions === undefined) return undefined;
  const addresses = new Map<string, string[]>();
  for (const { body } of descriptions) {
    const [method, location] = derList(body, 2) ?? [];
    const oid = oidOf(method);
    if (oid === undefined || location === undefined) return undefined;
    addresses.set(oid, [...(addresses.get(oid) ?? []), ...addressOf(location)].slice(0, 20));
  }
  return addresses;
}

/** A uniformResourceIdentifier; a longer one than the facts hold would be another address when cut. */
function addressOf({ tag, body }: { readonly tag: number; readonly body: Buffer }): string[] {
  if (tag !== contextTag(6, 'primitive') || body.length > 512) return [];
  return [body.toString('latin1')];
}

const usageNames: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
};

function usagesOf(value: Buffer): string[] | undefined {
  const usages = derSequence(value)?.map(oidOf);
  return usages?.flatMap((oid) => (oid === undefined ? [] : [usageNames[oid] ?? oid])).slice(0, 20);
}

function constraintsOf(value: Buffer): CertificateFacts['nameConstraints'] | undefined {
  const constraints = parseNameConstraints(value);
  if (constraints === undefined) return undefined;
  const texts = (names: readonly GeneralName[]) =>
    names.slice(0, 200).map((name) => constraintText(name).slice(0, 255).toWellFormed());
  return { permitted: texts(constraints.permitted), excluded: texts(constraints.excluded) };
}

function oidOf(element: { readonly tag: number; readonly body: Buffer } | undefined): string | undefined {
  return element?.tag === derTag.oid ? oidText(element.body) : undefined;
}
