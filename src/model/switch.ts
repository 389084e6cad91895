import type { Iso } from './observation.ts';

/**
 * Whether scanning goes on: `on`; `paused` nothing new begins and what is under way ends; `stopped` what is under way is
 * stopped too and left to be taken up.
 */
export const switchPositions = ['on', 'paused', 'stopped'] as const;
export type SwitchPosition = (typeof switchPositions)[number];

/** How the switch was last set, by whom and why. */
export type FleetSwitch = {
  readonly position: SwitchPosition;
  readonly at: Iso;
  readonly by: string;
  readonly reason: string;
};
