import type { SightingInRun } from '../model/track/report-track.ts';
import type { TargetKey } from '../model/target.ts';
import type { ChainHead, HistoryRecord } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { Mark, Sighting } from '../model/track/sighting.ts';
import type { RunGlance } from '../model/track/trend.ts';

/** A record as it stands in the table; what `body` tells is not trusted. */
export type RawRecord = { readonly seq: number; readonly prev: string; readonly hash: string; readonly body: unknown };

/** What is read while nobody else can write. */
export type TrackReader = {
  readonly head: () => Promise<ChainHead>;
  /** Lives of one zone, or of all, by id; of all systems or some. */
  readonly lives: (zone?: string, systems?: readonly string[]) => Promise<readonly Life[]>;
  /** Those whose id begins so. */
  readonly livesBy: (prefix: string) => Promise<readonly Life[]>;
  /** Runs and verifications taken in, oldest first. */
  readonly runs: () => Promise<readonly string[]>;
  /** Records of some findings, oldest first. */
  readonly recordsOf: (findings: readonly string[]) => Promise<readonly RawRecord[]>;
  /** `<system>\n<place>` to the targets it last had. */
  readonly places: (zone: string) => Promise<ReadonlyMap<string, readonly TargetKey[]>>;
};

/** What one change adds, all of it or nothing. */
export type TrackChange = {
  readonly records: readonly HistoryRecord[];
  readonly lives: readonly Life[];
  readonly sightings?: { readonly run: string; readonly seen: readonly Sighting[] };
  readonly places?: { readonly zone: string; readonly known: ReadonlyMap<string, readonly TargetKey[]> };
};

export type TrackStore = TrackReader & {
  /**
   * Lets `work` read the present and say what to add, while every other writer, of this process or another, waits. The
   * records must follow the head that it read, else nothing is written and this throws. `undefined` adds nothing.
   */
  readonly change: (work: (reader: TrackReader) => Promise<TrackChange | undefined>) => Promise<void>;
  /** The whole chain in the order of its numbers, some records at a time. */
  readonly records: (after?: number) => AsyncIterable<readonly RawRecord[]>;
  /** What a run saw, by finding. */
  readonly sightings: (run: string) => Promise<readonly Sighting[]>;
  /** Every run that sightings name. */
  readonly sightingRuns: () => Promise<readonly string[]>;
  /** What was seen of some findings, oldest first. */
  readonly sightingsOf: (findings: readonly string[]) => Promise<readonly SightingInRun[]>;
  /** The marks alone, of some findings or of all, each finding's oldest first: a year of sightings is too much to be read. */
  readonly marks: (findings?: readonly string[]) => Promise<ReadonlyMap<string, readonly Mark[]>>;
  /** The records of runs taken in, oldest first. */
  readonly runRecords: () => Promise<readonly RawRecord[]>;
  /** What was noted of runs for trends, by run; of all or one. */
  readonly glances: (run?: string) => Promise<ReadonlyMap<string, RunGlance>>;
  readonly glanceRuns: () => Promise<readonly string[]>;
  /** Keeps it once; what is there already stays. */
  readonly saveGlance: (run: string, glance: RunGlance) => Promise<void>;
};
