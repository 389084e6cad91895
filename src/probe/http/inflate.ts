import { Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { bodyBuffer } from './body-buffer.ts';

/** The beginning of a body in the clear; `cut` when there was more of it than was inflated. */
export type Inflated = { readonly bytes: Buffer; readonly cut: boolean };

/**
 * A compressed body in the clear, at most `maxBytes` of it: whatever it would grow to, inflating stops there. A body
 * that was cut gives what its beginning holds. Null for an encoding we do not know or a body that is not what it says.
 */
export async function inflate(body: Buffer, encoding: string, maxBytes: number): Promise<Inflated | null> {
  const transform = inflaterFor(encoding);
  if (transform === null) return null;
  const clear = bodyBuffer(maxBytes);
  let fits = true;
  try {
    for await (const chunk of Readable.from([body]).pipe(transform)) {
      fits = clear.add(chunk as Buffer);
      if (!fits) break;
    }
  } catch {
    return clear.bytes().length > 0 ? { bytes: clear.bytes(), cut: true } : null;
  } finally {
    transform.destroy();
  }
  return { bytes: clear.bytes(), cut: !fits };
}

function inflaterFor(encoding: string) {
  switch (encoding.toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    case 'deflate':
      return createInflate({ finishFlush: constants.Z_SYNC_FLUSH });
    case 'br':
      return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
    default:
      return null;
  }
}
