import type { Severity } from '../check.ts';
import type { Iso } from '../observation.ts';
import type { Asked, Attachment, FromSheet } from './answer.ts';
import type { Birth, SetAside, TaskWords } from './life.ts';
import type { TrackSettings } from './sighting.ts';
import type { EndReason, OwnerWord, StateReason, TrackState } from './state.ts';

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
  | {
      readonly kind: 'said';
      readonly finding: string;
      readonly word: OwnerWord | 'open';
      readonly note?: string;
      /** The day on which it was mended, by the owner's word. */
      readonly on?: string;
      readonly sheet?: FromSheet;
    }
  | ({ readonly kind: 'asked'; readonly finding: string } & Asked)
  | ({ readonly kind: 'attached'; readonly finding: string; readonly sheet?: FromSheet } & Attachment)
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
  /** Present where it looked again at some findings and at nothing else. */
  readonly verification?: true;
  /** Present where it looked at some systems and at nothing else. */
  readonly partial?: true;
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
