import type { CheckId, Severity } from './check.ts';
import type { FailureCode } from './failure.ts';
import type { Iso } from './observation.ts';
import type { TargetKey } from './target.ts';

/** Where a finding stands in its life (src/track/README.md). */
export const trackStates = [
  'new',
  'open',
  'in-progress',
  'claimed-fixed',
  'fixed-verified',
  'reopened',
  'waived',
  'false-positive',
  'gone-with-endpoint',
  'not-seen-lately',
] as const;
export type TrackState = (typeof trackStates)[number];

/** What one run saw of a finding; `gone`: what it was about is no longer in the inventory, or no longer has that address. */
export const marks = ['pass', 'fail', 'not-applicable', 'not-observed', 'gone'] as const;
export type Mark = (typeof marks)[number];

/** One finding in one run. */
export type Sighting = {
  readonly finding: string;
  readonly mark: Mark;
  /** The clock of the observation that decided; of the run where there was none. */
  readonly at: Iso;
  /** Fingerprint of the evidence; stands exactly with `fail`. */
  readonly evidence?: string;
  /** Why nothing was seen; `check-retired`: the lawbook has no such check any more. */
  readonly cause?: FailureCode | 'check-retired';
};

/** How many sightings it takes (src/track/settings.ts has the defaults). */
export type TrackSettings = {
  /** Fails that open a finding, or reopen one that was fixed. */
  readonly openAfter: number;
  /** Passes in a row that close one. */
  readonly closeAfter: number;
  /** Runs in a row that saw nothing. */
  readonly unseenAfter: number;
};

/** Who found what where, when a finding was first seen. */
export type Birth = {
  readonly finding: string;
  readonly zone: string;
  readonly system: string;
  readonly check: CheckId;
  readonly target: TargetKey;
  readonly severity: Severity;
};

export const setAsides = ['waived', 'false-positive'] as const;
export type SetAsideAs = (typeof setAsides)[number];

/** A finding set aside: a risk accepted for a time, or a false alarm. It holds on its last day, not after. */
export type SetAside = {
  readonly as: SetAsideAs;
  readonly reason: string;
  readonly document: string;
  readonly requestedBy: string;
  readonly approvedBy: string;
  /** Days in Viet Nam. */
  readonly from: string;
  readonly until: string;
  /** Fingerprint of the evidence that it was given for. */
  readonly evidence: string;
  /** Hash of the waiver in the inventory that it comes from; absent: it was given by command. */
  readonly inventory?: string;
};

/** What the owner says of a finding. */
export const ownerWords = ['in-progress', 'claimed-fixed'] as const;
export type OwnerWord = (typeof ownerWords)[number];

/** Six "rõ" as somebody wrote them for one finding; `time` is the day asked for by a document. */
export type TaskWords = {
  readonly person?: string;
  readonly work?: string;
  readonly time?: string;
  readonly responsibility?: string;
  readonly product?: string;
  readonly authority?: string;
};

/** Why a state is what it became. */
export type StateReason =
  | 'seen'
  | 'seen-again'
  | 'passed'
  | 'claim-refuted'
  | 'gone'
  | 'not-applicable'
  | 'back'
  | 'unseen'
  | 'said'
  | 'set-aside'
  | 'set-aside-ended';

export type EndReason = 'date' | 'evidence' | 'fixed' | 'withdrawn';

/** What happened. The first group is given, the second follows from it and is written down beside it. */
export type HistoryEvent =
  | ({ readonly kind: 'born'; readonly run: string } & Birth)
  | {
      readonly kind: 'moved';
      readonly finding: string;
      readonly run: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: 'renamed';
      readonly finding: string;
      readonly run: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: 'weighed';
      readonly finding: string;
      readonly run: string;
      readonly from: Severity;
      readonly to: Severity;
    }
  | RunEvent
  | { readonly kind: 'said'; readonly finding: string; readonly word: OwnerWord | 'open'; readonly note?: string }
  | ({ readonly kind: 'set-aside'; readonly finding: string } & SetAside)
  | { readonly kind: 'task'; readonly finding: string; readonly words: TaskWords }
  | DerivedEvent;

/** A run of observations taken in. */
export type RunEvent = {
  readonly kind: 'run';
  readonly run: string;
  readonly zone: string;
  readonly judgement: number;
  readonly checksHash: string;
  readonly settings: TrackSettings;
  readonly sightings: number;
  /** SHA-256 over the sightings, so that they are held by the chain too. */
  readonly digest: string;
};

export type DerivedEvent =
  | {
      readonly kind: 'state';
      readonly finding: string;
      readonly from: TrackState | null;
      readonly to: TrackState;
      readonly because: StateReason;
    }
  | { readonly kind: 'set-aside-ended'; readonly finding: string; readonly because: EndReason; readonly on: string };

/** One record of the history: who, when, by which document, what. */
export type HistoryEntry = {
  readonly at: Iso;
  /** `rasoat` where the program itself concludes. */
  readonly by: string;
  readonly document?: string;
  readonly event: HistoryEvent;
};

/** A record as it stands in the chain: SHA-256 of the hash before it and its own body. */
export type HistoryRecord = HistoryEntry & { readonly seq: number; readonly prev: string; readonly hash: string };

/** The last link. `seq` 0: nothing yet. */
export type ChainHead = { readonly seq: number; readonly hash: string };

/** Everything known of a finding, folded from its history; `state` as of the last event, see `stateOn` for a day. */
export type Life = Omit<Birth, 'finding'> & {
  readonly id: string;
  readonly state: TrackState;
  /** Of the last run that took it in. */
  readonly settings: TrackSettings;
  readonly bornAt: Iso;
  readonly phase: 'watched' | 'confirmed' | 'fixed';
  /** Fails since the last closing, passes and not-applicables in a row, runs in a row that saw nothing. */
  readonly fails: number;
  readonly passes: number;
  readonly absent: number;
  readonly unseen: number;
  readonly gone: boolean;
  /** How often it came back after a proven fix, and how often a claim of a fix was refuted. */
  readonly recurrences: number;
  readonly refuted: number;
  /** Last sighting of whatever kind, last fail or pass, last fail. */
  readonly lastAt: Iso;
  readonly seenAt: Iso;
  readonly failedAt: Iso;
  readonly evidence: string;
  /** First sighting of the trouble it is in, or was in last; first pass of those that closed it. */
  readonly openedAt: Iso;
  readonly passedAt?: Iso;
  readonly word?: { readonly word: OwnerWord; readonly at: Iso; readonly by: string; readonly document?: string };
  readonly aside?: SetAside;
  /** Waivers of the inventory that have ended for this finding: the same words do not set it aside again. */
  readonly spent: readonly string[];
  readonly words: TaskWords;
  /** Closed troubles that had been confirmed: first fail and first pass of each. */
  readonly mended: readonly { readonly from: Iso; readonly to: Iso }[];
};
