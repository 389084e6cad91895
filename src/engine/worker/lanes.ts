import type { Lane } from '../../model/desk.ts';
import type { SwitchPosition } from '../../model/switch.ts';
import type { LaneInHand } from './in-hand.ts';
import { createLookers } from './lookers.ts';
import { readAgainAtLast } from './read-controls.ts';
import type { Shift } from './shift.ts';
import { LaneLost, Stopped } from './stopped.ts';
import type { LaneEnd, WorkerOptions, WorkerTally } from './types.ts';
import { workOn, type WorkOnOptions } from './work-on.ts';

export type LanesOptions = {
  readonly looker: WorkerOptions['looker'];
  /** Of the switch. */
  readonly position: () => SwitchPosition;
  readonly goesOn: () => boolean;
  /** A lane failed in a way that the worker cannot go on from. */
  readonly breakBy: (error: unknown) => void;
  /** A lane ended: there is room. */
  readonly ring: () => void;
};

/** Lanes under way side by side, each from its start to its end. */
export type Lanes = {
  readonly start: (lane: Lane) => void;
  /** Of those that are under way when it is asked. */
  readonly allEnded: () => Promise<unknown>;
  readonly tally: WorkerTally;
};

export function createLanes(shift: Shift, { looker, position, goesOn, breakBy, ring }: LanesOptions): Lanes {
  const { desk, events, insist, inHand, farewell } = shift;
  const tally = { done: 0, 'given-back': 0, lost: 0, targets: 0 };
  const running = new Set<Promise<void>>();
  const lookers = createLookers(shift, looker);
  const how: WorkOnOptions = {
    lookers,
    beforeLast: (one, its) => readAgainAtLast(shift, one, its, { position, goesOn, start }),
    kept: () => {
      tally.targets += 1;
    },
  };

  /** A look that was spoilt or stopped has sent something too, and no result tells it. */
  async function tellCosts(run: string): Promise<void> {
    const known = await lookers.known(run);
    if (known === undefined) return;
    const told = { costs: known.costs(), resolverCosts: known.resolverCosts() };
    if (told.costs.length > 0) await insist(() => desk.costs(run, told), farewell);
  }

  function leaveAtFarewell(error: unknown): void {
    if (!farewell.aborted) throw error;
  }

  function start(lane: Lane): void {
    const one = inHand.add(lane);
    const startedAt = performance.now();
    const work = endOf(shift, one, how)
      .then(async (became) => {
        // Told or not, the lane is no longer ours: a desk that stays away until our end is told nothing more.
        if (became !== 'done') await tellCosts(lane.lease.run).catch(leaveAtFarewell);
        tally[became] += 1;
        events.lane?.(became, (performance.now() - startedAt) / 1000, inHand.count() - 1);
      })
      .catch(breakBy)
      .finally(() => {
        inHand.remove(lane);
        running.delete(work);
        ring();
      });
    running.add(work);
  }

  return { start, allEnded: () => Promise.all(running), tally };
}

/** Throws what is neither a stop nor a loss. */
async function endOf(shift: Shift, one: LaneInHand, how: WorkOnOptions): Promise<LaneEnd> {
  const { desk, insist, signal, farewell } = shift;
  const { lease } = one.lane;
  try {
    const became = await workOn(shift, one, how);
    if (became === 'given-back') await insist(() => desk.giveBack(lease), farewell);
    return became;
  } catch (error) {
    const stopped = one.stop.signal.aborted || farewell.aborted || signal.aborted;
    // A lane that came just then waits for a reading that was stopped for all.
    if (!stopped && !(error instanceof Stopped)) throw error;
    if (one.stop.signal.reason instanceof LaneLost) return 'lost';
    // Not heard: the lease ends by itself.
    await desk.giveBack(lease).catch(() => undefined);
    return 'given-back';
  }
}
