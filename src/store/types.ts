import type { Delivered } from '../model/desk.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Check, Outcome } from '../model/check.ts';
import type { FindingAside } from '../model/aside.ts';
import type { DetectionReturn, Sighting } from '../model/detection.ts';
import type { Finding, FindingHead } from '../model/finding.ts';
import type { Framework } from '../model/framework.ts';
import type { Inventory } from '../model/inventory.ts';
import type { LevelBook } from '../model/level-law.ts';
import type { Iso, Kind, Observation } from '../model/observation.ts';
import type { Reference } from '../model/reference.ts';
import type { ResolverCost, Run, ScanCost } from '../model/run.ts';
import type { RunLook, ScanLook } from '../model/scan-look.ts';
import type { Target } from '../model/target.ts';
import type { KnownSoftwareTable } from '../model/vulnerability.ts';
import type { AnswerSheetStore } from './answer-sheets.ts';
import type { CarriedPlanStore } from './carried-plan-types.ts';
import type { ControlStore } from './controls.ts';
import type { AloneSeat, Bond, DispatchStore } from './dispatch-types.ts';
import type { FigureStore } from './figures.ts';
import type { Differing } from './differing.ts';
import type { FindingFilter } from './finding-filter.ts';
import type { FleetStore } from './fleet.ts';
import type { HoldStore } from './holds.ts';
import type { KeptStore } from './kept.ts';
import type { LocatedTarget, Locating } from './locate.ts';
import type { WholeLooksAsked } from './look.ts';
import type { NoticeStore } from './notice-types.ts';
import type { PruneStore } from './pruned.ts';
import type { TrackStore } from './track-types.ts';
import type { WorkerStore } from './workers.ts';

/** What a judgement leans on. */
export type Lawbook = {
  readonly checks: readonly Check[];
  readonly frameworks: readonly Framework[];
  /** Absent in judgements stored before there were laws of levels. */
  readonly levels?: LevelBook;
  readonly reference: Reference;
};

/** A new run with everything it needs to be taken up again by another process. */
export type NewRun = {
  readonly id: string;
  /** Absent: a scan. */
  readonly kind?: Run['kind'];
  readonly tool: string;
  readonly zone: string;
  readonly startedAt: string;
  readonly inventory: Inventory;
  readonly targets: readonly Target[];
  /** Options of the scan, kept for `--resume`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly lawbook: Lawbook;
  /** Its lanes go to workers; who sends them. Absent: this process looks at all of it. */
  readonly starter?: string;
  /** When a run at workers ends, whatever was not looked at by then. */
  readonly endsAt?: Iso;
};

/** What the feeds answered of the software that targets tell, by target. */
export type KnownByTarget = ReadonlyMap<string, KnownSoftwareTable>;

/** All that one target brought, stored in one transaction or not at all. */
export type TargetResult = {
  readonly target: string;
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
  /** Absent: nothing was asked. */
  readonly known?: KnownSoftwareTable;
  /** What this process has sent to each address so far; the most that it told counts. */
  readonly costs: readonly ScanCost[];
  /** What it has asked our own resolvers so far; likewise. */
  readonly resolverCosts: readonly ResolverCost[];
};

/** What was seen and found of some targets. */
export type TargetEvidence = {
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
  readonly known: KnownByTarget;
};

/** A judging of stored observations by one lawbook. */
export type Judgement = { readonly id: number; readonly at: string; readonly lawbook: Lawbook };

export type Store = FleetStore & WorkerStore & HoldStore & DispatchStore & RunStore;

