import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Transform, type Duplex, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type { Part } from './bundle/format.ts';
import { headOf, isGzip } from './bytes.ts';
import { mostFileBytes, mostFiles } from './limits.ts';
import { reasonOf, refuse } from './refuse.ts';

/** A file taken into our own folder: what follows is read from there, so that nobody changes it under way. */
export type Staged = { readonly path: string; readonly part: Part };

/** The files that the arguments of a command name; a folder stands for the files in it. */
export function filesOf(inputs: readonly string[]): readonly string[] {
  const files = inputs.flatMap((input) => {
    if (!existsSync(input)) return refuse(input, 'unreadable', { reason: 'ENOENT' });
    if (!statSync(input).isDirectory()) return [input];
    return readdirSync(input, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(input, entry.name))
      .sort();
  });
  if (files.length > mostFiles) refuse(inputs[0] ?? '', 'too-many', { most: mostFiles });
  return files;
}

/** Copies a file to `to`, packing what is not packed, and takes its SHA-256. */
export async function stageFile(
  from: string,
  to: string,
  served: { readonly address?: string; readonly name?: string } = {},
): Promise<Staged> {
  try {
    if (statSync(from).size > mostFileBytes) refuse(from, 'too-large', { most: mostFileBytes });
    const head = await headOf(from, 2);
    const packed = isGzip(head) || head.toString('latin1') === 'PK';
    const source = createReadStream(from, { highWaterMark: 1_048_576 });
    const gzip = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 262_144 });
    return await write(packed ? [source] : [source, gzip], to, served.name ?? nameOf(from), served.address);
  } catch (error) {
    if (error instanceof Error && 'code' in error) refuse(from, 'unreadable', { reason: reasonOf(error) });
    throw error;
  }
}

/** Writes what streams give, one through the other, to `to`, for its owner alone, at most `most` bytes, taking its SHA-256. */
export async function write(
  streams: readonly (Readable | Duplex)[],
  to: string,
  name: string,
  address?: string,
  most: number = mostFileBytes,
): Promise<Staged> {
  const hash = createHash('sha256');
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(bytes > most ? new TooLarge() : null, chunk);
    },
  });
  await pipeline([...streams, counter, createWriteStream(to, { flags: 'wx', mode: 0o600 })]).catch((error: unknown) => {
    if (error instanceof TooLarge) refuse(name, 'too-large', { most });
    throw error;
  });
  if (bytes === 0) refuse(name, 'empty');
  const part = { sha256: hash.digest('hex'), bytes, name, ...(address === undefined ? {} : { address }) };
  return { path: to, part };
}

class TooLarge extends Error {}

function nameOf(path: string): string {
  const name = basename(path)
    .replace(/[\p{Cc}\\/]/gu, '_')
    .slice(0, 200);
  return name === '' ? 'file' : name;
}
