import type { FailureCode } from '../failure.ts';
import type { Iso } from '../observation.ts';

/** What one run saw of a finding; `gone`: what it was about is no longer in the inventory, or no longer has that address. */
export const marks = ['pass', 'fail', 'not-applicable', 'not-observed', 'gone'] as const;
export type Mark = (typeof marks)[number];

/** One finding in one run. */
export type Sighting = {
  readonly finding: string;
  readonly mark: Mark;
  /** The clock of the observation that decided; of the run where there was none. */
  readonly at: Iso;
  /** Fingerprint of the evidence; stands exactly with `fail`. */
  readonly evidence?: string;
  /** Why nothing was seen; `check-retired`: the lawbook has no such check any more. */
  readonly cause?: FailureCode | 'check-retired';
};

/** How many sightings it takes (src/track/settings.ts has the defaults). */
export type TrackSettings = {
  /** Fails that open a finding, or reopen one that was fixed. */
  readonly openAfter: number;
  /** Passes in a row that close one. */
  readonly closeAfter: number;
  /** Runs in a row that saw nothing. */
  readonly unseenAfter: number;
  /**
   * Hours between two sightings of one mark, one of them by a verification, for both to count. Absent in histories from
   * before there were verifications.
   */
  readonly apartHours?: number;
};
