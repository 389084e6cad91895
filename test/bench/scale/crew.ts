import type { Ask } from '../country/compare.ts';
import type { Meter } from './window.ts';

/** Those who scan, over one store; started for one column of the table. */
export type Crew = {
  readonly meter: Meter;
  /** Nothing is left to do. */
  readonly over: () => Promise<boolean>;
  readonly ask: Ask;
  /** How long the query behind the overview takes, ms. */
  readonly overview: () => Promise<number>;
  /** Ends the scanners as an operator would. Throws when one had ended by itself before. */
  readonly stop: () => Promise<void>;
};
