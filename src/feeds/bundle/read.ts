import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { Entry, ZipFile } from 'yauzl';
import { mostFiles } from '../limits.ts';
import { refuse } from '../refuse.ts';
import { write, type Staged } from '../stage.ts';
import { eachZipEntry, readZipEntry } from '../zip.ts';
import { checkManifest, manifestName, partName, signatureName, type Manifest } from './format.ts';
import { isSigned } from './sign.ts';

/** By whose key a bundle must be signed; or that the person takes it unsigned. */
export type Trust = { readonly key: KeyObject } | 'unsigned';

export type Unpacked = { readonly manifest: Manifest; readonly parts: ReadonlyMap<string, Staged> };

const longestManifest = 4_000_000;

/**
 * Verifies a bundle and unpacks its parts into the folder `to`. The manifest and its signature stand first and are proved before
 * any part is read; every part must be named by the manifest, stored as it is, and have the size and SHA-256 it states. Throws
 * UserError otherwise. Nothing of the zip names a file of ours.
 */
export async function unpackBundle(path: string, name: string, to: string, trust: Trust): Promise<Unpacked> {
  let manifest: Manifest | undefined;
  let raw: Buffer | undefined;
  let wanted: ReadonlyMap<string, Manifest['feeds'][number]['parts'][number]> = new Map();
  const parts = new Map<string, Staged>();
  let position = 0;
  await eachZipEntry(path, name, async (entry, zip) => {
    position += 1;
    if (position > mostFiles + 2) refuse(name, 'too-many', { most: mostFiles });
    if (entry.compressionMethod !== 0 || entry.isEncrypted()) refuse(name, 'bundle-packed', { at: shown(entry) });
    if (position === 1) {
      raw = await small(entry, zip, name, manifestName);
      manifest = parseManifest(raw, name);
      wanted = new Map(manifest.feeds.flatMap(({ parts: all }) => all).map((part, index) => [partName(index), part]));
      if (trust === 'unsigned') return;
    }
    if (manifest === undefined) return;
    if (entry.fileName === signatureName && position === 2) {
      const signature = (await small(entry, zip, name, signatureName)).toString('latin1');
      if (trust !== 'unsigned' && !isSigned(manifest, signature, trust.key)) refuse(name, 'bundle-signature');
      return;
    }
    if (position === 2 && trust !== 'unsigned') refuse(name, 'bundle-unsigned');
    if (position > 1) await takePart(entry, zip);
  });
  if (manifest === undefined) refuse(name, 'bundle-manifest', { reason: 'none' });
  if (trust !== 'unsigned' && position < 2) refuse(name, 'bundle-unsigned');
  const missing = [...wanted.keys()].find((one) => !parts.has(one));
  if (missing !== undefined) refuse(name, 'bundle-missing', { at: missing });
  return { manifest, parts };

  async function takePart(entry: Entry, zip: ZipFile): Promise<void> {
    const part = wanted.get(entry.fileName);
    if (part === undefined || parts.has(entry.fileName)) return refuse(name, 'bundle-foreign', { at: shown(entry) });
    if (entry.uncompressedSize !== part.bytes) refuse(name, 'bundle-hash', { at: part.name });
    const target = join(to, `part-${parts.size}`);
    const staged = await write([await zip.openReadStreamPromise(entry)], target, name, part.address, part.bytes);
    if (staged.part.sha256 !== part.sha256) refuse(name, 'bundle-hash', { at: part.name });
    parts.set(entry.fileName, { path: target, part });
  }
}

async function small(entry: Entry, zip: ZipFile, name: string, expected: string): Promise<Buffer> {
  if (entry.fileName !== expected || entry.uncompressedSize > longestManifest)
    refuse(name, 'bundle-manifest', { reason: shown(entry) });
  return readZipEntry(entry, zip, name);
}

function parseManifest(raw: Buffer, name: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(raw.toString('utf8'));
  } catch {
    return refuse(name, 'bundle-manifest', { reason: 'JSON' });
  }
  const checked = checkManifest(value);
  return 'fault' in checked ? refuse(name, 'bundle-manifest', { reason: checked.fault }) : checked.manifest;
}

function shown(entry: Entry): string {
  return entry.fileName.slice(0, 100);
}
