import type { Lane } from '../../model/desk.ts';
import type { SwitchPosition } from '../../model/switch.ts';
import type { Bell } from './bell.ts';
import type { Ending } from './ending.ts';
import { pause } from './pause.ts';
import type { Shift } from './shift.ts';

export type TakeOnOptions = {
  /** Lanes under way at once. */
  readonly atOnce: number;
  readonly idleMs: number;
  readonly ending: Ending;
  readonly bell: Bell;
  readonly position: () => SwitchPosition;
  readonly start: (lane: Lane) => void;
};

/** Takes lanes on while there is room for some and the switch is on. */
export async function takeOn({ desk, insist, inHand }: Shift, options: TakeOnOptions): Promise<void> {
  const { atOnce, idleMs, bell, position, start } = options;
  const { goesOn, ended, until } = options.ending;
  // So many at least, that a fleet of short lanes does not ask for each one.
  const least = Math.max(1, Math.floor(atOnce / 8));
  while (goesOn()) {
    const free = atOnce - inHand.count();
    if (position() !== 'on' || free < least) {
      await Promise.race([bell.rung(), pause(idleMs, until)]);
      continue;
    }
    const lanes = await insist(() => desk.take(free), until);
    // The beat broke meanwhile: whoever looked at them now would be heard by nobody.
    if (ended.aborted) for (const { lease } of lanes) await desk.giveBack(lease).catch(() => undefined);
    else for (const lane of lanes) start(lane);
    if (lanes.length < free) await pause(idleMs, until);
  }
}
