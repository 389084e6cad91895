import type { Lane } from '../../model/desk.ts';
import { nameToLocate } from '../../model/target.ts';
import type { LaneInHand } from './in-hand.ts';
import type { Shift } from './shift.ts';
import type { LaneEnd, LaneLooker } from './types.ts';

/** Looks the name of a lane up that has no address. Where it has some, who hands lanes out is told; else why it has none. */
export async function locateName(
  { desk, events, insist }: Shift,
  { lane, stop }: LaneInHand,
  looker: LaneLooker,
): Promise<LaneEnd | { readonly unresolved: Lane['unresolved'] }> {
  const { lease, targets, unresolved } = lane;
  const [name] = targets.flatMap((target) => nameToLocate(target) ?? []);
  if (name === undefined) return { unresolved };
  const answer = await looker.lookUp(name, stop.signal);
  if (!answer.ok) return { unresolved: Object.fromEntries(targets.map(({ key }) => [key, answer.failure])) };
  const { addresses } = answer;
  const became = await insist(() => desk.locate(lease, { name, addresses }), stop.signal);
  events.located?.(name, addresses);
  return became === 'fenced' ? 'lost' : 'done';
}
