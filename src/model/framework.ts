import type { CheckId } from './check.ts';
import type { Certainty, Citation } from './citation.ts';
import type { Level, Regime } from './inventory/classification.ts';
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

/** A task of a dated directive. */
export type DirectiveTask = {
  /** Short verbatim quote, Vietnamese. */
  readonly quote: string;
  readonly owner: Text;
  readonly product?: Text;
  /** `before`: the day before is the last compliant one, as the text says "trước ngày". */
  readonly deadline?: { readonly before: string } | { readonly within: Text } | { readonly trigger: Text };
  readonly periodic?: boolean;
  /** Binds organisations of this province only. */
  readonly province?: string;
  readonly provinceWide?: boolean;
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
