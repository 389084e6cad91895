import type { CheckId } from './check.ts';
import type { Certainty, Citation } from './citation.ts';
import type { Level, Regime } from './inventory/level-words.ts';
import type { OrganisationKind } from './inventory/organisation.ts';
import type { ReportEvery } from './inventory/tasks.ts';
import type { LayerRules } from './layer-rules.ts';
import type { Text } from './text.ts';

export { certainties } from './citation.ts';
export type { Citation };

/** One thing a framework asks of systems. */
export type Obligation = {
  /** Unique over all frameworks: `<framework>/<noun>`. */
  readonly id: string;
  readonly title: Text;
  /** What is asked, in our words. */
  readonly asks: Text;
  readonly layer?: 1 | 2 | 3 | 4;
  /** Levels it binds, each with its own clause; absent: every system whatever its level. */
  readonly levels?: Readonly<Partial<Record<`${Level}`, string>>>;
  /** Only systems marked trọng yếu. */
  readonly criticalOnly?: boolean;
  readonly cite: Citation;
  /** The text allows another measure of equal effect. */
  readonly equivalentAllowed?: boolean;
  /** Checks whose findings prove or contradict it. */
  readonly checks: readonly CheckId[];
  /** `scan`: findings decide. `claim`: a document is what is asked; findings can only speak against it. */
  readonly proof: 'scan' | 'claim';
  /** What the inventory says that answers it, for proof `claim`; absent: the inventory has no place for it. */
  readonly claim?: ClaimField;
  /** Why a person must look, where no check serves. */
  readonly manual?: Text;
  /** Six "rõ" of a directive's task; a missing one is a defect to show. */
  readonly task?: DirectiveTask;
};

/**
 * What a system can claim: one of the four layers; all four at once; the approval of its level; a level no lower than
 * the facts of its own inventory ask; a quy chế issued no later than that approval; every part of its dossier.
 */
export const claimFields = [
  'layers.1',
  'layers.2',
  'layers.3',
  'layers.4',
  'layers',
  'level',
  'level.facts',
  'level.regulation',
  'level.dossier',
] as const;
export type ClaimField = (typeof claimFields)[number];

/**
 * What the state of a task is computed from. `findings`: weaknesses seen open or mended; `level`: the decision that approves a
 * level; `layers`: attestations of the four layers; `runs`: every system looked at within its interval; `coverage`: a document,
 * with the share of systems looked at beside it; `document`: a document alone; `reports`: documents that come periodically.
 */
export const evidenceRules = ['findings', 'level', 'layers', 'runs', 'coverage', 'document', 'reports'] as const;
export type EvidenceRule = (typeof evidenceRules)[number];

/** How the state of a task is found. */
export type TaskEvidence = {
  readonly rule: EvidenceRule;
  /** What is taken as proof, for the reader. */
  readonly shows: Text;
  /** For `runs`: how often a system of each level is looked at, with the clause that says so. */
  readonly every?: Readonly<Partial<Record<`${Level}`, ReportEvery>>>;
  readonly everyCite?: Citation;
  /** Critical and high findings on the systems of who did it weaken a document that says so, without denying it. */
  readonly weakenedByFindings?: boolean;
};

/** Bodies a task falls on: every organisation of some kinds, and some by name. */
export type Addressees = {
  readonly kinds?: readonly OrganisationKind[];
  /** `also`: other names of the same body that an inventory may use, Vietnamese. */
  readonly named?: readonly { readonly name: Text; readonly also?: readonly string[] }[];
};

/** Parts of the six "rõ" that a directive states apart from its owner, work, time and product. */
export type StatedClear = {
  readonly person?: Text;
  readonly responsibility?: Text;
  readonly authority?: Text;
};

/** A task of a dated directive. */
export type DirectiveTask = {
  /** Short verbatim quote, Vietnamese. */
  readonly quote: string;
  readonly owner: Text;
  readonly product?: Text;
  /**
   * `before`: the day before is the last compliant one, as the text says "trước ngày". `within`: a period in words, with its
   * last day where it has one. `trigger`: an event.
   */
  readonly deadline?:
    { readonly before: string } | { readonly within: Text & { readonly last?: string } } | { readonly trigger: Text };
  readonly periodic?: boolean;
  /** Binds organisations of this province only. */
  readonly province?: string;
  /** Asked of no system: of its addressees, or without any of the province as a whole. */
  readonly provinceWide?: boolean;
  readonly addressees?: Addressees;
  /** Word for word (Vietnamese); what the text does not give stays blank, and a blank is a defect that is shown. */
  readonly clear?: StatedClear;
  /** Layers of the four-layer model that it serves. */
  readonly layers?: readonly (1 | 2 | 3 | 4)[];
  /** Absent in texts stored by older versions: derived from proof, claim and `periodic`. */
  readonly evidence?: TaskEvidence;
};

/** A dated legal text as data. */
export type Framework = {
  readonly id: string;
  readonly kind: 'layers' | 'level-clauses' | 'directive' | 'good-practice';
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
  /** Systems it binds by the law their level was approved under, each within its own days; absent: every system. */
  readonly regimes?: readonly { readonly regime: Regime; readonly from?: string; readonly to?: string }[];
  readonly notes?: Text;
  /** What a layer's attestation must hold and what falls due; for kind `layers`. */
  readonly layerRules?: LayerRules;
  readonly obligations: readonly Obligation[];
};
