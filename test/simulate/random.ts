/** Numbers that are the same on every machine (mulberry32). */
export type Random = {
  readonly upTo: (n: number) => number;
  readonly between: (least: number, most: number) => number;
};

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const upTo = (n: number) => Math.floor(next() * n);
  return { upTo, between: (least, most) => least + upTo(most - least + 1) };
}
