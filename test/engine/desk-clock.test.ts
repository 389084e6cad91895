import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDeskClock } from '../../src/engine/desk-clock.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the desk's clock", () => {
  it('tells the desk’s time, whatever this machine’s own says', async () => {
    const clock = createDeskClock();
    const told = '2026-03-01T00:00:00.000Z';
    clock.set(told, performance.now());
    await sleep(30);
    const passed = Date.parse(clock.now()) - Date.parse(told);
    expect(passed).toBeGreaterThanOrEqual(29);
    // Somebody sets this machine's clock back by two hours.
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now - 7_200_000);
    expect(Date.parse(clock.now()) - Date.parse(told)).toBeLessThan(3_600_000);
    expect(clock.isDoubtful()).toBe(true);
    const setAt = performance.now();
    clock.set('2026-03-01T00:00:01.000Z', setAt);
    expect(clock.isDoubtful()).toBe(false);
    const off = clock.offsetMs() - (Date.parse('2026-03-01T00:00:01.000Z') - Date.now());
    // This machine's clock stands still here, so what passed since is in it too.
    expect(off).toBeLessThan(performance.now() - setAt + 1000);
    expect(off).toBeGreaterThan(-1000);
  });

  it('takes the time told to be that of halfway between question and answer', () => {
    const clock = createDeskClock();
    clock.set(new Date().toISOString(), performance.now() - 4000);
    // Four seconds of waiting: two of them after the time was read.
    expect(Math.abs(clock.offsetMs() - 2000)).toBeLessThan(500);
  });
});
