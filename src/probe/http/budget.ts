import type { HttpFacts } from '../../model/facts/http.ts';
import { failure, type Failure } from '../../model/failure.ts';

/** One request that may be sent. */
export type Turn = {
  /** It leaves now. */
  readonly sent: () => void;
  /** It is over: answered, failed, or never sent, in which case the target was asked nothing and the turn is given back. */
  readonly over: () => void;
};

/** How many requests one observation may still send, how fast, and whether any are wanted at all. */
export type Budget = {
  /** Waits until one more may be sent; null when it may not: spent, stopped, or the signal was aborted. */
  readonly turn: (signal: AbortSignal) => Promise<Turn | null>;
  /** No further request, for this reason; the first one given stands. */
  readonly stop: (why: Failure) => void;
  /** Why a further request would be left out; null while there is room. */
  readonly spent: () => Failure | null;
  readonly tell: () => NonNullable<HttpFacts['requests']>;
};

export type BudgetOptions = {
  /** Requests of one observation; default 40. */
  readonly requests?: number;
  /** Requests in any second; default 4. */
  readonly perSecond?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
};

/** A little over a second: timers may fire a moment early. */
const windowMs = 1010;

/**
 * A request counts as one of the last second until a second after it is over, not after it was sent: it reached the
 * target before it was answered, so that however long handshakes and ways take, no second of the target's own clock sees
 * more than it may.
 */
export function createBudget(options: BudgetOptions = {}): Budget {
  const { requests = 40, perSecond = 4, now = () => performance.now() } = options;
  const waiting: ((turn: Turn | null) => void)[] = [];
  /** When the requests of the last second were over, oldest first. */
  const recent: number[] = [];
  let given = 0;
  let pending = 0;
  let made = 0;
  let leftOut = 0;
  let stopped: Failure | undefined;
  let timer: NodeJS.Timeout | undefined;

  function spent(): Failure | null {
    if (stopped !== undefined) return stopped;
    return given < requests ? null : failure('not-run', `${requests} requests were sent, which is the most`);
  }

  function letIn(): void {
    clearTimeout(timer);
    const at = now();
    while (recent[0] !== undefined && recent[0] <= at - windowMs) recent.shift();
    while (pending + recent.length < perSecond) {
      const enter = waiting.shift();
      if (enter === undefined) return;
      pending += 1;
      enter(createTurn());
    }
    if (waiting.length > 0 && recent[0] !== undefined) timer = setTimeout(letIn, recent[0] + windowMs - at);
  }

  function createTurn(): Turn {
    let state: 'given' | 'sent' | 'over' = 'given';
    return {
      sent: () => {
        if (state !== 'given') return;
        state = 'sent';
        made += 1;
      },
      over: () => {
        if (state === 'over') return;
        pending -= 1;
        if (state === 'sent') recent.push(now());
        else given -= 1;
        state = 'over';
        letIn();
      },
    };
  }

  function refuse(): null {
    leftOut += 1;
    return null;
  }

  function turn(signal: AbortSignal): Promise<Turn | null> {
    if (signal.aborted || spent() !== null) return Promise.resolve(refuse());
    given += 1;
    return new Promise((resolve) => {
      const onAbort = () => {
        waiting.splice(waiting.indexOf(enter), 1);
        enter(null);
      };
      const enter = (got: Turn | null) => {
        signal.removeEventListener('abort', onAbort);
        if (got === null) given -= 1;
        resolve(got ?? refuse());
      };
      signal.addEventListener('abort', onAbort, { once: true });
      waiting.push(enter);
      letIn();
    });
  }

  function stop(why: Failure): void {
    stopped ??= why;
    for (const enter of waiting.splice(0)) enter(null);
    clearTimeout(timer);
  }

  return {
    turn,
    stop,
    spent,
    tell: () => ({ made, most: requests, leftOut, ...(stopped === undefined ? {} : { stopped }) }),
  };
}
