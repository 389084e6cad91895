import { contextTag, derList, derSequence } from './der.ts';
import { foldedText, nameAttributes, type NameAttribute } from './distinguished-name.ts';
import { generalName, type GeneralName } from './general-names.ts';

/** Permitted and excluded subtrees (RFC 5280 section 4.2.1.10). */
export type NameConstraints = { readonly permitted: readonly GeneralName[]; readonly excluded: readonly GeneralName[] };

/** Reads the extension; undefined when it is none, or has the minimum or maximum that RFC 5280 forbids. */
export function parseNameConstraints(value: Buffer): NameConstraints | undefined {
  const lists = derSequence(value, 2);
  if (lists === undefined) return undefined;
  const permitted: GeneralName[] = [];
  const excluded: GeneralName[] = [];
  for (const { tag, body } of lists) {
    const into = tag === contextTag(0, 'constructed') ? permitted : excluded;
    if (into === excluded && tag !== contextTag(1, 'constructed')) return undefined;
    for (const subtree of derList(body) ?? [undefined]) {
      const [base, ...distances] = subtree === undefined ? [] : (derList(subtree.body, 3) ?? []);
      if (base === undefined || distances.length > 0) return undefined;
      into.push(generalName(base));
    }
  }
  return { permitted, excluded };
}

/** Most comparisons of one certificate with one set of constraints, as OpenSSL's 2^20; more is a refusal. */
const mostComparisons = 1 << 20;

/**
 * Whether names keep to constraints: each must be in no excluded subtree, and in a permitted one where there are any of
 * its kind. A kind that cannot be compared here is refused where it is constrained.
 */
export function namesPermitted(names: readonly GeneralName[], { permitted, excluded }: NameConstraints): boolean {
  if (names.length * (permitted.length + excluded.length) > mostComparisons) return false;
  return names.every((name) => {
    const own = permitted.filter(({ kind }) => kind === name.kind);
    if (own.length > 0 && !own.some((base) => isWithin(name, base))) return false;
    return !excluded.some((base) => base.kind === name.kind && (name.kind === 'other' || isWithin(name, base)));
  });
}

function isWithin({ kind, value }: GeneralName, { value: base }: GeneralName): boolean {
  switch (kind) {
    case 'dns':
      return dnsWithin(ascii(value), ascii(base));
    case 'email':
      return emailWithin(ascii(value), ascii(base));
    case 'uri':
      return hostWithin(uriHost(ascii(value)), ascii(base));
    case 'dn':
      return nameWithin(nameAttributes(value), nameAttributes(base));
    case 'ip':
      return addressWithin(value, base);
    case 'other':
      return false;
  }
}

/** `gov.vn` holds itself and all under it, `.gov.vn` only what is under it. */
function dnsWithin(name: string, base: string): boolean {
  return base === '' || name === base || name.endsWith(base.startsWith('.') ? base : `.${base}`);
}

/** `.gov.vn` holds hosts under it, `gov.vn` that host alone; the rule of URIs. */
function hostWithin(host: string | undefined, base: string): boolean {
  if (host === undefined) return false;
  return base.startsWith('.') ? host.endsWith(base) && host !== base : host === base;
}

function emailWithin(name: string, base: string): boolean {
  const host = name.slice(name.lastIndexOf('@') + 1);
  return base.includes('@') ? name === base : hostWithin(host, base);
}

function uriHost(uri: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@]+)/.exec(uri)?.[1];
}

/** A directory name lies within each of its own beginnings. */
function nameWithin(name: readonly NameAttribute[] | undefined, base: readonly NameAttribute[] | undefined): boolean {
  if (name === undefined || base === undefined) return false;
  return base.every(
    ({ oid, text }, index) => oid === name[index]?.oid && foldedText(text) === foldedText(name[index].text),
  );
}

function addressWithin(address: Buffer, base: Buffer): boolean {
  if (base.length !== address.length * 2) return false;
  return address.every((byte, index) => {
    const mask = base[address.length + index] ?? 0;
    return (byte & mask) === ((base[index] ?? 0) & mask);
  });
}

function ascii(value: Buffer): string {
  return value.toString('latin1').toLowerCase();
}
