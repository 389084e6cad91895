import { drawsFor, type Draws } from './draws.ts';

/**
 * How a machine takes a connection: it answers (some slowly), its kernel refuses, a firewall drops, it accepts and says
 * nothing, or it accepts and resets.
 */
export type Reach = 'answers' | 'slow' | 'refuses' | 'drops' | 'silent' | 'resets';

/** Everything that decides what a scan finds at one address, but for the words of its pages. */
export type Personality = {
  readonly reach: Reach;
  /** Median of a log-normal delay before an answer, ms. */
  readonly delayMs: number;
  /** `modern` is TLS 1.2 and 1.3, `plain` 1.2 alone, `old` 1.0 to 1.2. */
  readonly protocols: 'modern' | 'plain' | 'old';
  readonly certificate: 'good' | 'expired' | 'self-signed' | 'other-name';
  /** Headers of protection: all, none, or all but HSTS. */
  readonly headers: 'all' | 'none' | 'no-hsts';
  /** Whether http leads to https. */
  readonly redirects: boolean;
  readonly banner: string;
};

/** Shares by which machines are drawn. Invented: no survey of Vietnamese servers stands behind them. */
export type Mix = {
  readonly reach: Readonly<Record<Reach, number>>;
  readonly delayMs: number;
  readonly sigma: number;
};

/** A country: one machine in ten cannot be looked at. */
export const countryMix: Mix = {
  reach: { answers: 84, slow: 6, refuses: 4, drops: 3, silent: 2, resets: 1 },
  delayMs: 25,
  sigma: 0.8,
};

/** For runs that must see the same twice on a busy machine: nobody so slow or silent that a deadline decides, nor whose reset races with our own end. */
export const calmMix: Mix = {
  reach: { answers: 70, slow: 0, refuses: 30, drops: 0, silent: 0, resets: 0 },
  delayMs: 8,
  sigma: 0.4,
};

export function personalityOf(seed: number, address: string, mix: Mix): Personality {
  const draws: Draws = drawsFor(seed, address);
  const reach = draws.oneOf(mix.reach);
  const delayMs = draws.logNormal(mix.delayMs, mix.sigma);
  return {
    reach,
    // A slow one is still within every deadline of the scanner.
    delayMs: reach === 'slow' ? Math.min(1500, 400 + delayMs * 6) : Math.min(400, delayMs),
    protocols: draws.oneOf({ modern: 62, plain: 20, old: 18 }),
    certificate: draws.oneOf({ good: 70, expired: 10, 'self-signed': 14, 'other-name': 6 }),
    headers: draws.oneOf({ all: 25, none: 55, 'no-hsts': 20 }),
    redirects: draws.unit() < 0.7,
    banner: draws.oneOf({ nginx: 40, 'nginx/1.18.0': 25, 'Apache/2.4.41 (Ubuntu)': 20, 'Microsoft-IIS/10.0': 15 }),
  };
}
