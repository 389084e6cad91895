import { onAbort } from './on-abort.ts';

/** Turns at one address: so many at a time, so many new ones a second, fewer of both while the address struggles. */
export type Limiter = {
  /** Resolves when a connection may be opened; rejects with the signal's reason. */
  readonly enter: (signal: AbortSignal | undefined) => Promise<void>;
  /** A connection ended. */
  readonly leave: () => void;
  /** The address answered in time: room comes back, a step for every ten good answers. */
  readonly well: () => void;
  /** The address was slow or silent: half the room, down to one connection at a time and one a second. */
  readonly struggling: () => void;
  /** Waits until nothing is open and keeps others out until `leaveAll`. */
  readonly enterAll: (signal: AbortSignal | undefined) => Promise<void>;
  readonly leaveAll: () => void;
  readonly peakPerSecond: () => number;
  /** Counts openings made by somebody else (nmap) toward the peak. */
  readonly countOthers: (connections: number, perSecond: number) => void;
};

type Waiter = { readonly start: () => void; readonly all: boolean };

export type LimiterOptions = {
  readonly connections: number;
  readonly perSecond: number;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
};

/** A limiter for one address. Openings are spaced evenly, so that "10 a second" is never 10 at once. */
export function createLimiter(options: LimiterOptions): Limiter {
  const clock = options.clock ?? (() => performance.now());
  const queue: Waiter[] = [];
  const opened: number[] = [];
  let open = 0;
  let held = false;
  let share = 1;
  let goodAnswers = 0;
  let nextAt = 0;
  let peak = 0;
  let timer: NodeJS.Timeout | undefined;

  const room = () => Math.max(1, Math.floor(options.connections * share));
  const gap = () => 1000 / Math.max(Math.min(1, options.perSecond), options.perSecond * share);

  function pump(): void {
    while (queue.length > 0) {
      const first = queue[0];
      if (first === undefined || held) return;
      if (first.all ? open > 0 : open >= room()) return;
      const wait = nextAt - clock();
      if (wait > 0 && !first.all) {
        timer ??= setTimeout(() => {
          timer = undefined;
          pump();
        }, wait);
        return;
      }
      queue.shift();
      if (first.all) held = true;
      else note();
      first.start();
    }
  }

  function note(): void {
    const now = clock();
    open += 1;
    nextAt = Math.max(now, nextAt) + gap();
    opened.push(now);
    while ((opened[0] ?? now) <= now - 1000) opened.shift();
    peak = Math.max(peak, opened.length);
  }

  function wait(all: boolean, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const turn: { started: boolean; release?: () => void } = { started: false };
      const waiter: Waiter = {
        all,
        start: () => {
          turn.started = true;
          turn.release?.();
          resolve();
        },
      };
      queue.push(waiter);
      pump();
      if (turn.started) return;
      turn.release = onAbort(signal, () => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(signal?.reason as Error);
        pump();
      });
    });
  }

  return {
    enter: (signal) => wait(false, signal),
    leave: () => {
      open -= 1;
      pump();
    },
    well: () => {
      goodAnswers += 1;
      if (goodAnswers % 10 === 0) share = Math.min(1, share * 2);
    },
    struggling: () => {
      share = Math.max(1 / Math.max(options.connections, options.perSecond, 1), share / 2);
      goodAnswers = 0;
    },
    enterAll: (signal) => wait(true, signal),
    leaveAll: () => {
      held = false;
      nextAt = Math.max(nextAt, clock());
      pump();
    },
    peakPerSecond: () => peak,
    countOthers: (connections, perSecond) => {
      peak = Math.max(peak, Math.min(connections, Math.ceil(perSecond)));
    },
  };
}
