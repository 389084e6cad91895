import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { waitAtMost } from '../../../src/probe/wire/wait-at-most.ts';

/** Nothing of this process moves. */
const standStill = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

afterEach(() => {
  vi.useRealTimers();
});

describe('a wait', () => {
  it('is over after its time, once', () => {
    vi.useFakeTimers();
    const over = vi.fn();
    waitAtMost(100, over);
    vi.advanceTimersByTime(99);
    expect(over).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(1000);
    expect(over).toHaveBeenCalledTimes(1);
  });

  it.each([0, 10, 30, 60, 99])('that is ended after %i of 100 ms is never over', (ms) => {
    vi.useFakeTimers();
    const over = vi.fn();
    const stop = waitAtMost(100, over);
    vi.advanceTimersByTime(ms);
    stop();
    vi.advanceTimersByTime(1000);
    expect(over).toHaveBeenCalledTimes(0);
  });

  it('is not over while this process stands still: what came meanwhile is heard first', async () => {
    const over = vi.fn();
    const stop = waitAtMost(1000, over);
    standStill(1200);
    await turn();
    await turn();
    expect(over).toHaveBeenCalledTimes(0);
    stop();
  });
});
