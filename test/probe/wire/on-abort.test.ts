import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../../src/probe/wire/limiter.ts';
import { onAbort } from '../../../src/probe/wire/on-abort.ts';

describe('onAbort', () => {
  it('calls each once, and none that was taken back, not even by another call', () => {
    const stop = new AbortController();
    const called: string[] = [];
    const hear = (name: string) => onAbort(stop.signal, () => void called.push(name));
    hear('first');
    hear('second')();
    const takeThird = onAbort(stop.signal, () => {
      releaseThird();
    });
    const releaseThird = hear('third');
    stop.abort();
    takeThird();
    expect(called).toEqual(['first']);
  });

  it('never calls for a signal that is not there', () => {
    let calls = 0;
    onAbort(undefined, () => {
      calls += 1;
    })();
    expect(calls).toBe(0);
  });
});

it('waiters of an aborted signal leave those of another in the queue', async () => {
  const limiter = createLimiter({ connections: 1, perSecond: 1_000_000 });
  const stop = new AbortController();
  await limiter.enter(undefined);
  // Room comes in the midst of the abort, so that a waiter has its turn before its own call would take it out.
  onAbort(stop.signal, limiter.leave);
  const stopped = [limiter.enter(stop.signal), limiter.enter(stop.signal)].map((turn) =>
    turn.then(
      () => 'had',
      () => 'stopped',
    ),
  );
  const other = limiter.enter(undefined);
  stop.abort(new Error('stopped'));
  expect(await Promise.all(stopped)).toEqual(['had', 'stopped']);
  limiter.leave();
  await other;
});
