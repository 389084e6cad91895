import { sign, verify, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../../model/canonical.ts';
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
