import { derList, derSequence, derTag, type Der } from './der.ts';
import { oidText } from './oid.ts';

/** Short names as OpenSSL has them; an attribute not here is named by its OID. */
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.15': 'businessCategory',
  '2.5.4.17': 'postalCode',
  '2.5.4.42': 'GN',
  '2.5.4.46': 'dnQualifier',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** One attribute of a name. */
export type NameAttribute = { readonly oid: string; readonly text: string };

/**
 * `C=VN, O=Lab, CN=Lab Root` of a Name in DER, in its own order, escaped as node:crypto does (RFC 2253 section 2.4), so
 * that no value can pretend to be two; undefined when it is none. Total over any input.
 */
export function distinguishedName(name: Buffer): string | undefined {
  const text = nameAttributes(name)
    ?.map(({ oid, text: value }) => `${shortNames[oid] ?? oid}=${escaped(value)}`)
    .join(', ');
  return text?.slice(0, 1024).toWellFormed();
}

function escaped(value: string): string {
  return value
    .replace(/[,+"\\<>;]|^[# ]| $/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f]/g, (control) => `\\${Buffer.from(control).toString('hex').toUpperCase()}`);
}

/** A text that is equal for equal names: case and runs of blanks do not count (RFC 5280 section 7.1). */
export function foldedName(name: Buffer): string {
  const attributes = nameAttributes(name);
  if (attributes === undefined) return name.toString('hex');
  return attributes
    .map(({ oid, text }) => {
      const value = foldedText(text);
      return `${oid}=${value.length} ${value}`;
    })
    .join(' ');
}

/** One value, folded in the same way. */
export function foldedText(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Its attributes in order; undefined when it is no Name. */
export function nameAttributes(name: Buffer): NameAttribute[] | undefined {
  const sets = derSequence(name, 100);
  if (sets === undefined) return undefined;
  const attributes: NameAttribute[] = [];
  for (const set of sets) {
    const pairs = set.tag === derTag.set ? derList(set.body, 20) : undefined;
    if (pairs === undefined) return undefined;
    for (const pair of pairs) {
      const [type, value] = pair.tag === derTag.sequence ? (derList(pair.body, 2) ?? []) : [];
      const oid = type?.tag === derTag.oid ? oidText(type.body) : undefined;
      if (oid === undefined || value === undefined) return undefined;
      attributes.push({ oid, text: stringText(value) });
    }
  }
  return attributes;
}

/** UTF8String and BMPString; else Printable, IA5 and Teletex strings, and whatever other is at least not lost. */
function stringText({ tag, body }: Der): string {
  const text = body.subarray(0, 1024);
  if (tag === 0x0c) return text.toString('utf8');
  if (tag === 0x1e)
    return Buffer.from(text.subarray(0, text.length & ~1))
      .swap16()
      .toString('utf16le');
  return text.toString('latin1');
}
