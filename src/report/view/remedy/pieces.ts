import type { Text } from '../../../model/text.ts';

/** A line that goes on with the piece before it: indented, or one that closes. */
const goesOn = /^(?:\s|\}|\)|\]|<\/)/;

/**
 * Lines to type, cut into pieces that stand for themselves: a directive, a block with its braces, an element with its
 * end. A line that is indented or closes belongs to the piece before it.
 */
function piecesOf(code: string): readonly string[] {
  const pieces: string[] = [];
  for (const line of code.split('\n')) {
    const last = pieces.length - 1;
    if (last >= 0 && (goesOn.test(line) || line === '')) pieces[last] = `${pieces[last] ?? ''}\n${line}`;
    else pieces.push(line);
  }
  return pieces.map((piece) => piece.trimEnd()).filter((piece) => piece !== '');
}

/** The same in both languages, piece by piece; one piece alone where the two are cut differently. */
export function textPieces(code: Text): readonly Text[] {
  const vi = piecesOf(code.vi);
  const en = piecesOf(code.en);
  if (vi.length !== en.length) return [code];
  return vi.map((piece, at) => ({ vi: piece, en: en[at] ?? piece }));
}

/** Pieces one below the other. */
export function joinPieces(pieces: readonly Text[]): Text {
  return { vi: pieces.map(({ vi }) => vi).join('\n'), en: pieces.map(({ en }) => en).join('\n') };
}
