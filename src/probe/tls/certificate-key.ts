import { hash, type KeyObject, type X509Certificate } from 'node:crypto';

const curveBits: Readonly<Record<string, number>> = {
  prime192v1: 192,
  secp224r1: 224,
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
  brainpoolP256r1: 256,
  brainpoolP384r1: 384,
  brainpoolP512r1: 512,
  SM2: 256,
};
const fixedBits: Readonly<Record<string, number>> = { ed25519: 256, ed448: 456 };

type KeyFacts = { readonly keyType: string; readonly keyBits?: number; readonly keySha256?: string };

/** Kind, size and digest of the public key; `unknown` for one that OpenSSL cannot read. */
export function keyFacts(certificate: X509Certificate): KeyFacts {
  let key: KeyObject;
  try {
    key = certificate.publicKey;
  } catch {
    return { keyType: 'unknown' };
  }
  const keyType = key.asymmetricKeyType ?? 'unknown';
  const keyBits = bitsOf(key) ?? fixedBits[keyType];
  const keySha256 = hash('sha256', key.export({ type: 'spki', format: 'der' }), 'hex');
  return { keyType, ...(keyBits === undefined || keyBits > 65_536 ? {} : { keyBits }), keySha256 };
}

function bitsOf(key: KeyObject): number | undefined {
  const details = key.asymmetricKeyDetails;
  return details?.modulusLength ?? curveBits[details?.namedCurve ?? ''];
}
