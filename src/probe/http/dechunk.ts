/** What one piece of a chunked body gave: its data, and whether the body goes on. */
export type Dechunked = { readonly data: readonly Buffer[]; readonly more: boolean };

/** Longest line that may stand before a chunk. */
const maxLine = 256;

/**
 * Takes the chunks off a body (RFC 9112 §7.1) piece by piece. Total: at a size that is no size the body ends, with what
 * came before it.
 */
export function createDechunker(): (piece: Buffer) => Dechunked {
  let line = '';
  let left = 0;
  return (piece) => {
    const data: Buffer[] = [];
    let at = 0;
    while (at < piece.length) {
      if (left > 0) {
        const taken = piece.subarray(at, at + left);
        data.push(taken);
        left -= taken.length;
        at += taken.length;
        continue;
      }
      const feed = piece.indexOf(0x0a, at);
      line += piece.toString('latin1', at, feed === -1 ? piece.length : feed);
      if (line.length > maxLine) return { data, more: false };
      if (feed === -1) break;
      at = feed + 1;
      const size = line.trim();
      line = '';
      // The line break that ends a chunk.
      if (size === '') continue;
      left = Number.parseInt(/^[0-9a-f]{1,12}(?=\s*(?:;|$))/i.exec(size)?.[0] ?? '0', 16);
      if (left === 0) return { data, more: false };
    }
    return { data, more: true };
  };
}
