import type { Desk } from '../../model/desk.ts';
import type { InHand } from './in-hand.ts';
import type { Insist } from './insist.ts';
import type { WorkerEvents } from './types.ts';

/** What all parts of one worker have in common, from its start to its end. */
export type Shift = {
  readonly desk: Desk;
  readonly events: WorkerEvents;
  readonly insist: Insist;
  readonly inHand: InHand;
  /** Aborted to end: what is under way is given back. */
  readonly signal: AbortSignal;
  /** Aborted a little later: what was not told by then is told nobody (`ending.ts`). */
  readonly farewell: AbortSignal;
};
