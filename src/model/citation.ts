/** How sure we are of a legal fact: read in the text itself, in a copy or OCR, in a paraphrase, or inferred by us. */
export const certainties = ['text', 'copy', 'paraphrase', 'inference'] as const;
export type Certainty = (typeof certainties)[number];

/** Where a legal fact stands. */
export type Citation = {
  /** `NĐ 331/2026/NĐ-CP`, `TCVN 14423:2026`. */
  readonly instrument: string;
  /** Article, clause or section. */
  readonly clause?: string;
  readonly certainty: Certainty;
};
