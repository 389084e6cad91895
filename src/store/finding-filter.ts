import type { Outcome, Severity } from '../model/check.ts';

/** Which findings of a judgement; what is absent or undefined lets all through, an empty list none. */
export type FindingFilter = {
  readonly systems?: readonly string[] | undefined;
  readonly checks?: readonly string[] | undefined;
  readonly outcomes?: readonly Outcome[] | undefined;
  readonly severities?: readonly Severity[] | undefined;
};
