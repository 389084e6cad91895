import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { canonicalJson } from '../model/canonical.ts';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import { openLines, type LineLimits } from './line-reader.ts';

/**
 * A file that is carried by hand: lines of `<SHA-256> <canonical JSON>`, each hash over the one before it and the line's own JSON, the
 * last line a seal signed with Ed25519. A changed byte is found in its line; a line added, dropped or moved as well; and who
 * computes the hashes again has no signature. Plain text, so that whoever carries it can read what leaves the room.
 */
export type SealedKind = 'plan' | 'results';

export type Seal = {
  /** Of the last line before the seal: stands for the whole file. */
  readonly hash: string;
  readonly lines: number;
  /** Ed25519 (RFC 8032), base64. */
  readonly signature: string;
  /** SHA-256 of the key that signed (SPKI, DER). */
  readonly signer: string;
};

type Sealing = { readonly kind: 'seal'; readonly lines: number; readonly signature: string; readonly signer: string };

/** What the signature covers, behind words that keep it apart from anything else signed. */
const signedBytes = (kind: SealedKind, hash: string, lines: number): Buffer =>
  Buffer.from(`rasoat ${kind} 1\n${lines}\n${hash}`, 'utf8');

const firstLink = (kind: SealedKind): string => createHash('sha256').update(`rasoat ${kind} 1`).digest('hex');
const link = (before: string, json: string): string =>
  createHash('sha256').update(before).update('\n').update(json).digest('hex');

/** SHA-256 of a public key, or of a private key's public half (SPKI, DER), hexadecimal. */
export function keyId(key: KeyObject): string {
  const open = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(open.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Writes a sealed file, whole or not at all; never over another. Throws UserError where it cannot be written. */
export function writeSealed(to: string, kind: SealedKind, key: KeyObject, values: Iterable<unknown>): Seal {
  const aside = `${to}.${process.pid}.part`;
  if (existsSync(to)) return refuse(to, 'exists');
  let file: number | undefined;
  try {
    file = openSync(aside, 'wx', 0o600);
    const seal = writeLines(file, kind, key, values);
    fsyncSync(file);
    closeSync(file);
    file = undefined;
    renameSync(aside, to);
    syncFolder(dirname(to));
    return seal;
  } catch (error) {
    if (file !== undefined) closeSync(file);
    rmSync(aside, { force: true });
    if (error instanceof Error && 'code' in error) return refuse(to, 'not-written', { reason: error.message });
    throw error;
  }
}

function writeLines(file: number, kind: SealedKind, key: KeyObject, values: Iterable<unknown>): Seal {
  let hash = firstLink(kind);
  let lines = 0;
  for (const value of values) {
    const json = canonicalJson(value);
    hash = link(hash, json);
    lines += 1;
    writeSync(file, `${hash} ${json}\n`);
  }
  const signature = sign(null, signedBytes(kind, hash, lines), key).toString('base64');
  const sealing: Sealing = { kind: 'seal', lines, signature, signer: keyId(key) };
  const json = canonicalJson(sealing);
  writeSync(file, `${link(hash, json)} ${json}\n`);
  return { hash, lines, signature, signer: sealing.signer };
}

/** Whether a seal is that of a key. Total over any text. */
export function isSealOf(kind: SealedKind, seal: Pick<Seal, 'hash' | 'lines' | 'signature'>, key: KeyObject): boolean {
  const bytes = Buffer.from(seal.signature, 'base64');
  return bytes.length === 64 && verify(null, signedBytes(kind, seal.hash, seal.lines), key, bytes);
}

export type SealedFile = {
  readonly seal: Seal;
  /** Every line before the seal, proved again as it is read; `line` counts from 1. */
  readonly values: () => Generator<{ readonly value: unknown; readonly line: number }>;
  readonly close: () => void;
};

/**
 * Opens a sealed file and proves it whole and signed by `key` before anything of it is given. Throws UserError: which line was
 * changed, that it ends too early, that another signed it, or that it is too large.
 */
export function openSealed(path: string, kind: SealedKind, key: KeyObject, limits: LineLimits): SealedFile {
  const file = openLines(path, limits);
  try {
    const seal = walk(path, kind, file.lines());
    if (!isSealOf(kind, seal, key))
      refuse(path, 'signature', { signer: shortId(seal.signer), key: shortId(keyId(key)) });
    return {
      seal,
      values: () => valuesOf(path, kind, seal, file.lines()),
      close: file.close,
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** The first 16 digits of a key's id, as people compare them. */
export const shortId = (id: string): string => id.slice(0, 16);

function walk(path: string, kind: SealedKind, lines: Iterable<Buffer>): Seal {
  let hash = firstLink(kind);
  let count = 0;
  let seal: Seal | undefined;
  for (const bytes of lines) {
    if (seal !== undefined) return refuse(path, 'altered', { line: count + 1 });
    count += 1;
    const { told, json } = split(path, bytes, count);
    const next = link(hash, json);
    if (told !== next) return refuse(path, count === 1 ? 'not-sealed' : 'altered', { line: count, kind });
    seal = sealIn(json, hash, count - 1);
    hash = next;
  }
  return seal ?? refuse(path, 'cut-short', { line: count });
}

function* valuesOf(
  path: string,
  kind: SealedKind,
  seal: Seal,
  lines: Iterable<Buffer>,
): Generator<{ readonly value: unknown; readonly line: number }> {
  let hash = firstLink(kind);
  let count = 0;
  for (const bytes of lines) {
    if (count === seal.lines) return;
    count += 1;
    const { json } = split(path, bytes, count);
    hash = link(hash, json);
    // Whoever changes the file between the two readings is found here, before the last line is believed.
    if (count === seal.lines && hash !== seal.hash) refuse(path, 'altered', { line: count });
    yield { value: parsed(path, json, count), line: count };
  }
  refuse(path, 'cut-short', { line: count });
}

function split(path: string, bytes: Buffer, line: number): { readonly told: string; readonly json: string } {
  if (bytes.length < 66 || bytes[64] !== 0x20) return refuse(path, line === 1 ? 'not-sealed' : 'altered', { line });
  return { told: bytes.toString('latin1', 0, 64), json: utf8(path, bytes.subarray(65), line) };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(path: string, bytes: Buffer, line: number): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse(path, 'altered', { line });
  }
}

function parsed(path: string, json: string, line: number): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return refuse(path, 'shape', { line, reason: 'JSON' });
  }
}

function sealIn(json: string, hash: string, lines: number): Seal | undefined {
  if (json.length > 1000 || !json.includes('"kind":"seal"')) return undefined;
  try {
    const value = JSON.parse(json) as Partial<Sealing> | null;
    if (value?.kind !== 'seal' || value.lines !== lines) return undefined;
    if (typeof value.signature !== 'string' || typeof value.signer !== 'string') return undefined;
    return { hash, lines, signature: value.signature, signer: value.signer };
  } catch {
    return undefined;
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function refuse(file: string, key: string, params?: Record<string, string | number>): never {
  throw new UserError([{ file, message: message(`carried.${key}`, params) }]);
}
