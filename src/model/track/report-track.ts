import type { HistoryRecord } from './history.ts';
import type { Sighting } from './sighting.ts';
import type { Tally } from './tally.ts';
import type { Task } from './task.ts';
import type { TrackedFinding } from './tracked.ts';
import type { Trend } from './trend.ts';

/** One sighting with the run that made it. */
export type SightingInRun = Sighting & { readonly run: string };

/** The life of findings as a report shows it: of the run's zone, as it stood when that run had been taken in. */
export type ReportTrack = {
  /** The day of the run in Viet Nam, `YYYY-MM-DD`; ages and delays are counted to it. */
  readonly day: string;
  /** By id, in a stable order. What may not be looked at (excluded, state secrets) is not among them. */
  readonly findings: readonly TrackedFinding[];
  readonly tasks: readonly Task[];
  readonly tally: Tally;
  /** What the runs up to this one saw, by finding, oldest first. */
  readonly strips: ReadonlyMap<string, readonly SightingInRun[]>;
  /** What was said and concluded, by finding, oldest first. */
  readonly history: ReadonlyMap<string, readonly HistoryRecord[]>;
  /** Run by run up to this one; absent in data from before there were trends. */
  readonly trend?: Trend;
};
