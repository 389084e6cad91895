import { derAt, derList, type Der } from './der.ts';
import { distinguishedName } from './distinguished-name.ts';

/** Forms of GeneralName (RFC 5280 section 4.2.1.6) that name constraints are used with. */
export type GeneralNameKind = 'email' | 'dns' | 'dn' | 'uri' | 'ip' | 'other';

/** One GeneralName: text of IA5String forms as sent, DER of a directory name, octets of an address. */
export type GeneralName = { readonly kind: GeneralNameKind; readonly value: Buffer };

const kinds: Readonly<Record<number, GeneralNameKind>> = {
  0x81: 'email',
  0x82: 'dns',
  0xa4: 'dn',
  0x86: 'uri',
  0x87: 'ip',
};

/** One GeneralName of its element. */
export function generalName({ tag, body }: Der): GeneralName {
  const kind = kinds[tag] ?? 'other';
  // The directory name is a CHOICE, so its tag is explicit.
  return kind === 'dn' ? { kind, value: derAt(body)?.whole ?? body } : { kind, value: body };
}

/** The names in the body of a GeneralNames; undefined when it is none. */
export function generalNames(body: Buffer): GeneralName[] | undefined {
  return derList(body)?.map(generalName);
}

/** A base of a name constraint as text: `dns:gov.vn`, `ip:10.0.0.0/8`, `dn:C=VN`; a kind not known by its own word. */
export function constraintText({ kind, value }: GeneralName): string {
  switch (kind) {
    case 'dns':
    case 'email':
    case 'uri':
      return `${kind}:${value.toString('latin1').toLowerCase()}`;
    case 'dn':
      return `dn:${distinguishedName(value) ?? ''}`;
    case 'ip':
      return `ip:${addressRange(value)}`;
    case 'other':
      return 'other';
  }
}

/** Address and mask of equal length; the mask as a prefix length where it is one. */
function addressRange(value: Buffer): string {
  const half = value.length / 2;
  if (half !== 4 && half !== 16) return value.toString('hex');
  const mask = [...value.subarray(half)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const prefix = /^1*0*$/.test(mask) ? String(mask.lastIndexOf('1') + 1) : value.subarray(half).toString('hex');
  return `${addressText(value.subarray(0, half))}/${prefix}`;
}

function addressText(octets: Buffer): string {
  if (octets.length === 4) return octets.join('.');
  return Array.from({ length: 8 }, (_, index) => octets.readUInt16BE(index * 2).toString(16)).join(':');
}
