import type { Certainty } from './citation.ts';
import type { Level, Regime } from './inventory/classification.ts';
import type { Iso } from './observation.ts';
import type { Message, Text } from './text.ts';

/** A name of a fact, dotted where it lies deeper: `type`, `risk.level`. */
export type FactName = string;
export type FactValue = string | number | boolean | readonly string[];

/** One comparison of one fact. Ordered words (scope, grade, harm) compare by their order, numbers by size. */
export type FactTest = { readonly fact: FactName } & (
  | { readonly equals: string | number | boolean }
  | { readonly oneOf: readonly (string | number)[] }
  | { readonly atLeast: string | number }
  | { readonly below: string | number }
  /** The list holds one of these. */
  | { readonly includes: readonly string[] }
  /** The list holds none of these. */
  | { readonly excludes: readonly string[] }
  /** The list is not empty and holds nothing else. */
  | { readonly only: readonly string[] }
);
export type Condition = FactTest | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] };

/** True, false, or unknown because a fact is not given (Kleene's three values). */
export type Truth = 'true' | 'false' | 'unknown';

/** One limb of the criteria of one level. */
export type Limb = {
  readonly level: Level;
  /** `Đ13.2.c`; two limbs of one clause share it. */
  readonly article: string;
  readonly text: Text;
  readonly when: Condition;
  /** What a fact is taken for while it is not given, because the level holds either way; always told. */
  readonly presumes?: readonly { readonly fact: FactName; readonly value: boolean; readonly because: Text }[];
};

/** Who acts on a dossier; each has a name in the law's words. */
export const authorities = ['specialised-unit', 'owner', 'ministry', 'defence', 'cipher', 'prime-minister'] as const;
export type Authority = (typeof authorities)[number];

/** One part of a dossier: a key of `classification.documents`, or the opinion of the appraisal. */
export const dossierParts = [
  'description',
  'design',
  'levelReasons',
  'plan',
  'expertOpinion',
  'riskReport',
  'appraisal',
] as const;
export type DossierPart = (typeof dossierParts)[number];

/** A term that the law sets: from an event of the dossier, so many days. */
export const terms = ['reply', 'appraisal', 'approval'] as const;
export type Term = (typeof terms)[number];
export type TermRule = {
  readonly term: Term;
  readonly levels: readonly Level[];
  readonly days: number;
  readonly unit: 'working-days' | 'days';
  readonly article: string;
};

/** How a system proposed at some levels is appraised and approved. */
export type Procedure = {
  readonly levels: readonly Level[];
  readonly appraiser: Authority;
  readonly approver: Authority;
  readonly appraisedBy: string;
  readonly approvedBy: string;
  /** Numbers of the forms, with what each is. */
  readonly forms: readonly { readonly number: string; readonly text: Text }[];
  readonly note?: Text;
};

/** The law of levels as data: `checks/frameworks/levels/*.yaml`. */
export type LevelLaw = {
  readonly id: string;
  readonly regime: Regime;
  readonly title: Text;
  readonly instrument: {
    readonly number: string;
    readonly issued?: string;
    readonly issuer: Text;
    readonly source: string;
    readonly certainty: Certainty;
    readonly readOn: string;
  };
  readonly inForce: { readonly from: string; readonly to?: string };
  /** The rule that the highest level wins. */
  readonly highest: { readonly article: string; readonly text: Text };
  readonly limbs: readonly Limb[];
  readonly authorities: Readonly<Partial<Record<Authority, Text>>>;
  readonly procedures: readonly Procedure[];
  /** Systems listed as important to national security follow the procedure of this level from there on. */
  readonly listed?: { readonly follows: Level; readonly article: string };
  /** Articles by which systems of the army, or of cipher, are appraised from some levels on by their own. */
  readonly ownFields?: { readonly from: Level; readonly defence?: string; readonly cipher?: string };
  readonly terms: readonly TermRule[];
  readonly dossier: readonly {
    readonly part: DossierPart;
    readonly levels: readonly Level[];
    readonly article: string;
  }[];
  /** The unit in charge that also operates may not appraise alone. */
  readonly independence?: { readonly article: string; readonly text: Text };
  /** An assessor is independent of the operator; from some level on one that is licensed. */
  readonly assessor?: { readonly article: string; readonly licensedFrom: Level };
  /** The cybersecurity regulation is issued before the approval; asked of decisions from a day on. */
  readonly regulationBefore?: { readonly article: string; readonly from?: string };
  /** What the change of law leaves. */
  readonly transition?: {
    readonly from: string;
    readonly kept: { readonly article: string; readonly measuresBy: string; readonly text: Text };
    readonly building: {
      readonly article: string;
      readonly approvalBy: string;
      readonly measuresBy: string;
      readonly text: Text;
    };
  };
  readonly notes?: Text;
};

