import { constants, publicEncrypt, randomBytes, type KeyObject } from 'node:crypto';
import { leafKey } from '../leaf-key.ts';
import { agreeableGroups, keyHalf } from '../tls13/key-agreement.ts';
import { cursorOf, readUint, readVector, uint16s, vector } from '../wire/bytes.ts';

export type KeyExchanged = { readonly premaster: Buffer; readonly body: Buffer };

/** Groups in which `ecdheExchange` can agree. */
export const ecdheGroups: readonly number[] = agreeableGroups;

/** The RSA key of a leaf, undefined for other keys and for what is no certificate. */
export function rsaKeyOf(leaf: Buffer | undefined): KeyObject | undefined {
  const key = leaf === undefined ? undefined : leafKey(leaf);
  return key?.asymmetricKeyType === 'rsa' ? key : undefined;
}

/** Undefined for a key that OpenSSL will not encrypt to. */
export function rsaEncrypt(key: KeyObject, padding: number, block: Buffer): Buffer | undefined {
  try {
    return publicEncrypt({ key, padding }, block);
  } catch {
    return undefined;
  }
}

/** A premaster secret encrypted to the server's key (RFC 5246 section 7.4.7.1). `offered` is the version of our hello. */
export function rsaExchange(key: KeyObject, offered: number): KeyExchanged | undefined {
  const premaster = Buffer.concat([uint16s([offered]), randomBytes(46)]);
  const encrypted = rsaEncrypt(key, constants.RSA_PKCS1_PADDING, premaster);
  return encrypted === undefined ? undefined : { premaster, body: vector(2, encrypted) };
}

/** Our half against the one in a ServerKeyExchange (RFC 8422 section 5.4); undefined when it cannot be agreed on. */
export function ecdheExchange(keyExchange: Buffer): KeyExchanged | undefined {
  const cursor = cursorOf(keyExchange);
  const curveType = readUint(cursor, 1);
  const half = keyHalf(readUint(cursor, 2));
  const theirs = readVector(cursor, 1);
  if (cursor.overrun || curveType !== 3 || half === undefined) return undefined;
  const premaster = half.agree(theirs);
  return premaster === undefined ? undefined : { premaster, body: vector(1, half.key) };
}
