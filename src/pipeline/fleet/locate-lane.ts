import type { LaneQueue } from '../../engine/queue/lane-queue.ts';
import { targetsOf } from '../../inventory/targets.ts';
import type { Delivered, Lease, Located } from '../../model/desk.ts';
import { nameToLocate, type Target } from '../../model/target.ts';
import type { Store } from '../../store/types.ts';
import { laneOf } from '../work.ts';
import { lanesOf } from './dispatch.ts';

export type LocatingLane = { readonly store: Store; readonly queue: LaneQueue; readonly zone: string };

/**
 * Makes targets of the addresses to which the zone's resolver says that the name of a lane leads, in place of those without address,
 * and sends their lanes; the lane ends with that. `targets`: those of the lane, as far as they are at hand.
 */
export async function locateLane(
  { store, queue, zone }: LocatingLane,
  lease: Lease,
  { name, addresses }: Located,
  targets: readonly Target[] | undefined,
): Promise<Delivered> {
  const { run, lane } = lease;
  const own = (targets ?? (await store.targets(run, 'waiting'))).filter(
    (target) => nameToLocate(target) === name && laneOf(target) === lane,
  );
  const located = own.map((old) => ({ key: old.key, targets: targetsAt(old, addresses) }));
  const lanes = lanesOf(
    run,
    located.flatMap((one) => one.targets),
    new Map(),
  ).map((one) => ({ ...one, named: name }));
  return store.locateLane(run, located, {
    // An answer to what was not asked changes nothing.
    held: async (execute) => {
      const had = await queue.holds(zone, lease, execute);
      return had === 'held' && own.length === 0 ? 'lost' : had;
    },
    send: (execute) => queue.send(zone, lanes, execute),
    ends: { lane, complete: (execute) => queue.complete(zone, lease, execute) },
  });
}

/** What a target comes to at these addresses. A list of packages that speaks of an address alone is not among its own. */
function targetsAt(old: Target, addresses: readonly string[]): readonly Target[] {
  const { system, endpoint, kind, port, packages } = old;
  return targetsOf({ id: system }, endpoint, addresses)
    .filter((target) => target.kind === kind && target.port === port)
    .map((target) => (packages === undefined ? target : { ...target, packages }));
}
