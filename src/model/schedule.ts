import type { Severity } from './check.ts';
import type { Citation } from './citation.ts';
import type { OfficialDocument } from './inventory/common.ts';
import type { Level } from './inventory/level-words.ts';
import type { Iso } from './observation.ts';
import type { TargetKey } from './target.ts';

/** Why a system is looked at again; each is a sentence of the catalogue, `schedule.because-<kind>`. */
export const turnReasons = [
  'never-looked',
  'unseen',
  'left',
  'claimed-fixed',
  'severity',
  'quiet',
  'interval',
  'directive',
] as const;

/** One reason and the day it falls due, `YYYY-MM-DD` in Viet Nam. */
export type TurnReason = {
  readonly kind: (typeof turnReasons)[number];
  readonly on: string;
  /** For `left`: targets that the last look had to leave, for their hour was over. */
  readonly targets?: number;
  /** For `severity`: the gravest that is open. */
  readonly severity?: Severity;
  /** For `interval` and `directive`: the text. */
  readonly cite?: Citation;
  /** For `interval`: months between two; `binding` false: the text binds this system only later. */
  readonly months?: number;
  readonly binding?: boolean;
  /** For `directive`: id of the task, and its last compliant day. */
  readonly task?: string;
  readonly last?: string;
};

/** Why a system that is due is not looked at; the first words are those of a refusal of the scope. `due`: nothing stands in the way. */
export type TurnHold = 'due' | 'blackout' | 'outside-hours' | 'not-yet' | 'expired' | 'no-document' | 'no-endpoint';

/** Days of coverage debt, and those of them that are owed to blackouts. */
export type Debt = { readonly days: number; readonly blackoutDays: number };

/** When one system is looked at next from one zone, and why. */
export type Turn = {
  readonly system: string;
  readonly level: Level | null;
  /** The latest observation, and how much that run saw of what it planned. */
  readonly last: { readonly at: Iso; readonly seen: number; readonly needed: number } | null;
  /** In the order of their days: the first decides. */
  readonly because: readonly [TurnReason, ...TurnReason[]];
  /** The first time from the due day on (or from now) at which a document lets one of its endpoints be asked. */
  readonly next: { readonly from: Iso; readonly document: OfficialDocument } | null;
  /** For a system that is due. */
  readonly hold: TurnHold | null;
  /** Coverage debt: whole days past the due day. */
  readonly debtDays: number;
  /** The same, and how many of those days a blackout took, which without one had an hour to look in. */
  readonly debt: Debt;
  /** Where nothing is due but what the last look had to leave: those targets. Empty: the whole system. */
  readonly left: readonly TargetKey[];
  /** Endpoints of this zone, and those that no document ever lets be asked from it again. */
  readonly endpoints: number;
  readonly closed: number;
};

/** What runs when, on a day. */
export type Schedule = {
  readonly zone: string;
  readonly at: Iso;
  readonly day: string;
  /** Those due first come first. Systems that are never looked at are not among them, only counted. */
  readonly turns: readonly Turn[];
  readonly excludedSystems: number;
  /** Over all turns; `systems`: how many owe any. */
  readonly debt: Debt & { readonly systems: number };
  /** The next times at which something may be looked at that is due by then, soonest first, ten at most. */
  readonly wakeUps: readonly { readonly at: Iso; readonly systems: number }[];
};
