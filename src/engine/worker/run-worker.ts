import { createBell } from './bell.ts';
import { createEnding } from './ending.ts';
import { createInHand } from './in-hand.ts';
import { createInsist } from './insist.ts';
import { createLanes } from './lanes.ts';
import { createPulse } from './pulse.ts';
import type { Shift } from './shift.ts';
import { takeOn } from './take-on.ts';
import type { WorkerEvents, WorkerOptions, WorkerTally } from './types.ts';

/**
 * Takes lanes, looks at their targets and delivers what that brings, until the signal aborts. One loop for every desk: the store
 * itself, and a gateway to it. What a desk that is away cannot take is kept and delivered when it is back.
 */
export async function runWorker(options: WorkerOptions, events: WorkerEvents = {}): Promise<WorkerTally> {
  const { desk, atOnce, looker, signal, idleMs = 1000 } = options;
  const insist = createInsist(events);
  const inHand = createInHand();
  const bell = createBell();
  const ending = createEnding(signal, { stopAll: inHand.stopAll, ring: bell.ring });
  const shift: Shift = { desk, events, insist, inHand, signal, farewell: ending.farewell };
  const { greet, beatOn, position } = createPulse(shift, options, bell.ring);
  const { goesOn, breakBy } = ending;
  const lanes = createLanes(shift, { looker, position, goesOn, breakBy, ring: bell.ring });
  try {
    await insist(greet, signal);
    const loops = [beatOn(goesOn), takeOn(shift, { atOnce, idleMs, ending, bell, position, start: lanes.start })];
    await Promise.all(loops.map((loop) => loop.catch(ending.endBoth)));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    inHand.stopAll('the worker ends');
    await lanes.allEnded();
    ending.close();
    await desk.close();
  }
  ending.throwBroken();
  return lanes.tally;
}
