import { expect, it } from 'vitest';
import { createDeskClock } from '../../../src/engine/desk-clock.ts';
import { runWorker } from '../../../src/engine/worker/run-worker.ts';
import type { Desk } from '../../../src/model/desk.ts';
import type { Target } from '../../../src/model/target.ts';
import type { FleetLab } from './lab.ts';
import { idleLooker, laneAt, resultsOf, run } from './lanes.ts';

/** A worker ends by an error of its own; what it had goes to others at once. */
export function testBreaking(lab: FleetLab): void {
  const { begin, desk, kinds, strangersDesk } = lab;

  it('begins no lane that comes when it has broken already: it is there for others, and was not lost', async () => {
    await begin();
    const store = strangersDesk();
    const stopped = Promise.withResolvers<undefined>();
    const looked: string[] = [];
    let taken = 0;
    let broken = false;
    const own: Desk = {
      ...store,
      // The second is asked for with the last of the first in hand, and comes when the worker stops what it has.
      take: async (atMost) => {
        const lanes = await store.take(atMost);
        taken += 1;
        if (taken === 2) {
          broken = true;
          await stopped.promise;
        }
        return lanes;
      },
      touch: (leases) => (broken ? Promise.reject(new Error('the beat broke')) : store.touch(leases)),
    };
    const looker = {
      ...idleLooker,
      look: (target: Target, signal: AbortSignal) => {
        looked.push(target.key);
        signal.addEventListener('abort', () => {
          stopped.resolve(undefined);
        });
        const [result] = resultsOf({ targets: [target] });
        return Promise.resolve(result?.observations ?? []);
      },
    };
    const working = runWorker({
      desk: own,
      about: { session: 'breaks', zone: run.zone, host: 'may-1', pid: 1, version: 'rasoat 0' },
      clock: createDeskClock(),
      atOnce: 1,
      signal: new AbortController().signal,
      looker: () => looker,
      beatMs: 20,
    });
    await expect(working).rejects.toThrow('the beat broke');
    expect(taken).toBe(2);
    const first = looked[0]?.replace(/:.*/, '') ?? '';
    expect(new Set(looked.map((key) => key.replace(/:.*/, '')))).toEqual(new Set([first]));
    const rest = await (await desk()).take(10);
    expect(rest.length).toBe(2);
    expect(() => laneAt(rest, first)).toThrow();
    expect(await kinds()).toEqual([]);
  });
}
