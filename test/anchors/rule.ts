import type { CheckId, Outcome } from '../../src/model/check.ts';

/**
 * One rule that an anchor documents, a case of it, and both verdicts. The tests judge `given` and compare with `ours`;
 * `theirs` is what their documentation says of such a case, in their own words.
 */
export type AnchorRule<Given> = {
  /** Their name of the rule or of its result. */
  readonly rule: string;
  /** Where they document it. */
  readonly documented: string;
  /** Our check; null where we ask no such question, and `because` says why not. */
  readonly check: CheckId | null;
  readonly given: Given;
  /** Our outcome; null exactly where `check` is. */
  readonly ours: Outcome | null;
  readonly theirs: string;
  /** Why we differ, where we do. */
  readonly because?: string;
};
