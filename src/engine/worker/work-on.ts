import type { LookResult } from '../../model/desk.ts';
import type { LaneInHand } from './in-hand.ts';
import { locateName } from './locate-name.ts';
import { lookUnspoilt } from './look-unspoilt.ts';
import type { Lookers } from './lookers.ts';
import type { Shift } from './shift.ts';
import type { LaneEnd, LaneLooker } from './types.ts';

export type WorkOnOptions = {
  readonly lookers: Lookers;
  /** Waited for before the last of a lane is delivered. */
  readonly beforeLast: (one: LaneInHand, looker: LaneLooker) => Promise<void>;
  /** A target was kept. */
  readonly kept: () => void;
};

/** Looks at the targets of a lane, one after the other, and delivers what each brings. Throws where it is stopped. */
export async function workOn(
  shift: Shift,
  one: LaneInHand,
  { lookers, beforeLast, kept }: WorkOnOptions,
): Promise<LaneEnd> {
  const { desk, events, insist, signal, farewell } = shift;
  const { lane, stop } = one;
  const { lease, targets } = lane;
  const looker = await lookers.of(lease.run);
  if (lane.bound !== looker.bound()) looker.bindBy(await insist(() => desk.order(lease.run), signal));
  const located = await locateName(shift, one, looker);
  if (typeof located === 'string') return located;
  const { unresolved } = located;
  const address = targets[0]?.address;
  if (address !== undefined && !(await looker.ready(address, stop.signal))) return 'given-back';
  for (const target of targets) {
    const observations = await lookUnspoilt(looker, target, stop.signal, unresolved);
    if (observations === undefined) return 'given-back';
    if (target === targets.at(-1)) await beforeLast(one, looker);
    const costs = looker.costs();
    const result: LookResult = { target: target.key, observations, costs, resolverCosts: looker.resolverCosts() };
    const [became] = await insist(() => desk.deliver(lease, [result]), farewell);
    if (became !== undefined) events.delivered?.(became);
    if (became === 'fenced') return 'lost';
    if (became === 'kept') kept();
  }
  await insist(() => desk.finish(lease), farewell);
  return 'done';
}
