/** Bytes of one body, up to a limit, in one growing block: a body of one-byte chunks costs no more than another. */
export type BodyBuffer = {
  /** Keeps what fits; false when something did not. */
  readonly add: (chunk: Uint8Array) => boolean;
  /** What was kept so far. */
  readonly bytes: () => Buffer;
};

const firstSize = 16_384;

export function bodyBuffer(maxBytes: number): BodyBuffer {
  let block = Buffer.alloc(Math.min(firstSize, maxBytes));
  let used = 0;
  return {
    add: (chunk) => {
      const kept = Math.min(chunk.length, maxBytes - used);
      if (used + kept > block.length) {
        const grown = Buffer.alloc(Math.min(maxBytes, Math.max(block.length * 2, used + kept)));
        block.copy(grown, 0, 0, used);
        block = grown;
      }
      block.set(chunk.subarray(0, kept), used);
      used += kept;
      return kept === chunk.length;
    },
    bytes: () => block.subarray(0, used),
  };
}
