import type { ControlRound } from './control.ts';
import type { Failure } from './failure.ts';
import type { Inventory } from './inventory.ts';
import type { Manner } from './manner.ts';
import type { Iso, Observation } from './observation.ts';
import type { Reference } from './reference.ts';
import type { ResolverCost, ScanCost } from './run.ts';
import type { SwitchPosition } from './switch.ts';
import type { Target } from './target.ts';

/** What looking at targets of a run needs, and nothing of verdicts: the same for all its lanes in one zone. */
export type LookOrder = {
  readonly run: string;
  readonly zone: string;
  readonly manner: Manner;
  /** For a worker of another network: the endpoints of its zone alone and the documents that cover them. */
  readonly inventory: Inventory;
  /** One given since the run began: what its documents do not permit is not asked either. */
  readonly alsoBy?: Inventory;
  /** When the run ends: what was not looked at by then is not. */
  readonly endsAt?: Iso;
  /** A word for what binds the run since it began; as at the centre. */
  readonly bound?: string;
  /** What probes lean on: pages that stand in a site's place. */
  readonly reference: Reference;
};

/** The right to work at one lane of a run until it lapses: `attempt` fences off whoever had it before. */
export type Lease = { readonly run: string; readonly lane: string; readonly job: string; readonly attempt: number };

/** Targets of one address (or one name), done one after the other. */
export type Lane = {
  readonly lease: Lease;
  readonly targets: readonly Target[];
  /** Why a target has no address, by its key. */
  readonly unresolved: Readonly<Record<string, Failure>>;
  /** By what its run is bound too (`LookOrder.bound`): another one, and the order is asked for anew. */
  readonly bound?: string;
};

/** What this session sent to each address so far in a run; the most that it told counts. */
export type LookCosts = {
  readonly costs: readonly ScanCost[];
  readonly resolverCosts: readonly ResolverCost[];
};

/** What the zone's resolver said of the name whose lane it was. */
export type Located = { readonly name: string; readonly addresses: readonly string[] };

/** What one target brought, before it is judged. */
export type LookResult = LookCosts & {
  readonly target: string;
  readonly observations: readonly Observation[];
};

/** What became of a result: kept; there already (delivered twice); refused, because another has the lane now. */
export type Delivered = 'kept' | 'had' | 'fenced';

/** The right to open sockets to one address, for `forMs` from when it was asked; a worker lets go of it when idle. */
export type Hold = { readonly address: string; readonly fence: number; readonly forMs: number };

/** Who may open sockets to an address now, over all workers. */
export type Holds = {
  /** Undefined: another has it; ask again later. */
  readonly take: (address: string) => Promise<Hold | undefined>;
  /** Undefined: it was lost. */
  readonly renew: (hold: Hold) => Promise<Hold | undefined>;
  readonly release: (hold: Hold) => Promise<void>;
};

/** Who works. */
export type WorkerAbout = {
  /** Made anew by each process. */
  readonly session: string;
  readonly zone: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  /** How far its own clock stands behind (positive) or before the desk's; absent: not known yet. */
  readonly clockOffsetMs?: number;
};

/** What a worker asks of whoever hands out work: the store and its queue, or a gateway to them over HTTPS. */
export type Desk = {
  /** Says who works, and learns the time of whoever keeps it. */
  readonly hello: (about: WorkerAbout) => Promise<{ readonly now: Iso }>;
  /** At most so many lanes; none while the switch is not on. */
  readonly take: (atMost: number) => Promise<readonly Lane[]>;
  readonly order: (run: string) => Promise<LookOrder>;
  /** A sign of life for what is under way. `lost`: jobs that another has now. */
  readonly touch: (
    leases: readonly Lease[],
  ) => Promise<{ readonly lost: readonly string[]; readonly now: SwitchPosition }>;
  /**
   * Tells where the name of a lane without an address leads: its targets are targets of those addresses from then on, in lanes that
   * are handed out as any, and the lane has ended. `fenced`: another has it, or it was not asked about that name.
   */
  readonly locate: (lease: Lease, located: Located) => Promise<Delivered>;
  readonly deliver: (lease: Lease, results: readonly LookResult[]) => Promise<readonly Delivered[]>;
  /**
   * Hands over one reading of the zone's own controls. It is known by who delivers it and its `at`: the same twice is `had`, one of a
   * run that is finished `fenced`.
   */
  readonly controls: (run: string, round: ControlRound) => Promise<Delivered>;
  /** What looks that came to nothing have sent: spoilt, stopped, or lost to another. */
  readonly costs: (run: string, costs: LookCosts) => Promise<void>;
  /** The lane is done. */
  readonly finish: (lease: Lease) => Promise<void>;
  /** The lane is given back for another. */
  readonly giveBack: (lease: Lease) => Promise<void>;
  readonly holds: Holds;
  readonly close: () => Promise<void>;
};

/** Whoever hands out work cannot be reached, or can take nothing now: the same may be asked again later. */
export class DeskAway extends Error {
  constructor(detail: string, cause?: unknown) {
    super(`the desk is away: ${detail}`, { cause });
    this.name = 'DeskAway';
  }
}
