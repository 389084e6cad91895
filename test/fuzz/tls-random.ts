/** Numbers that a seed decides, so that a case can be had again. */
export type Random = {
  /** From 0 up to, not including, `below`. */
  readonly int: (below: number) => number;
  readonly chance: (of: number) => boolean;
  readonly pick: <T>(from: readonly [T, ...T[]]) => T;
  readonly bytes: (length: number) => Buffer;
};

/** A generator for one seed (mulberry32); `stream` makes independent ones of the same seed. */
export function createRandom(seed: number, stream = 0): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number) => Math.floor(next() * below);
  return {
    int,
    chance: (of) => next() < of,
    pick: (from) => from[int(from.length)] ?? from[0],
    bytes: (length) => Buffer.from(Array.from({ length }, () => int(256))),
  };
}
