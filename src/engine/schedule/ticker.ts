import { Cron } from 'croner';

export type TickerOptions = {
  /** A cron pattern of five fields, or six with seconds first; on the province's clock. */
  readonly pattern: string;
  readonly tick: () => void;
  /** The clock was set by so many milliseconds, forward or back, or the machine slept. */
  readonly jumped: (byMs: number) => void;
  readonly now?: () => number;
};

/** More than a clock that is disciplined gently drifts between two looks at it. */
const jumpMs = 2000;

/**
 * Calls `tick` by the pattern and after every jump of the clock. A timer that waits for an hour of the wall clock would sleep through
 * the time by which the clock was set back, so it is made anew then. Ticks that were missed are not made up: what is due is
 * worked out from what was looked at, so one is enough.
 */
export function startTicker({ pattern, tick, jumped, now = Date.now }: TickerOptions): {
  readonly next: () => Date | null;
  readonly stop: () => void;
} {
  const make = (): Cron => new Cron(pattern, { timezone: 'Asia/Ho_Chi_Minh' }, tick);
  let cron = make();
  const offset = (): number => now() - performance.now();
  let known = offset();
  const watch = setInterval(() => {
    const by = offset() - known;
    if (Math.abs(by) < jumpMs) return;
    known += by;
    cron.stop();
    cron = make();
    jumped(by);
    tick();
  }, 1000);
  return {
    next: () => cron.nextRun(),
    stop: () => {
      clearInterval(watch);
      cron.stop();
    },
  };
}
