import type { Enumeration } from './enumerate.ts';
import type { Lane } from './lane.ts';
import type { Opening } from './opening.ts';

/** One version, looked at to its end. */
export type LaneResult = { readonly lane: Lane; readonly opening: Opening; readonly enumeration?: Enumeration };
