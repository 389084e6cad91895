import { createRandom } from '../../simulate/random.ts';

/** Draws that depend on the seed and on what they are drawn for, and on nothing drawn before. */
export type Draws = {
  /** 0 up to, not including, 1. */
  readonly unit: () => number;
  /** One of them, as often as its weight says. */
  readonly oneOf: <T extends string>(weights: Readonly<Record<T, number>>) => T;
  /** Log-normal, by its median and the standard deviation of its logarithm. */
  readonly logNormal: (median: number, sigma: number) => number;
};

export function drawsFor(seed: number, what: string): Draws {
  const random = createRandom(fnv1a(`${seed}/${what}`));
  const unit = () => random.upTo(1_000_000) / 1_000_000;
  return {
    unit,
    oneOf: <T extends string>(weights: Readonly<Record<T, number>>): T => {
      const entries = Object.entries(weights) as [T, number][];
      let left = unit() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      throw new Error('nothing to draw from');
    },
    // Box and Muller.
    logNormal: (median, sigma) =>
      median * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit())),
  };
}

/** 32 bits of FNV-1a with the avalanche of MurmurHash3, so that neighbours in name are none in value. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