/** Days off of one year: `checks/frameworks/calendar/*.yaml`. */
export type Calendar = {
  readonly year: number;
  readonly source: string;
  readonly readOn: string;
  readonly off: readonly {
    readonly day: string;
    readonly name: Text;
    readonly basis: string;
    readonly certainty: Certainty;
  }[];
  /** Saturdays and Sundays that are worked in exchange. */
  readonly worked?: readonly { readonly day: string; readonly basis: string; readonly certainty: Certainty }[];
  readonly notes?: Text;
};

/** Everything that levels are reckoned by. */
export type LevelBook = { readonly laws: readonly LevelLaw[]; readonly calendars: readonly Calendar[] };

/** A limb that could not be told, and the facts that are missing. */
export type Undecided = {
  readonly level: Level;
  readonly article: string;
  readonly text: Text;
  readonly missing: readonly FactName[];
};

/** The level that one law asks of a system's facts. `level` is null when no limb is known to be true. */
export type LevelAnswer = {
  readonly regime: Regime;
  readonly law: string;
  readonly level: Level | null;
  readonly article: string | null;
  readonly limb: Text | null;
  /** Other limbs that hold at the same level. */
  readonly also: readonly string[];
  readonly presumed: readonly { readonly fact: FactName; readonly value: boolean; readonly because: Text }[];
  /** Limbs of a higher level that a missing fact leaves open: they could raise the level. */
  readonly undecided: readonly Undecided[];
};

/** An authority for one system: in the law's words, with the organisation of the inventory where that is known. */
export type Acting = {
  readonly authority: Authority;
  readonly name: Text;
  readonly article: string;
  readonly organisation?: string;
};

/** A term, and where it stands for this system. */
export type LevelDeadline = {
  readonly term: Term;
  readonly days: number;
  readonly unit: 'working-days' | 'days';
  readonly article: string;
  /** Day it runs from; absent while the event has not come. */
  readonly from?: string;
  readonly due?: string;
  /** A year whose days off are not in the calendar: the due day cannot be told. */
  readonly noCalendar?: number;
  /** A day off on the way is not certain. */
  readonly uncertain?: true;
  readonly state: 'not-begun' | 'running' | 'done' | 'done-late' | 'overdue' | 'no-calendar';
  readonly doneOn?: string;
  /** Working days late, for `overdue` and `done-late`. */
  readonly late?: number;
};

/**
 * What falls due, earliest first. Without a day it is due at once. `late`: working days past it; absent where the calendar
 * of a year is missing.
 */
export type Due = {
  readonly what: Message;
  readonly article: string;
  readonly due?: string;
  readonly overdue: boolean;
  readonly late?: number;
};

export const weights = ['critical', 'high', 'medium', 'low'] as const;
export type Weight = (typeof weights)[number];

/** An inconsistency of the inventory's own data on a level. */
export type LevelDefect = {
  readonly id: string;
  readonly weight: Weight;
  readonly what: Message;
  readonly article?: string;
};

/** Something observed that disputes a declared fact: a question to the owner, never a verdict. */
export type LevelQuestion = {
  readonly id: string;
  readonly fact: FactName;
  readonly what: Message;
  readonly target: string;
  readonly at: Iso;
  /** What was seen, in the target's own words, cut; nothing in it is trusted. */
  readonly quote: string;
};

/** State that the tool tells beside the official one; never printed in the official column. */
export const extraStates = ['chua-lap', 'tra-lai-bo-sung', 'phai-xac-dinh-lai'] as const;
export type ExtraState = (typeof extraStates)[number];

/** All that is told of one system's level. */
export type SystemLevel = {
  readonly system: string;
  /** The law it stands under on the day. */
  readonly regime: Regime;
  readonly onDay: string;
  readonly claimed: Level | null;
  /** Answers by regime, the one it stands under first. */
  readonly answers: readonly LevelAnswer[];
  /**
   * Against the answer of its own regime. `below`: claimed lower than asked. `above`: higher than any limb that could
   * hold. `open`: nothing asked is known, or a limb above the claim is undecided at a higher claim.
   */
  readonly agrees: 'yes' | 'below' | 'above' | 'open' | 'not-claimed';
  /** A level approved under the old law that the new criteria would set higher: kept, and shown. */
  readonly kept: boolean;
  readonly appraiser: Acting | null;
  readonly approver: Acting | null;
  /** The unit in charge operates the system: another unit or a council appraises. */
  readonly independence: { readonly article: string; readonly text: Text } | null;
  readonly forms: readonly { readonly number: string; readonly text: Text }[];
  readonly note?: Text;
  readonly deadlines: readonly LevelDeadline[];
  readonly due: readonly Due[];
  /** Words of column 6 of Mẫu 08; null where there is nothing to print. */
  readonly official: string | null;
  readonly extra: ExtraState | null;
  readonly missing: readonly { readonly part: DossierPart; readonly article: string }[];
  readonly defects: readonly LevelDefect[];
  readonly questions: readonly LevelQuestion[];
};
