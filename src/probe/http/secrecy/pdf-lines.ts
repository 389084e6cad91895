import { constants, inflateSync } from 'node:zlib';

const maxStreams = 64;
const maxInflated = 2_097_152;
const maxStrings = 4000;

/**
 * What a PDF tells without a parser: its strings in UTF-16 (titles, bookmarks, replacement text), in the open and inside
 * streams that inflate, and the XML of its metadata. Text drawn with glyph numbers is not seen. Bounded in every way.
 */
export function pdfLines(bytes: Uint8Array): readonly string[] {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = [whole.toString('latin1')];
  blocks.push(...inflatedStreams(whole, blocks[0] ?? ''));
  return blocks.flatMap((block) => [...wideStrings(block), ...metadataLines(block)]);
}

function inflatedStreams(whole: Buffer, text: string): readonly string[] {
  const blocks: string[] = [];
  let left = maxInflated;
  const begin = /stream\r?\n/g;
  for (let found = begin.exec(text); found !== null && blocks.length < maxStreams; found = begin.exec(text)) {
    const from = begin.lastIndex;
    const end = text.indexOf('endstream', from);
    const to = end === -1 ? text.length : end;
    // The first byte of zlib's deflate with a 32 kB window (RFC 1950 §2.2).
    if (whole[from] === 0x78 && left > 0) {
      const clear = inflated(whole.subarray(from, to), left);
      left -= clear.length;
      blocks.push(clear);
    }
    begin.lastIndex = to;
  }
  return blocks;
}

function inflated(bytes: Buffer, most: number): string {
  try {
    return inflateSync(bytes, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1');
  } catch {
    return '';
  }
}

/** Strings that begin with a byte order mark: `(\xFE\xFF...)` and `<FEFF...>` (ISO 32000-1, 7.9.2.2). */
function wideStrings(text: string): readonly string[] {
  const lines: string[] = [];
  for (const [, literal, hex] of text.matchAll(
    /\(\u00fe\u00ff((?:[^()\\]|\\[\s\S]){0,400})\)|<FEFF([0-9A-F]{0,800})>/gi,
  )) {
    if (lines.length === maxStrings) break;
    const bytes =
      literal === undefined
        ? Buffer.from(hex ?? '', 'hex')
        : Buffer.from(literal.replace(/\\([\s\S])/g, '$1'), 'latin1');
    lines.push(new TextDecoder('utf-16be').decode(bytes));
  }
  return lines;
}

function metadataLines(text: string): readonly string[] {
  const from = text.indexOf('<x:xmpmeta');
  if (from === -1) return [];
  const to = text.indexOf('</x:xmpmeta>', from);
  const xml = Buffer.from(
    text.slice(from, to === -1 ? from + 65_536 : Math.min(to, from + 65_536)),
    'latin1',
  ).toString();
  return xml.split(/<[^>]{0,1000}>/);
}
