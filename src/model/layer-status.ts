import type { Coverage } from './assessment.ts';
import type { SystemDetection } from './detection.ts';
import type { Citation } from './citation.ts';
import type { OfficialDocument } from './inventory/common.ts';
import type { Level } from './inventory/level-words.ts';
import type { Text } from './text.ts';
import type { LayerActivity, LayerField, LayerNumber } from './layer-rules.ts';

/** The six words for one layer of one system, weakest claim to strongest denial; `layers.verdict-<word>`. */
export const layerVerdicts = [
  'da-chung-minh',
  'khai-bao-chua-kiem-chung',
  'thieu',
  'mau-thuan',
  'het-han',
  'khong-ap-dung',
] as const;
export type LayerVerdict = (typeof layerVerdicts)[number];

/** Why; each is a sentence of the catalogue, `layers.because-<reason>`. */
export const layerReasons = [
  'not-asked',
  'stopped',
  'claim-missing',
  'claim-says-no',
  'not-independent',
  'required-no',
  'claim-denies-itself',
  'claim-denied',
  'licence-ended-before-report',
  'claim-expired',
  'field-stale',
  'assessment-overdue',
  'fields-missing',
  'claim-undocumented',
  'evidence-older-than-claim',
  'fail-beside-claim',
  'waived',
  'false-positive',
  'not-noticed',
  'nobody-verified',
  'verified',
  'noticed',
] as const;
export type LayerReason = (typeof layerReasons)[number];

/** A field that the layer must have and the claim does not, or one that is too old. */
export type LayerGap = { readonly field: LayerField; readonly cite: Citation };
export type StaleField = LayerGap & { readonly on: string; readonly until: string; readonly days: number };

/** One piece of evidence beside a claim, with both days. */
export type LayerEvidence = {
  readonly kind: 'finding' | 'detection' | 'verification';
  /** `for` supports, `against` denies; `beside` neither: older than the claim, or not spoken of by it. */
  readonly stance: 'for' | 'against' | 'beside';
  /** The evidence's own instant or day. */
  readonly at: string;
  /** Day of what it is held against; null where the claim has no date. */
  readonly claimOn: string | null;
  /** For a finding. */
  readonly check?: string;
  readonly target?: string;
  readonly outcome?: 'pass' | 'fail';
  /** For a verification: who, and the document. */
  readonly by?: string;
  readonly document?: string;
};

/** When something was last done and is due again. Days are those of Viet Nam. */
export type LayerDue = {
  readonly activity: LayerActivity;
  readonly level: Level;
  readonly months: number;
  readonly cite: Citation;
  /** What the text says of its own reach. */
  readonly note?: Text;
  /** False: the text binds later (levels approved under the old law), so an overdue day is no lapse yet. */
  readonly binding: boolean;
  readonly last: string | null;
  readonly next: string | null;
  /** Days past `next`; 0 in time, null when it was never done. */
  readonly overdueDays: number | null;
  /** For a scan of this tool: the run, and how many of the system's targets it saw. */
  readonly run?: { readonly id: string; readonly seen: number; readonly needed: number };
};

/** One of the four layers of one system: the word, why, and claim and evidence with their days. */
export type LayerStatus = {
  readonly system: string;
  readonly layer: LayerNumber;
  readonly verdict: LayerVerdict;
  /** The first decides. */
  readonly because: readonly LayerReason[];
  /** The day that everything is held against. */
  readonly asOf: string;
  readonly claim: {
    readonly says: boolean;
    readonly document: OfficialDocument | null;
    readonly on: string | null;
    readonly until: string | null;
  } | null;
  readonly missing: readonly LayerGap[];
  /** Fields that must be yes and are said to be no. */
  readonly refused: readonly LayerGap[];
  readonly stale: readonly StaleField[];
  readonly evidence: readonly LayerEvidence[];
  readonly coverage: Coverage;
  readonly due: readonly LayerDue[];
  /** The latest detection check, for layers 2 and 4. */
  readonly detection: SystemDetection | null;
};
