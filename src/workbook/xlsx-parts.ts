import { fromBufferPromise } from 'yauzl';
import { UserError } from '../model/errors.ts';
import { reasonOf, refuse } from './refuse.ts';
import { tableLimits } from './table.ts';

/**
 * The XML parts of a workbook that we read, by path. yauzl reads the central directory alone and holds each entry to its
 * stated size; the sum of what is unpacked is counted as it comes, so a bomb ends at the limit. Throws UserError.
 */
export async function workbookParts(bytes: Buffer, file: string): Promise<ReadonlyMap<string, string>> {
  const parts = new Map<string, string>();
  let left: number = tableLimits.partBytes;
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true });
    if (zip.entryCount > tableLimits.entries) refuse(file, 'too-large');
    for await (const entry of zip.eachEntry()) {
      if (!/^xl\/(?:[A-Za-z0-9]+\.xml|_rels\/[^/]+\.rels|worksheets\/[^/]+\.xml)$/.test(entry.fileName)) continue;
      if (entry.uncompressedSize > left) refuse(file, 'too-large');
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        left -= (chunk as Buffer).length;
        if (left < 0) refuse(file, 'too-large');
        chunks.push(chunk as Buffer);
      }
      parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    refuse(file, 'not-xlsx', { reason: reasonOf(error) });
  }
  if (!parts.has('xl/workbook.xml')) refuse(file, 'not-xlsx', { reason: 'xl/workbook.xml' });
  return parts;
}
