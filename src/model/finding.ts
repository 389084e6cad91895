import type { CheckId, Outcome, Severity } from './check.ts';
import type { Failure } from './failure.ts';
import type { Iso, Kind } from './observation.ts';
import type { TargetKey } from './target.ts';
import type { Text } from './text.ts';

/** One value that decided: where it stands in the facts, what it was, and why that matters. */
export type Evidence = {
  /** JSON pointer into the view of facts, `/tls/protocols/TLSv1.0/offered`. */
  readonly at: string;
  readonly saw: unknown;
  readonly because: Text;
};

/** Why a check could not tell: the missing fact and what stood in the way. */
export type Cause = { readonly kind: Kind; readonly at?: string; readonly failure: Failure };

/** The outcome of one check for one target. `cause` stands exactly when the outcome is `not-observed`. */
export type Finding = {
  readonly system: string;
  readonly target: TargetKey;
  readonly check: CheckId;
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly evidence: readonly Evidence[];
  readonly cause?: Cause;
  /** The clock of the observation that decided (the latest of those read). */
  readonly at: Iso;
};

/** A finding without the values that decided and without the cause: all that assessments go by, and a tenth of its bytes. */
export type FindingHead = Omit<Finding, 'evidence' | 'cause'>;
