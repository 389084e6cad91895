import { certificateFacts } from '../certificates.ts';
import { schemesByKey } from '../registry/signature-schemes.ts';

/** Kinds of key by which a service may hold certificates side by side. */
export type KeyKind = 'rsa' | 'ec' | 'eddsa';

const eddsa: readonly number[] = [0x0807, 0x0808];

/** Signature schemes that only a certificate of this kind can answer. */
export const schemesOfKind: Readonly<Record<KeyKind, readonly number[]>> = {
  rsa: schemesByKey.rsa,
  ec: schemesByKey.ec.filter((scheme) => !eddsa.includes(scheme)),
  eddsa,
};

const kinds: Readonly<Record<string, KeyKind>> = {
  rsa: 'rsa',
  'rsa-pss': 'rsa',
  ec: 'ec',
  ed25519: 'eddsa',
  ed448: 'eddsa',
};

/** The kind of a certificate's key; undefined for others, and for what cannot be read. */
export function keyKind(der: Buffer): KeyKind | undefined {
  return kinds[certificateFacts(der)?.keyType ?? ''];
}
