/** Bytes that come in pieces and go out in pieces of another size. */
export type Accumulator = {
  readonly push: (piece: Buffer) => void;
  /** Bytes held. */
  readonly size: () => number;
  /** The first `length` bytes without taking them, or undefined while there are fewer. */
  readonly peek: (length: number) => Buffer | undefined;
  /** Takes the first `length` bytes, or nothing while there are fewer. */
  readonly take: (length: number) => Buffer | undefined;
};

/** An empty accumulator. Pieces are joined only when what is asked spans several, so the usual answer is never copied. */
export function createAccumulator(): Accumulator {
  let pieces: Buffer[] = [];
  let held = 0;

  const peek = (length: number): Buffer | undefined => {
    if (held < length) return undefined;
    let first = pieces[0] ?? Buffer.alloc(0);
    if (first.length < length) {
      first = Buffer.concat(pieces, held);
      pieces = [first];
    }
    return first.subarray(0, length);
  };

  return {
    push: (piece) => {
      if (piece.length === 0) return;
      pieces.push(piece);
      held += piece.length;
    },
    size: () => held,
    peek,
    take: (length) => {
      const bytes = peek(length);
      const first = pieces[0];
      if (bytes === undefined || first === undefined) return bytes;
      if (first.length === length) pieces.shift();
      else pieces[0] = first.subarray(length);
      held -= length;
      return bytes;
    },
  };
}
