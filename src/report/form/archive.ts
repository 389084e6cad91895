import { fromBufferPromise } from 'yauzl';
import { message, type Message } from '../../model/text.ts';

/** Most bytes of a template, packed and unpacked, and most files in it. */
const limits = { packed: 8 * 1024 * 1024, unpacked: 64 * 1024 * 1024, entries: 500 };

/**
 * Gives the bytes back when they are a zip of bounded size. Each entry is really unpacked once, because what a zip says of
 * its sizes is only said.
 */
export async function checkedArchive(bytes: Buffer, refuse: (words: Message) => never): Promise<Buffer> {
  if (bytes.length > limits.packed) refuse(message('forms.error.template-large', { limit: 8 }));
  let left = limits.unpacked;
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true });
    if (zip.entryCount > limits.entries) left = -1;
    for await (const entry of zip.eachEntry()) {
      left -= entry.uncompressedSize;
      if (left < 0) break;
      for await (const _chunk of await zip.openReadStreamPromise(entry));
    }
  } catch (error) {
    refuse(message('forms.error.template-broken', { why: error instanceof Error ? error.message : String(error) }));
  }
  if (left < 0) refuse(message('forms.error.template-large', { limit: 64 }));
  return bytes;
}
