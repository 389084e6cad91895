import { constants, verify, type KeyObject } from 'node:crypto';
import { contextTag, derAt, derList, derSequence } from './der.ts';
import { oidText } from './oid.ts';

type Scheme = { readonly key: string; readonly hash: string | null };

/** Signature algorithms of OCSP responders (RFC 8017, 5758, 8410). */
const schemes: Readonly<Record<string, Scheme>> = {
  '1.2.840.113549.1.1.5': { key: 'rsa', hash: 'sha1' },
  '1.2.840.113549.1.1.14': { key: 'rsa', hash: 'sha224' },
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.1': { key: 'ec', hash: 'sha1' },
  '1.2.840.10045.4.3.1': { key: 'ec', hash: 'sha224' },
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
  '1.3.101.112': { key: 'ed25519', hash: null },
  '1.3.101.113': { key: 'ed448', hash: null },
};
const pss = '1.2.840.113549.1.1.10';

/** Names of hashes by OID, for node:crypto. */
export const hashNames: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Whether `signature` over `data` is that of `key` by the AlgorithmIdentifier `algorithm` (DER, whole). Never throws. */
export function signatureHolds(algorithm: Buffer, data: Buffer, key: KeyObject, signature: Buffer): boolean {
  const [type, parameters] = derSequence(algorithm, 2) ?? [];
  const oid = type === undefined ? undefined : oidText(type.body);
  if (oid === undefined) return false;
  try {
    if (oid === pss)
      return key.asymmetricKeyType?.startsWith('rsa') === true && verifyPss(parameters?.whole, data, key, signature);
    const scheme = schemes[oid];
    return scheme !== undefined && scheme.key === key.asymmetricKeyType && verify(scheme.hash, data, key, signature);
  } catch {
    return false;
  }
}

/** RSASSA-PSS-params: [0] the hash, SHA-1 when absent; the salt is found from the signature. */
function verifyPss(parameters: Buffer | undefined, data: Buffer, key: KeyObject, signature: Buffer): boolean {
  const fields = parameters === undefined ? [] : (derSequence(parameters, 4) ?? []);
  const hashField = fields.find(({ tag }) => tag === contextTag(0, 'constructed'));
  const [oid] = hashField === undefined ? [] : (derList(derAt(hashField.body)?.body ?? Buffer.of(0), 2) ?? []);
  const hash = hashField === undefined ? 'sha1' : hashNames[oidText(oid?.body ?? Buffer.alloc(0)) ?? ''];
  if (hash === undefined) return false;
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
  return verify(hash, data, { key, ...padding }, signature);
}