/** Runs, what they saw, and how it was judged. */
type RunStore = {
  readonly createRun: (run: NewRun) => Promise<void>;
  readonly commitTarget: (run: string, session: string, result: TargetResult) => Promise<void>;
  /** Commits results if the bond holds, each once; what they cost is kept in any case, for it was sent. */
  readonly commitLane: (
    run: string,
    session: string,
    results: readonly TargetResult[],
    bond: Bond,
  ) => Promise<readonly Delivered[]>;
  /** Targets whose name has addresses now, if the bond holds: one transaction. */
  readonly locateLane: (run: string, located: readonly LocatedTarget[], locating: Locating) => Promise<Delivered>;
  /**
   * Runs `use` while no other process does it for the same word; undefined when one does. Whoever is silent for `silentMs`
   * (frozen, cut off) loses that right, and can write nothing more with the store that `use` is given: what it asks throws.
   */
  readonly alone: <T>(
    word: string,
    silentMs: number,
    use: (store: Store, seat: AloneSeat) => Promise<T>,
  ) => Promise<T | undefined>;
  readonly finishRun: (run: string, state: 'finished' | 'interrupted', at: string) => Promise<void>;
  readonly reopenRun: (run: string) => Promise<void>;
  /** Puts findings in the place of those of the same target and check. */
  readonly replaceFindings: (judgement: number, findings: readonly Finding[]) => Promise<void>;
  /** Puts assessments in the place of a judgement's, with what set fails aside for them. */
  readonly saveAssessments: (
    judgement: number,
    assessments: readonly Assessment[],
    asides?: readonly FindingAside[],
  ) => Promise<void>;
  readonly addJudgement: (
    run: string,
    at: string,
    lawbook: Lawbook,
    findings: readonly Finding[],
    assessments: readonly Assessment[],
    known?: KnownByTarget,
    asides?: readonly FindingAside[],
  ) => Promise<number>;
  /** Scans, newest first. Partial runs and verifications are not among them, so that none is taken for a look at everything. */
  readonly runs: () => Promise<readonly Run[]>;
  /** Looks at everything of some systems, newest first. */
  readonly partials: () => Promise<readonly Run[]>;
  /** Newest first. */
  readonly verifications: () => Promise<readonly Run[]>;
  /** A run of whatever kind. */
  readonly run: (id: string) => Promise<Run | undefined>;
  readonly settings: (run: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly inventory: (run: string) => Promise<Inventory>;
  readonly targets: (run: string, state?: 'waiting' | 'done', system?: string) => Promise<readonly Target[]>;
  readonly observations: (run: string) => Promise<readonly Observation[]>;
  /** Those of one kind, some targets at a time, in the order of their keys: a run may hold more than fits in memory. */
  readonly observationPages: (run: string, kind: Kind) => AsyncIterable<readonly Observation[]>;
  /** Of some targets, in the order of target and kind or check: for who goes through a run system by system. */
  readonly targetEvidence: (run: string, judgement: number, targets: readonly string[]) => Promise<TargetEvidence>;
  readonly assessmentsOf: (judgement: number, system: string) => Promise<readonly Assessment[]>;
  /** When each system was last seen at all, by any scan or partial run, up to an instant. */
  readonly lastSeen: (until: Iso) => Promise<ReadonlyMap<string, Iso>>;
  /** The latest judgement, or the one asked for. */
  readonly judgement: (run: string, id?: number) => Promise<Judgement>;
  /** In the order of system, target and check. */
  readonly findings: (judgement: number, only?: FindingFilter) => Promise<readonly Finding[]>;
  /** The same in the same order without what decided: what assessments of a whole province go by. */
  readonly findingHeads: (judgement: number, only?: FindingFilter) => Promise<readonly FindingHead[]>;
  /** Of two judgements by one reading, what the second tells otherwise than the first, with what that was; more may be among it. */
  readonly differing: (before: number, after: number) => Promise<Differing>;
  /** How many there are of each outcome. */
  readonly outcomes: (judgement: number, only?: FindingFilter) => Promise<Readonly<Record<Outcome, number>>>;
  /** In the order of system and obligation; of all obligations, or some. */
  readonly assessments: (judgement: number, obligations?: readonly string[]) => Promise<readonly Assessment[]>;
  /** The latest judgement with how much stands under it: what is read of a run is the same while this is. */
  readonly judgementSize: (run: string) => Promise<Readonly<Record<string, string | number | null>>>;
  /** What set fails aside when a judgement was assessed; undefined where that was not kept yet. */
  readonly asides: (judgement: number) => Promise<readonly FindingAside[] | undefined>;
  /** What the feeds answered when a judgement was made. */
  readonly known: (judgement: number) => Promise<KnownByTarget>;
  readonly costs: (run: string) => Promise<readonly ScanCost[]>;
  readonly resolverCosts: (run: string) => Promise<readonly ResolverCost[]>;
  /** What one run saw of each system that it planned to look at, nothing included. */
  readonly runLooks: (run: string) => Promise<readonly RunLook[]>;
  /** What each finished scan or partial run that began no later than `until` saw of each system, or of some. */
  readonly scanLooks: (until: string, systems?: readonly string[]) => Promise<readonly ScanLook[]>;
  /** Of these, what a text's interval is counted from: of each system the latest that saw something of every target, before an instant. */
  readonly wholeLooks: (asked: WholeLooksAsked) => Promise<readonly ScanLook[]>;
  /**
   * Keeps what a centre returned about some runs, all of it or nothing. What was said before, or returned before by the
   * same file and centre, is not kept twice; gives how many sightings were new.
   */
  readonly addReturns: (returns: readonly DetectionReturn[], sightings: readonly Sighting[]) => Promise<number>;
  readonly detectionReturns: (run: string) => Promise<readonly DetectionReturn[]>;
  readonly sightings: (run: string) => Promise<readonly Sighting[]>;
  /** The life of findings. */
  readonly track: TrackStore;
  /** What was worked out of a run. */
  readonly kept: KeptStore;
  readonly answerSheets: AnswerSheetStore;
  readonly controls: ControlStore;
  /** Counts and times for whoever keeps watch. */
  readonly figures: FigureStore;
  /** Removal of raw observations that a rule of retention lets go. */
  readonly prune: PruneStore;
  /** Plans carried by hand. */
  readonly carriedPlans: CarriedPlanStore;
  /** What owners were told. */
  readonly notices: NoticeStore;
  readonly close: () => Promise<void>;
};
