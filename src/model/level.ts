import type { Level, Regime } from './inventory/level-words.ts';
import type { Authority, DossierPart, FactName, Term } from './level-law.ts';
import type { Iso } from './observation.ts';
import type { Message, Text } from './text.ts';

/** True, false, or unknown because a fact is not given (Kleene's three values). */
export type Truth = 'true' | 'false' | 'unknown';

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
