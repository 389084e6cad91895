import type { FeedName } from './feed.ts';
import type { Iso } from './observation.ts';
import type { Run } from './run.ts';
import type { SchedulerState } from './scheduler.ts';
import type { FleetSwitch } from './switch.ts';

export const runKinds = ['scan', 'partial', 'verification'] as const;
export type RunKind = (typeof runKinds)[number];

/** A run that is under way. */
export type RunUnderWay = {
  readonly run: string;
  readonly kind: RunKind;
  readonly zone: string;
  readonly startedAt: Iso;
  readonly waiting: number;
  readonly done: number;
  /** When the newest observation of it was made; absent: nothing was seen yet. */
  readonly lastAt?: Iso;
};

/** What is known of work from one zone. Counts of lanes are absent where one process does everything. */
export type ZoneFigures = {
  readonly zone: string;
  readonly waiting: number;
  readonly done: number;
  readonly lanesQueued?: number;
  readonly lanesActive?: number;
  /** Since when the oldest lane waits. */
  readonly oldestQueued?: Iso;
  /** The newest scan that is finished. */
  readonly lastFinished?: { readonly run: string; readonly startedAt: Iso; readonly endedAt: Iso };
  /** How long each finished scan took, in seconds. */
  readonly durations: readonly number[];
  /** What was sent over all scans. */
  readonly connections: number;
  readonly datagrams: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Observations of the newest scan, by kind and how they ended: `ok` or a failure's code. */
  readonly observations: readonly { readonly kind: string; readonly result: string; readonly count: number }[];
};

/** One worker as it last said of itself. */
export type WorkerFigures = {
  readonly id: string;
  readonly zone: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly state: 'alive' | 'stale';
  readonly seenAt: Iso;
  /** Lanes under way, and targets whose results were kept. */
  readonly lanes: number;
  readonly done: number;
  /** How far its clock is from that of the store, in milliseconds; null: not told. */
  readonly clockMs: number | null;
};

/** How a control target was last read from a zone: rightly, or otherwise than it is. */
export type ControlFigures = {
  readonly zone: string;
  /** What was read: `tls`, `http` ... and over which address family. */
  readonly kind: string;
  readonly family: 4 | 6 | null;
  readonly reading: 'right' | 'misread' | 'unread';
};

export type FeedAge = { readonly feed: FeedName; readonly date: string; readonly limitDays: number };

/** Everything that an operator looks at, at one instant: of zones, counts and times; no host and no system. */
export type FleetFigures = {
  readonly at: Iso;
  /** Undefined: it was never set, so it is on. */
  readonly switch?: FleetSwitch;
  readonly runs: readonly {
    readonly kind: RunKind;
    readonly state: Run['state'];
    readonly count: number;
  }[];
  readonly underWay: readonly RunUnderWay[];
  readonly zones: readonly ZoneFigures[];
  /** As the scheduler last said of itself; absent: there never was one. */
  readonly scheduler?: SchedulerState;
  /** Absent: one machine without workers. */
  readonly workers?: readonly WorkerFigures[];
  readonly controls: readonly ControlFigures[];
  readonly feeds: readonly FeedAge[];
  /** Systems past their day and the days they are past it, by zone; absent: nothing was ever planned. */
  readonly debt?: readonly { readonly zone: string; readonly systems: number; readonly days: number }[];
  readonly store: {
    readonly engine: 'sqlite' | 'postgres';
    readonly bytes: number;
    /** Free on the disk of the output folder. */
    readonly freeBytes: number;
    /** Finished scans whose raw observations were removed. */
    readonly prunedRuns: number;
  };
  readonly lastBackup?: Iso;
};
