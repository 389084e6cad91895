import { setTimeout as sleep } from 'node:timers/promises';
import { DeskAway } from '../../model/desk.ts';
import type { WorkerEvents } from './types.ts';

/** Asks until there is an answer; what is no absence is thrown, and so is the reason of `until`. */
export type Insist = <T>(ask: () => Promise<T>, until: AbortSignal) => Promise<T>;

/** One for all questions of a worker: the desk is away once, however many wait for it, and back with the first answer. */
export function createInsist(events: Pick<WorkerEvents, 'away' | 'back'>): Insist {
  let awaySince: number | undefined;
  return async (ask, until) => {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await ask();
        if (awaySince !== undefined) events.back?.(Math.round((performance.now() - awaySince) / 1000));
        awaySince = undefined;
        return answer;
      } catch (error) {
        if (!(error instanceof DeskAway)) throw error;
        if (awaySince === undefined) {
          awaySince = performance.now();
          events.away?.(error.message);
        }
        until.throwIfAborted();
        // Many workers come back at once: each in its own time.
        await sleep(Math.min(5000, 250 * 2 ** tries) * (0.5 + Math.random() / 2), undefined, { signal: until });
      }
    }
  };
}
