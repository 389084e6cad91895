import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLimiter } from '../../../src/probe/wire/limiter.ts';

describe('limiter of one address', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const clock = () => Date.now();

  it('never has more open at a time than allowed', async () => {
    const limiter = createLimiter({ connections: 2, perSecond: 1000, clock });
    let entered = 0;
    for (let i = 0; i < 5; i += 1) void limiter.enter(undefined).then(() => (entered += 1));
    await vi.advanceTimersByTimeAsync(1000);
    expect(entered).toBe(2);
    limiter.leave();
    await vi.advanceTimersByTimeAsync(1000);
    expect(entered).toBe(3);
  });

  it('spaces openings evenly: ten a second is never ten at once', async () => {
    const limiter = createLimiter({ connections: 64, perSecond: 10, clock });
    const at: number[] = [];
    const start = clock();
    for (let i = 0; i < 21; i += 1) void limiter.enter(undefined).then(() => at.push(clock() - start));
    await vi.advanceTimersByTimeAsync(5000);
    expect(at).toEqual(Array.from({ length: 21 }, (_, i) => i * 100));
    expect(limiter.peakPerSecond()).toBe(10);
  });

  it('halves its room and pace while the address struggles, and gives it back slowly', async () => {
    const limiter = createLimiter({ connections: 4, perSecond: 100, clock });
    for (let i = 0; i < 10; i += 1) limiter.struggling();
    let entered = 0;
    for (let i = 0; i < 4; i += 1) void limiter.enter(undefined).then(() => (entered += 1));
    await vi.advanceTimersByTimeAsync(100);
    expect(entered).toBe(1);
    for (let i = 0; i < 100; i += 1) limiter.well();
    limiter.leave();
    await vi.advanceTimersByTimeAsync(3000);
    expect(entered).toBe(4);
  });

  it('a lease waits until nothing is open and keeps others out', async () => {
    const limiter = createLimiter({ connections: 2, perSecond: 1000, clock });
    const order: string[] = [];
    await limiter.enter(undefined);
    void limiter.enterAll(undefined).then(() => order.push('lease'));
    void limiter.enter(undefined).then(() => order.push('single'));
    await vi.advanceTimersByTimeAsync(100);
    expect(order).toEqual([]);
    limiter.leave();
    await vi.advanceTimersByTimeAsync(100);
    expect(order).toEqual(['lease']);
    limiter.leaveAll();
    await vi.advanceTimersByTimeAsync(100);
    expect(order).toEqual(['lease', 'single']);
  });

  it('forgets a waiter whose signal aborts, and serves the next', async () => {
    const limiter = createLimiter({ connections: 1, perSecond: 1000, clock });
    await limiter.enter(undefined);
    const controller = new AbortController();
    const first = limiter.enter(controller.signal);
    const refused = expect(first).rejects.toThrow('stop');
    let second = false;
    void limiter.enter(undefined).then(() => (second = true));
    controller.abort(new Error('stop'));
    await refused;
    limiter.leave();
    await vi.advanceTimersByTimeAsync(10);
    expect(second).toBe(true);
  });
});
