import type { ControlRound } from '../../model/control.ts';
import type { Delivered, Desk, LookOrder, WorkerAbout } from '../../model/desk.ts';
import type { Failure } from '../../model/failure.ts';
import type { Observation } from '../../model/observation.ts';
import type { Resolution } from '../../model/resolver.ts';
import type { ResolverCost, ScanCost } from '../../model/run.ts';
import type { SwitchPosition } from '../../model/switch.ts';
import type { Target } from '../../model/target.ts';
import type { DeskClock } from '../desk-clock.ts';

/** Looks at the targets of one run. */
export type LaneLooker = {
  /** Waits until an address may be contacted by this worker; false: another has it, and goes on having it. */
  readonly ready: (address: string, signal: AbortSignal) => Promise<boolean>;
  /** Undefined: what was seen is spoilt, because the address was lost meanwhile. Throws the signal's reason. */
  readonly look: (
    target: Target,
    signal: AbortSignal,
    unresolved: Readonly<Record<string, Failure>>,
  ) => Promise<readonly Observation[] | undefined>;
  /** Asks the zone's resolver for the addresses of a name. Throws the signal's reason. */
  readonly lookUp: (name: string, signal: AbortSignal) => Promise<Resolution>;
  /** Reads the zone's own controls once; undefined: it has none. Throws the signal's reason. */
  readonly controls: (signal: AbortSignal) => Promise<ControlRound | undefined>;
  /** By what it is bound since its run began (`LookOrder.bound`). */
  readonly bound: () => string | undefined;
  /** The order has come to be bound by another. */
  readonly bindBy: (order: LookOrder) => void;
  readonly costs: () => readonly ScanCost[];
  readonly resolverCosts: () => readonly ResolverCost[];
};

export type WorkerEvents = {
  /** The desk could not be reached; told when that begins. */
  readonly away?: (why: string) => void;
  readonly back?: (seconds: number) => void;
  readonly position?: (position: SwitchPosition) => void;
  /** A lane ended, after so many seconds; `underWay`: those that go on. */
  readonly lane?: (became: LaneEnd, seconds: number, underWay: number) => void;
  readonly delivered?: (became: Delivered) => void;
  /** A name that only the zone could look up. */
  readonly located?: (name: string, addresses: readonly string[]) => void;
};

/** What became of a lane: done; given back for another; lost to another. */
export type LaneEnd = 'done' | 'given-back' | 'lost';

export type WorkerOptions = {
  readonly desk: Desk;
  readonly about: WorkerAbout;
  readonly clock: DeskClock;
  /** Lanes under way at once. */
  readonly atOnce: number;
  readonly looker: (order: LookOrder) => LaneLooker;
  /** Aborted to end: what is under way is given back. */
  readonly signal: AbortSignal;
  /** Between two signs of life, which bring the switch's position. */
  readonly beatMs?: number;
  /** Between two questions for work where there was none. */
  readonly idleMs?: number;
  /** Between two readings of the desk's clock. */
  readonly helloMs?: number;
};

export type WorkerTally = Readonly<Record<LaneEnd | 'targets', number>>;
