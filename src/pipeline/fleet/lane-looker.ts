import type { DeskClock } from '../../engine/desk-clock.ts';
import type { LaneLooker } from '../../engine/worker/types.ts';
import type { LookOrder } from '../../model/desk.ts';
import { FailureError } from '../../model/failure.ts';
import type { Fingerprints } from '../../model/software/fingerprints.ts';
import type { HoldKeeper } from '../../probe/wire/hold-keeper.ts';
import { lookAtControls } from '../control-looks.ts';
import { createLooker } from '../look.ts';

export type LaneLookerOptions = {
  readonly clock: DeskClock;
  readonly keeper: HoldKeeper;
  /** Controls under way at once. */
  readonly atOnce: number;
  /** The worker's end. */
  readonly signal: AbortSignal;
  /** Names are looked up by the order's own resolvers; absent: where those were named, else by this machine. */
  readonly byResolvers?: boolean;
  readonly targetDeadlineMs?: number;
  readonly fingerprints?: Fingerprints;
};

/** Looks at targets of one run for a worker: by the desk's clock, and at nothing that another worker is at. */
export function createLaneLooker(order: LookOrder, options: LaneLookerOptions): LaneLooker {
  const { clock, keeper, atOnce, ...rest } = options;
  const holds = keeper.forWire();
  let bound = order;
  const contacted = new Map<string, Set<string>>();
  const looker = createLooker(order, {
    ...rest,
    unresolved: new Map(),
    holds,
    now: clock.now,
    contacts: ({ key }, address) => contacted.get(key)?.add(address),
  });
  return {
    ready: async (address, signal) => {
      try {
        (await holds.enter(address, signal)).leave();
        return true;
      } catch (error) {
        if (error instanceof FailureError) return false;
        throw error;
      }
    },
    look: async (target, signal, unresolved) => {
      const since = performance.now();
      const addresses = new Set<string>();
      contacted.set(target.key, addresses);
      try {
        const how = { signal, unresolved: new Map(Object.entries(unresolved)) };
        const observations = await looker.look(target, how);
        const spoilt = [...addresses].some((address) => keeper.lostSince(address, since));
        return spoilt ? undefined : observations;
      } finally {
        contacted.delete(target.key);
      }
    },
    lookUp: looker.lookUp,
    // On a wire of its own, so that the cost stands apart.
    controls: (signal) => lookAtControls(bound, { ...rest, signal, atOnce, holds: keeper.forWire(), now: clock.now }),
    bound: () => bound.bound,
    bindBy: (anew) => {
      bound = anew;
      looker.bindBy(anew);
    },
    costs: looker.costs,
    resolverCosts: looker.resolverCosts,
  };
}
