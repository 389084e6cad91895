import type { Claim } from '../model/assessment.ts';

/** What the inventory says in answer to an obligation. */
export type HeldClaim = {
  readonly claim: Claim;
  /**
   * From which day of observation a fail denies the claim: a day, `always` for a claim without a date, `never` for one
   * that says nothing a scan could deny.
   */
  readonly deniedFrom: string;
  /** The claim cannot be true by what the inventory itself says. */
  readonly deniesItself?: boolean;
};

export const always = '';
export const never = '9999-12-31';
