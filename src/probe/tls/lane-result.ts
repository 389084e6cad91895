import type { Answer } from './answer.ts';
import type { Enumeration } from './enumerate.ts';
import type { Lane, NoAnswer } from './lane.ts';
import type { Opening } from './opening.ts';

/** One version, looked at to its end. */
export type LaneResult = {
  readonly lane: Lane;
  readonly opening: Opening;
  /** The answer to the offer turned round, asked side by side with the first where limits are wide. */
  readonly ahead?: Promise<Answer | NoAnswer>;
  readonly enumeration?: Enumeration;
};
