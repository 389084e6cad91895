import type { SwitchPosition } from '../../model/switch.ts';
import { pause } from './pause.ts';
import type { Shift } from './shift.ts';
import type { WorkerOptions } from './types.ts';

/** Signs of life, which bring the switch's position and what went to others. */
export type Pulse = {
  /** Says who works, and sets the clock by the answer. */
  readonly greet: () => Promise<void>;
  readonly beatOn: (goesOn: () => boolean) => Promise<void>;
  /** Of the switch, by the newest answer. */
  readonly position: () => SwitchPosition;
};

export function createPulse(
  { desk, events, insist, inHand, signal }: Shift,
  options: Pick<WorkerOptions, 'about' | 'clock' | 'beatMs' | 'helloMs'>,
  ring: () => void,
): Pulse {
  const { about, clock, beatMs = 1000, helloMs = 60_000 } = options;
  let greetedAt = -Infinity;
  let position: SwitchPosition = 'on';

  async function greet(): Promise<void> {
    const askedAt = performance.now();
    const { now } = await desk.hello(about);
    clock.set(now, askedAt);
    await desk.hello({ ...about, clockOffsetMs: clock.offsetMs() });
    greetedAt = performance.now();
  }

  async function beat(): Promise<void> {
    if (performance.now() - greetedAt > helloMs || clock.isDoubtful()) await greet();
    const { lost, now } = await desk.touch(inHand.leases());
    inHand.lose(lost);
    if (now !== position) events.position?.(now);
    position = now;
    if (position === 'stopped') inHand.stopAll('scanning was stopped');
    if (position === 'on') ring();
  }

  async function beatOn(goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      await insist(beat, signal);
      await pause(beatMs, signal);
    }
  }

  return { greet, beatOn, position: () => position };
}
