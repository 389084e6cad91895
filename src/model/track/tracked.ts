import type { Due } from './due.ts';
import type { Life } from './life.ts';
import type { TrackState } from './state.ts';

/** A finding as it stands on a day. */
export type TrackedFinding = {
  readonly life: Life;
  readonly state: TrackState;
  readonly ageDays: number;
  /** The first day it is due, and every other that a text names. */
  readonly due?: Due;
  readonly otherDue: readonly Due[];
  /** Days of directives that were over before it was first seen. */
  readonly passed: readonly Due[];
  readonly daysLate: number;
  readonly asideUntil?: string;
};
