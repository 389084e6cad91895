import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';

/** Reads a private key (PKCS#8) or a public one (SPKI), PEM. Throws UserError for what is no Ed25519 key (RFC 8032, 8410). */
export function readKey(path: string, kind: 'private' | 'public'): KeyObject {
  const key = parse(path, kind);
  return key.asymmetricKeyType === 'ed25519' ? key : refuse(path, 'kind');
}

function parse(path: string, kind: 'private' | 'public'): KeyObject {
  try {
    const pem = readFileSync(path, 'utf8');
    return kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
  } catch (error) {
    return refuse(path, 'unreadable', { reason: reasonOf(error) });
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

function refuse(file: string, key: string, params?: Record<string, string>): never {
  throw new UserError([{ file, message: message(`keys.${key}`, params) }]);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
