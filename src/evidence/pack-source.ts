import { createReadStream, openSync, readdirSync, readSync, statSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { openPromise, type Entry } from 'yauzl';
import { packFiles } from './manifest.ts';
import { reasonOf, refuse } from './refuse.ts';
import type { PackSource } from './verifier.ts';

/** Of everything but the lines, which are streamed. */
const mostFileBytes = 256 * 1024 * 1024;
const mostFiles = 100;

/** Lends the files of a pack, a folder or a zip, for the time of `use`; a zip is read where it lies. Throws UserError. */
export async function withPack<T>(path: string, use: (source: PackSource) => Promise<T>): Promise<T> {
  const is = statSync(path, { throwIfNoEntry: false });
  if (is === undefined) return refuse(path, 'no-pack');
  if (is.isDirectory()) return use(checked(path, folderSource(path)));
  const start = firstBytes(path);
  if (start.startsWith('age-encryption.org/')) refuse(path, 'encrypted-age');
  if (start.startsWith('0\x80') || start.startsWith('0\x82')) refuse(path, 'encrypted-cms');
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(
    (error: unknown) => refuse(path, 'not-a-pack', { reason: reasonOf(error) }),
  );
  try {
    const entries = new Map<string, Entry>();
    if (zip.entryCount > mostFiles) refuse(path, 'not-a-pack', { reason: `> ${mostFiles}` });
    for await (const entry of zip.eachEntry()) {
      const isLarge = entry.fileName !== packFiles.lines && entry.uncompressedSize > mostFileBytes;
      // Two files of one name: which of them would be looked at depends on who unpacks.
      if (entries.has(entry.fileName) || isLarge) refuse(path, 'not-a-pack', { reason: entry.fileName.slice(0, 100) });
      entries.set(entry.fileName, entry);
    }
    const open = async function* (name: string): AsyncGenerator<Buffer> {
      const entry = entries.get(name);
      if (entry === undefined) return;
      yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
    };
    return await use(checked(path, { names: [...entries.keys()], open }));
  } catch (error) {
    if (error instanceof Error && error.name === 'Error') refuse(path, 'not-a-pack', { reason: reasonOf(error) });
    throw error;
  } finally {
    zip.close();
  }
}

function folderSource(folder: string): PackSource {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  return { names, open: (name) => createReadStream(join(folder, name)) };
}

function checked(path: string, source: PackSource): PackSource {
  const isPack = source.names.includes(packFiles.manifest) || source.names.includes(packFiles.lines);
  return isPack ? source : refuse(path, 'not-a-pack', { reason: packFiles.manifest });
}

function firstBytes(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(32);
    return bytes.toString('latin1', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
