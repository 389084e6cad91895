import { createPublicKey, type KeyObject } from 'node:crypto';
import { parseTags, valueOf } from './tag-list.ts';

/**
 * Selectors that products and providers use unless told otherwise. There is no list of a domain's own: what is at none of
 * these may be at any other name.
 */
export const knownSelectors = [
  'default',
  'dkim',
  'mail',
  'selector1',
  'selector2',
  'google',
  'k1',
  'k2',
  's1',
  's2',
  'zimbra',
  'mdaemon',
  'mailo',
  'smtp',
  'zoho',
  'key1',
  'sig1',
] as const;

export const dkimFaultWords = ['bad-version', 'unknown-type', 'bad-key', 'broken-tag'] as const;

/** One DKIM key record (RFC 6376 section 3.6.1, RFC 8463). */
export type DkimKey = {
  readonly type: string;
  /** Size of the key; absent for what cannot be read. */
  readonly bits?: number;
  /** `t=y`: verifiers are asked to treat failures as if there were no signature. */
  readonly testing: boolean;
  /** An empty `p=`: the key has been withdrawn. */
  readonly revoked: boolean;
  readonly fault?: (typeof dkimFaultWords)[number];
};

/** Whether a TXT record is meant as a DKIM key: the version is optional, `p=` is not. */
export function isDkimKey(record: string): boolean {
  const { tags } = parseTags(record);
  const version = tags.find(({ name }) => name === 'v');
  return valueOf(tags, 'p') !== undefined && (version === undefined || /^DKIM/i.test(version.value));
}

/** Reads a key record; total over any text. */
export function parseDkimKey(record: string): DkimKey {
  const { tags, broken } = parseTags(record);
  const type = (valueOf(tags, 'k') ?? 'rsa').toLowerCase().slice(0, 32);
  const flags = (valueOf(tags, 't') ?? '').split(':').map((flag) => flag.trim());
  const key = (valueOf(tags, 'p') ?? '').replaceAll(/\s/g, '');
  const common = { type, testing: flags.includes('y'), revoked: key === '' };
  const version = tags.findIndex(({ name }) => name === 'v');
  if (version > 0 || (version === 0 && tags[0]?.value !== 'DKIM1')) return { ...common, fault: 'bad-version' };
  if (broken.length > 0) return { ...common, fault: 'broken-tag' };
  if (type !== 'rsa' && type !== 'ed25519') return { ...common, fault: 'unknown-type' };
  if (key === '') return common;
  const bits = /^[A-Za-z0-9+/]+={0,2}$/.test(key) ? bitsOf(type, Buffer.from(key, 'base64')) : undefined;
  return bits === undefined ? { ...common, fault: 'bad-key' } : { ...common, bits };
}

function bitsOf(type: 'rsa' | 'ed25519', key: Buffer): number | undefined {
  if (type === 'ed25519') return key.length === 32 ? 256 : undefined;
  // SubjectPublicKeyInfo is what everybody publishes; the RFC's own text says RSAPublicKey (errata 3017).
  for (const format of ['spki', 'pkcs1'] as const) {
    const read = publicKey(key, format);
    if (read?.asymmetricKeyType === 'rsa') return read.asymmetricKeyDetails?.modulusLength;
  }
  return undefined;
}

function publicKey(key: Buffer, type: 'spki' | 'pkcs1'): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'der', type });
  } catch {
    return undefined;
  }
}
