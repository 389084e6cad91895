import type { Iso } from '../model/observation.ts';

/** The time of whoever hands out work, told once in a while and run on by a clock that nobody sets. */
export type DeskClock = {
  readonly now: () => Iso;
  /** `told`: the desk's time, asked for at `askedAt` of `performance.now()`. */
  readonly set: (told: Iso, askedAt: number) => void;
  /** How far this machine's own clock stands behind it, in milliseconds; negative: before it. */
  readonly offsetMs: () => number;
  /** Whether this machine slept, or its own clock was set, since the last telling. */
  readonly isDoubtful: () => boolean;
};

/** A difference that setting clocks by the network explains. */
const usualMs = 1000;

export function createDeskClock(): DeskClock {
  let ran = performance.now();
  let base = Date.now();
  let wall = base;
  const passed = () => performance.now() - ran;
  return {
    now: () => new Date(base + passed()).toISOString(),
    set: (told, askedAt) => {
      const heardAt = performance.now();
      // Taken to have been read halfway between question and answer.
      ran = (askedAt + heardAt) / 2;
      base = Date.parse(told);
      wall = Date.now() - (heardAt - ran);
    },
    offsetMs: () => base - wall,
    isDoubtful: () => Math.abs(Date.now() - wall - passed()) > usualMs,
  };
}
