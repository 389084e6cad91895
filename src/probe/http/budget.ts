import type { HttpFacts } from '../../model/facts/http.ts';
import { failure, type Failure } from '../../model/failure.ts';

/** One request that may be sent. Exactly one of the two is called. */
export type Turn = {
  /** It leaves now. */
  readonly sent: () => void;
  /** No connection came about, so the target was asked nothing. */
  readonly unused: () => void;
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

/** Longer than a second, so that a request held up on its way does not meet the next ones within one at the target. */
const windowMs = 1050;

/**
 * A request counts from the moment it is sent, not from the moment its connection is asked for: handshakes take their
 * time, and what the target sees is requests.
 */
export function createBudget(options: BudgetOptions = {}): Budget {
  const { requests = 40, perSecond = 4, now = () => performance.now() } = options;
  const waiting: ((turn: Turn | null) => void)[] = [];
  /** When the requests of the last second were sent, oldest first. */
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
    let over = false;
    const once = (then: () => void) => () => {
      if (over) return;
      over = true;
      pending -= 1;
      then();
      letIn();
    };
    return {
      sent: once(() => {
        made += 1;
        recent.push(now());
      }),
      unused: once(() => {
        given -= 1;
      }),
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
