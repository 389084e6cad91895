import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failure } from '../../../src/model/failure.ts';
import { createBudget, type Budget } from '../../../src/probe/http/budget.ts';

const never = new AbortController().signal;
const blocked = failure('blocked', 'status 429');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sends as many as it may at once, and tells when each was sent. */
function sendAll(budget: Budget, count: number): number[] {
  const times: number[] = [];
  for (let each = 0; each < count; each += 1) {
    void budget.turn(never).then((turn) => {
      turn?.sent();
      turn?.over();
      if (turn !== null) times.push(performance.now());
    });
  }
  return times;
}

describe('the budget of an observation', () => {
  it('lets four out at once and never more than four in any second', async () => {
    const budget = createBudget();
    const start = performance.now();
    const times = sendAll(budget, 12);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(times.map((at) => Math.round(at - start))).toEqual([
      ...Array<number>(4).fill(0),
      ...Array<number>(4).fill(1010),
      ...Array<number>(4).fill(2020),
    ]);
  });

  it('counts a request until a second after it is over, however long its connection and its answer take', async () => {
    const budget = createBudget({ perSecond: 1 });
    const start = performance.now();
    const slow = await budget.turn(never);
    const second = budget.turn(never).then(() => performance.now() - start);
    await vi.advanceTimersByTimeAsync(2000);
    slow?.sent();
    await vi.advanceTimersByTimeAsync(1000);
    slow?.over();
    await vi.advanceTimersByTimeAsync(3000);
    expect(Math.round(await second)).toBe(4010);
  });

  it('gives no more than its number, and says how many were left out', async () => {
    const budget = createBudget({ requests: 3, perSecond: 100 });
    const times = sendAll(budget, 5);
    await vi.advanceTimersByTimeAsync(0);
    expect(times).toHaveLength(3);
    expect(budget.spent()).toMatchObject({ code: 'not-run' });
    expect(budget.tell()).toEqual({ made: 3, most: 3, leftOut: 2 });
  });

  it('gives back a turn for which no connection came about', async () => {
    const budget = createBudget({ requests: 1 });
    (await budget.turn(never))?.over();
    const again = await budget.turn(never);
    expect(again).not.toBeNull();
    again?.sent();
    again?.over();
    again?.over();
    expect(budget.tell()).toEqual({ made: 1, most: 1, leftOut: 0 });
  });

  it('turns away those that wait when asking is stopped, and keeps the first reason', async () => {
    const budget = createBudget({ perSecond: 1 });
    const first = await budget.turn(never);
    first?.sent();
    first?.over();
    const waits = budget.turn(never);
    budget.stop(blocked);
    budget.stop(failure('timeout', 'later'));
    expect(await waits).toBeNull();
    expect(await budget.turn(never)).toBeNull();
    expect(budget.tell()).toEqual({ made: 1, most: 40, leftOut: 2, stopped: blocked });
  });

  it('turns away one that waits when its signal is aborted, and lets the next in its place', async () => {
    const budget = createBudget({ perSecond: 1, requests: 2 });
    const first = await budget.turn(never);
    first?.sent();
    first?.over();
    const deadline = new AbortController();
    const gone = budget.turn(deadline.signal);
    deadline.abort();
    expect(await gone).toBeNull();
    const next = budget.turn(never);
    await vi.advanceTimersByTimeAsync(1010);
    expect(await next).not.toBeNull();
  });
});
