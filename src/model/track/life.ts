import type { CheckId, Severity } from '../check.ts';
import type { Iso } from '../observation.ts';
import type { TargetKey } from '../target.ts';
import type { PendingRequest } from './answer.ts';
import type { Mark, TrackSettings } from './sighting.ts';
import type { OwnerWord, TrackState } from './state.ts';

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

/** Six "rõ" as somebody wrote them for one finding; `time` is the day asked for by a document. */
export type TaskWords = {
  readonly person?: string;
  readonly work?: string;
  readonly time?: string;
  readonly responsibility?: string;
  readonly product?: string;
  readonly authority?: string;
};

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
  /** The last sighting of each mark that counted; those of a mark whose count began anew are dropped with it. */
  readonly counted?: Readonly<Partial<Record<Mark, { readonly at: Iso; readonly verification?: true }>>>;
  readonly seenAt: Iso;
  readonly failedAt: Iso;
  readonly evidence: string;
  /** First sighting of the trouble it is in, or was in last; first pass of those that closed it. */
  readonly openedAt: Iso;
  readonly passedAt?: Iso;
  readonly word?: {
    readonly word: OwnerWord;
    readonly at: Iso;
    readonly by: string;
    readonly document?: string;
    /** The day of the fix and the sheet it was told in. */
    readonly on?: string;
    readonly sheet?: string;
  };
  /** The last request, until something is said or decided; `pendingRequest` tells whether it still stands. */
  readonly request?: PendingRequest;
  readonly aside?: SetAside;
  /** Waivers of the inventory that have ended for this finding: the same words do not set it aside again. */
  readonly spent: readonly string[];
  readonly words: TaskWords;
  /** Closed troubles that had been confirmed: first fail and first pass of each. */
  readonly mended: readonly { readonly from: Iso; readonly to: Iso }[];
};
