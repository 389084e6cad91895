import type { Certainty } from './citation.ts';
import type { Framework } from './framework.ts';
import type { Level, Regime } from './inventory/level-words.ts';
import type { Text } from './text.ts';

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
  readonly instrument: Framework['instrument'];
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
