import type { LookCosts } from '../model/desk.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Iso } from '../model/observation.ts';
import type { Database } from './tables.ts';

/** Asks the server in its own tongue, for the queue that lies in the same database. */
export type ExecuteSql = (text: string, values?: readonly unknown[]) => Promise<{ readonly rows: unknown[] }>;

/** A run whose lanes go to workers. */
export type Dispatch = {
  readonly run: string;
  readonly zone: string;
  readonly state: Database['dispatch']['state'];
  /** The process that began it, or took it up. */
  readonly starter: string;
  /** Targets that nobody has looked at yet. */
  readonly waiting: number;
  /** Seconds since its starter last gave a sign of life, by the database's clock. */
  readonly silentS: number;
  /** Seconds since its deadline, negative before it; null: it has none. */
  readonly overdueS: number | null;
};

/** A lane in a worker's hands. */
export type LaneTaken = { readonly run: string; readonly lane: string; readonly attempt: number };

/** How a lane was had before it was taken now. */
export type LaneBefore = LaneTaken & {
  /** Workers lost over it so far. */
  readonly losses: number;
  /** Who was lost over it last; absent: nobody. */
  readonly lost?: { readonly session: string; readonly host: string; readonly pid: number };
};

/**
 * What a commit is bound to: whether the lane is still the worker's, asked within the transaction. `ended`: it ended with
 * this very attempt, whose answer the worker did not hear.
 */
export type Bond = {
  readonly held: (execute: ExecuteSql) => Promise<'held' | 'ended' | 'lost'>;
  /** The lane ends with these results. */
  readonly ends?: { readonly lane: string; readonly complete: (execute: ExecuteSql) => Promise<boolean> };
};

/** The right to be alone at something: for whoever writes over other connections too. Asked within their transactions. */
export type AloneSeat = { readonly held: (execute: ExecuteSql) => Promise<'held' | 'lost'> };

/** What binds a run at workers beside what it was begun with: a later inventory, and the time when it ends. */
export type RunBounds = { readonly alsoBy?: Inventory; readonly endsAt?: Iso };

export type DispatchStore = {
  /** Absent of SQLite, which no queue can lie in. */
  readonly executeSql?: ExecuteSql;
  /** Throws UserError where a newer program has changed the tables since this store was opened. */
  readonly refuseNewer: () => Promise<void>;
  /** The server's clock. */
  readonly storeTime: () => Promise<Iso>;
  /** Also a sign of life of whoever sends or waits. */
  readonly setDispatch: (run: string, state: Database['dispatch']['state']) => Promise<void>;
  /** Those not closed, oldest first, or the one asked for. */
  readonly dispatches: (run?: string) => Promise<readonly Dispatch[]>;
  readonly targetCounts: (run: string) => Promise<{ readonly waiting: number; readonly done: number }>;
  /** Waiting targets among those asked for, in their order, as stored. */
  readonly waitingTargets: (run: string, keys: readonly string[]) => Promise<readonly string[]>;
  /** Notes who has lanes now, and tells how they were had before. */
  readonly takeLanes: (worker: string, lanes: readonly LaneTaken[]) => Promise<readonly LaneBefore[]>;
  readonly dropLane: (run: string, lane: string, worker: string) => Promise<void>;
  /** A run that was begun otherwise goes on at workers; nothing where it is so already. */
  readonly addDispatch: (run: string, zone: string, starter: string, bounds?: RunBounds) => Promise<void>;
  /** What was given when the run was begun or taken up last with it: it binds whoever looks, too. */
  readonly bounds: (run: string) => Promise<(RunBounds & { readonly word: string }) | undefined>;
  /** A word for them that changes with them, for each of some runs that has any. */
  readonly boundBy: (runs: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** What a session has sent beside its results. */
  readonly addCosts: (run: string, session: string, costs: LookCosts) => Promise<void>;
  /** Observations of a run that failed by our own fault. */
  readonly bugs: (run: string) => Promise<number>;
  /** Lanes of a run in the hands of workers that are there. */
  readonly lanesUnderWay: (run: string) => Promise<number>;
};
