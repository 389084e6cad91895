import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { canonicalJson } from '../../model/canonical.ts';
import { reasonOf, refuse } from '../refuse.ts';
import type { Manifest } from './format.ts';

/** What a signature covers: the manifest's canonical form, behind words that keep it apart from anything else signed. */
function signedBytes(manifest: Manifest): Buffer {
  return Buffer.from(`rasoat feeds manifest 1\n${canonicalJson(manifest)}`, 'utf8');
}

/** Ed25519 (RFC 8032), base64. */
export function signManifest(manifest: Manifest, key: KeyObject): string {
  return sign(null, signedBytes(manifest), key).toString('base64');
}

/** Whether a signature over the manifest is that of the key. Total over any text. */
export function isSigned(manifest: Manifest, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature.trim(), 'base64');
  return bytes.length === 64 && verify(null, signedBytes(manifest), key, bytes);
}

/** Reads a private key (PKCS#8) or a public one (SPKI), PEM. Throws UserError for what is no Ed25519 key. */
export function readKey(path: string, kind: 'private' | 'public'): KeyObject {
  const key = parse(path, kind);
  return key.asymmetricKeyType === 'ed25519' ? key : refuse(path, 'key-kind');
}

function parse(path: string, kind: 'private' | 'public'): KeyObject {
  try {
    const pem = readFileSync(path, 'utf8');
    return kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
  } catch (error) {
    return refuse(path, 'key-unreadable', { reason: reasonOf(error) });
  }
}

/** Makes a pair: `PATH` for its owner alone, `PATH.pub` to be given away. Never overwrites. */
export function makeKeys(path: string): { readonly privateFile: string; readonly publicFile: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicFile = `${path}.pub`;
  writeNew(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  writeNew(publicFile, publicKey.export({ type: 'spki', format: 'pem' }), 0o644);
  return { privateFile: path, publicFile };
}

function writeNew(path: string, pem: string | Buffer, mode: number): void {
  try {
    writeFileSync(path, pem, { flag: 'wx', mode });
  } catch (error) {
    refuse(path, 'not-written', { reason: reasonOf(error) });
  }
}
