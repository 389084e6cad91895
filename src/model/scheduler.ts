import type { Problem } from './errors.ts';
import type { Iso } from './observation.ts';

/**
 * What a scheduler is about: `waiting` for what is due; `running`; `off`, for somebody paused or stopped all scanning; `busy`, another
 * process scans in the folder; `error`, and no scan until it is mended.
 */
export const schedulerPhases = ['waiting', 'running', 'off', 'busy', 'error', 'ended'] as const;
export type SchedulerPhase = (typeof schedulerPhases)[number];

/** The scheduler of a store, as it last said; there is one at a time. */
export type SchedulerState = {
  readonly host: string;
  readonly pid: number;
  readonly startedAt: Iso;
  /** Its last sign of life. */
  readonly at: Iso;
  readonly phase: SchedulerPhase;
  readonly zones: readonly string[];
  /** Under way. */
  readonly run?: string;
  /** All of those, where workers are at several. */
  readonly runs?: readonly string[];
  /** For `error`: what is wrong with the inventory or else, ten problems at most. */
  readonly problems?: readonly Problem[];
  /** When it will look again. */
  readonly next?: Iso;
  /** The run that it carried out last, and how that ended. */
  readonly last?: { readonly run: string; readonly endedAt: Iso; readonly state: 'finished' | 'interrupted' };
  /** The clock was set back far behind the newest look, until it comes there again. */
  readonly clockBack?: ClockBack;
};

/** A clock that was set back: which runs were made by the clock before it, and when that was noticed by the clock since. */
export type ClockBack = { readonly at: Iso; readonly newest: Iso; readonly runs: readonly string[] };

/** A scheduler that has not been heard of for so long is not there, in milliseconds. */
export const silentAfterMs = 180_000;
