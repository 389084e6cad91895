import { DeskAway, type Lane } from '../../model/desk.ts';
import type { SwitchPosition } from '../../model/switch.ts';
import type { LaneInHand } from './in-hand.ts';
import type { Shift } from './shift.ts';
import type { LaneLooker } from './types.ts';

export type ReadAgainOptions = {
  /** Of the switch. */
  readonly position: () => SwitchPosition;
  /** The worker neither ends nor broke: a lane begun later would be waited for by nobody. */
  readonly goesOn: () => boolean;
  readonly start: (lane: Lane) => void;
};

/** Reads the controls of the zone, where it has any, and hands over what they said. Throws the reason of who stops readings. */
export async function readControls(
  { desk, insist, inHand, signal, farewell }: Shift,
  run: string,
  looker: LaneLooker,
): Promise<void> {
  const round = await looker.controls(AbortSignal.any([signal, inHand.readings()]));
  if (round !== undefined) await insist(() => desk.controls(run, round), farewell);
}

/**
 * With its last lane in hand of a run a worker reads the controls again, before it delivers the last of what it saw: the run cannot
 * be closed until then. One that dies here leaves the lane to another, who reads them too.
 */
export async function readAgainAtLast(
  shift: Shift,
  one: LaneInHand,
  looker: LaneLooker,
  { position, goesOn, start }: ReadAgainOptions,
): Promise<void> {
  const { desk, inHand } = shift;
  const { run } = one.lane.lease;
  one.looking = false;
  if (inHand.looksAt(run)) return;
  // In the place of the one that ends here. Nobody to be asked: what comes later is read after again.
  const more = position() === 'on' && goesOn() ? await desk.take(1).catch(noneWhenAway) : [];
  for (const lane of more) {
    if (goesOn()) start(lane);
    else await desk.giveBack(lane.lease).catch(() => undefined);
  }
  if (!inHand.looksAt(run)) await readControls(shift, run, looker);
}

function noneWhenAway(error: unknown): readonly Lane[] {
  if (error instanceof DeskAway) return [];
  throw error;
}
