import type { Iso } from './observation.ts';

/** house.md, "Outcomes, folded". */
export const verdicts = ['met', 'not-met', 'contradicted', 'unproven', 'manual', 'not-applicable'] as const;
export type Verdict = (typeof verdicts)[number];

/** How much of what was needed was seen. A total is never shown without one. */
export type Coverage = { readonly seen: number; readonly needed: number };

/** What an owner says, with its document. */
export type Claim = {
  readonly says: boolean;
  /** Date of the document or of the claim, `YYYY-MM-DD`. */
  readonly on?: string;
  readonly document?: string;
  /** Last day on which the claim holds. */
  readonly until?: string;
};

/** One obligation for one system: claim and evidence side by side, each with its date. */
export type Assessment = {
  readonly system: string;
  readonly framework: string;
  readonly obligation: string;
  readonly verdict: Verdict;
  /** Clause that binds this system at its level. */
  readonly clause?: string;
  readonly claim?: Claim;
  /** Keys of the findings behind it, `<check> <target>`. */
  readonly findings: readonly { readonly check: string; readonly target: string }[];
  readonly coverage: Coverage;
  /** The clock of the latest evidence, absent when there is none. */
  readonly evidenceAt?: Iso;
};
