import type { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { packageRoot } from '../model/package-root.ts';
import type { Manifest } from './manifest.ts';

/** What is wrong with a pack, and where: number of a record, or name of a file. */
export type PackFault = {
  readonly fault:
    | 'record-altered'
    | 'record-moved'
    | 'records-missing'
    | 'records-added'
    | 'chain-rewritten'
    | 'tree'
    | 'not-of-whole'
    | 'manifest'
    | 'file-altered'
    | 'file-missing'
    | 'file-foreign'
    | 'signature'
    | 'signature-missing'
    | 'another-key'
    | 'timestamp'
    | 'timestamp-missing'
    | 'timestamp-untrusted';
  readonly n?: number;
  readonly file?: string;
  readonly reason?: string;
};

export type Timestamp = { readonly at: string; readonly signer: string; readonly trusted: boolean };

export type Verified = {
  readonly whole: boolean;
  readonly faults: readonly PackFault[];
  readonly signedBy: 'nobody' | 'key-in-pack' | 'key-given';
  readonly timestamp: Timestamp | null;
  readonly records: number;
  /** As read, which may be anything where the pack is not whole. */
  readonly manifest: Partial<Manifest>;
};

/** The files of a pack, wherever they lie. */
export type PackSource = {
  readonly names: readonly string[];
  readonly open: (name: string) => AsyncIterable<Buffer>;
};

/** PEM texts; `whole` is the parsed manifest of the whole run. */
export type VerifyOptions = { readonly key?: string; readonly timestampCa?: string; readonly whole?: unknown };

type Verifier = {
  readonly canonical: (value: unknown) => string;
  readonly readTimestamp: (
    reply: Buffer,
    data: Buffer,
    authorities: readonly X509Certificate[],
    nonce?: Buffer,
  ) => Timestamp;
  readonly certificatesIn: (pem: string) => readonly X509Certificate[];
  readonly verifyPack: (source: PackSource, options?: VerifyOptions) => Promise<Verified>;
};

const file = new URL('src/evidence/verify-evidence.mjs', packageRoot);

/** The verifier that goes into every pack: the same code serves the command, so there is no other opinion of ours. */
export async function loadVerifier(): Promise<Verifier> {
  return (await import(file.href)) as Verifier;
}

/** Its text, for the pack. */
export const verifierText = (): Buffer => readFileSync(file);
