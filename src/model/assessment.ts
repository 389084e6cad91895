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

/** The one reason behind a verdict; each is a sentence of the catalogue, `frameworks.because-<reason>`. */
export const reasons = [
  'fail',
  'waived',
  'false-positive',
  'not-observed',
  'pass',
  'all-not-applicable',
  'no-check',
  'nothing-to-scan',
  'claim-missing',
  'claim-says-no',
  'claim-undocumented',
  'claim-expired',
  'claim-denied',
  'claim-denies-itself',
  'evidence-older-than-claim',
  'fail-beside-claim',
  'document-to-check',
] as const;
export type Reason = (typeof reasons)[number];

/** A fail that somebody set aside until a day: shown, and never a pass. */
export type WaivedFail = { readonly check: string; readonly target: string; readonly until: string };

/**
 * Where a dated task stands on the day of the assessment. "Trước ngày D": done on D is late, and days overdue are
 * counted from the day before D. `done-undated`: seen done after D, the day of doing unknown.
 */
export type Standing = {
  readonly before: string;
  readonly state: 'pending' | 'on-time' | 'late' | 'done-undated' | 'overdue' | 'no-evidence';
  /** Day of the document that shows it done. */
  readonly doneOn?: string;
  /** Days past the last compliant day, for `late` and `overdue`. */
  readonly days?: number;
};

/** One obligation for one system: claim and evidence side by side, each with its date. */
export type Assessment = {
  readonly system: string;
  readonly framework: string;
  readonly obligation: string;
  readonly verdict: Verdict;
  readonly because?: Reason;
  /** Clause that binds this system at its level. */
  readonly clause?: string;
  readonly claim?: Claim;
  /** Keys of the findings behind it, `<check> <target>`. */
  readonly findings: readonly { readonly check: string; readonly target: string }[];
  readonly coverage: Coverage;
  /** Fails set aside by a waiver in force. */
  readonly waived?: readonly WaivedFail[];
  /** Fails set aside as false alarms, counted apart. */
  readonly falsePositives?: readonly WaivedFail[];
  /** For a task with a date. */
  readonly standing?: Standing;
  /** The clock of the latest evidence, absent when there is none. */
  readonly evidenceAt?: Iso;
};
