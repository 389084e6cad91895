import { Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { bodyBuffer } from './body-buffer.ts';

/**
 * A compressed body in the clear, at most `maxBytes` of it: whatever it would grow to, inflating stops there. A body
 * that was cut gives what its beginning holds. Null for an encoding we do not know or a body that is not what it says.
 */
export async function inflate(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer | null> {
  const transform = inflaterFor(encoding);
  if (transform === null) return null;
  const clear = bodyBuffer(maxBytes);
  try {
    for await (const chunk of Readable.from([body]).pipe(transform)) {
      if (!clear.add(chunk as Buffer)) break;
    }
  } catch {
    return clear.bytes().length > 0 ? clear.bytes() : null;
  } finally {
    transform.destroy();
  }
  return clear.bytes();
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
