import type { NamedCode } from '../../../model/facts/tls.ts';
import { hex } from './suites.ts';

/** Names of the registry "TLS Supported Groups", and of the Kyber drafts. */
const groupNames: Readonly<Record<number, string>> = {
  ...numbered(1, [
    ...['sect163k1', 'sect163r1', 'sect163r2', 'sect193r1', 'sect193r2', 'sect233k1', 'sect233r1', 'sect239k1'],
    ...['sect283k1', 'sect283r1', 'sect409k1', 'sect409r1', 'sect571k1', 'sect571r1', 'secp160k1', 'secp160r1'],
    ...['secp160r2', 'secp192k1', 'secp192r1', 'secp224k1', 'secp224r1', 'secp256k1', 'secp256r1', 'secp384r1'],
    ...['secp521r1', 'brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1', 'x25519', 'x448'],
    ...['brainpoolP256r1tls13', 'brainpoolP384r1tls13', 'brainpoolP512r1tls13'],
    ...['GC256A', 'GC256B', 'GC256C', 'GC256D', 'GC512A', 'GC512B', 'GC512C', 'curveSM2'],
  ]),
  ...numbered(0x0100, ['ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192']),
  ...numbered(0x0200, ['MLKEM512', 'MLKEM768', 'MLKEM1024']),
  ...numbered(0x11eb, ['SecP256r1MLKEM768', 'X25519MLKEM768', 'SecP384r1MLKEM1024', 'curveSM2MLKEM768']),
  ...numbered(0x6399, ['X25519Kyber768Draft00', 'SecP256r1Kyber768Draft00']),
};

/**
 * Names of the registry "TLS SignatureScheme"; pairs of hash and signature of RFC 5246 that it has no name for are named
 * in its manner.
 */
const schemeNames: Readonly<Record<number, string>> = {
  0x0101: 'rsa_pkcs1_md5',
  ...numbered(0x0201, ['rsa_pkcs1_sha1', 'dsa_sha1', 'ecdsa_sha1']),
  ...numbered(0x0301, ['rsa_pkcs1_sha224', 'dsa_sha224', 'ecdsa_sha224']),
  ...numbered(0x0401, ['rsa_pkcs1_sha256', 'dsa_sha256', 'ecdsa_secp256r1_sha256']),
  ...numbered(0x0501, ['rsa_pkcs1_sha384', 'dsa_sha384', 'ecdsa_secp384r1_sha384']),
  ...numbered(0x0601, ['rsa_pkcs1_sha512', 'dsa_sha512', 'ecdsa_secp521r1_sha512']),
  0x0708: 'sm2sig_sm3',
  ...numbered(0x0709, ['gostr34102012_256a', 'gostr34102012_256b', 'gostr34102012_256c', 'gostr34102012_256d']),
  ...numbered(0x070d, ['gostr34102012_512a', 'gostr34102012_512b', 'gostr34102012_512c']),
  ...numbered(0x0804, ['rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512', 'ed25519', 'ed448']),
  ...numbered(0x0809, ['rsa_pss_pss_sha256', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha512']),
  ...numbered(0x081a, [
    'ecdsa_brainpoolP256r1tls13_sha256',
    'ecdsa_brainpoolP384r1tls13_sha384',
    'ecdsa_brainpoolP512r1tls13_sha512',
  ]),
  ...numbered(0x0840, ['gostr34102012_256', 'gostr34102012_512']),
};

/** A group as a fact. */
export function groupFact(code: number): NamedCode {
  return named(code, groupNames);
}

/** A signature scheme as a fact. */
export function schemeFact(code: number): NamedCode {
  return named(code, schemeNames);
}

function named(code: number, names: Readonly<Record<number, string>>): NamedCode {
  const digits = hex(code, 4);
  return { code: `0x${digits}`, name: names[code] ?? `UNKNOWN_0x${digits}` };
}

function numbered(first: number, names: readonly string[]): Record<number, string> {
  return Object.fromEntries(names.map((name, index) => [first + index, name]));
}
