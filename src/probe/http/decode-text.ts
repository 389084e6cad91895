import { TextDecoder } from 'node:util';

/** How far a page may be read for its own word on its encoding (HTML §13.2.3.2). */
const prescanBytes = 1024;

/**
 * Bytes of a page as text: by its byte order mark, else the charset of its Content-Type, else the one its first
 * kilobyte names, else UTF-8. Total: bytes that are not of that encoding become U+FFFD.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  return decoderFor(bytes, contentType).decode(bytes);
}

function decoderFor(bytes: Uint8Array, contentType: string | null): TextDecoder {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le');
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder('utf-8');
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, prescanBytes)).toString(
    'latin1',
  );
  return decoderNamed(charsetIn(contentType)) ?? decoderNamed(charsetIn(start, true)) ?? new TextDecoder('utf-8');
}

function charsetIn(text: string | null, onlyInMeta = false): string | undefined {
  if (text === null) return undefined;
  const from = onlyInMeta ? text.search(/<meta[\s/]/i) : 0;
  return from < 0 ? undefined : /charset\s{0,8}=\s{0,8}["']?([\w.:+-]{1,40})/i.exec(text.slice(from))?.[1];
}

/** Labels of the WHATWG Encoding Standard (`windows-1258`, `latin1`); undefined for any other word. */
function decoderNamed(label: string | undefined): TextDecoder | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
