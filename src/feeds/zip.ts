import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { UserError } from '../model/errors.ts';
import { mostEntryBytes, mostZipEntries } from './limits.ts';
import { reasonOf, refuse } from './refuse.ts';

/**
 * Gives the entries of a zip, one at a time. yauzl reads the central directory alone, holds each entry to the size it states
 * and refuses absolute names, `..` and drive letters. Throws UserError for what is no zip or is damaged.
 */
export async function eachZipEntry(
  path: string,
  name: string,
  take: (entry: Entry, zip: ZipFile) => Promise<void>,
): Promise<void> {
  const zip = await openPromise(path, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }).catch(
    (error: unknown) => refuse(name, 'not-zip', { reason: reasonOf(error) }),
  );
  try {
    if (zip.entryCount > mostZipEntries) refuse(name, 'too-many', { most: mostZipEntries });
    for await (const entry of zip.eachEntry()) await take(entry, zip);
  } catch (error) {
    if (error instanceof UserError) throw error;
    refuse(name, 'not-zip', { reason: reasonOf(error) });
  } finally {
    zip.close();
  }
}

/** The content of a small entry. */
export async function readZipEntry(entry: Entry, zip: ZipFile, name: string): Promise<Buffer> {
  if (entry.uncompressedSize > mostEntryBytes) refuse(name, 'entry-too-large', { most: mostEntryBytes });
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
