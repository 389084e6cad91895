import type { Claim, Reason, Verdict } from '../model/assessment.ts';
import type { FindingHead } from '../model/finding.ts';
import { dayOf } from '../model/day.ts';
import type { Evidence } from './evidence.ts';
import { never, type HeldClaim } from './held-claim.ts';

/** A verdict, its one reason, and the findings that gave it. */
export type Folded = {
  readonly verdict: Verdict;
  readonly because: Reason;
  readonly findings: readonly FindingHead[];
  readonly claim?: Claim;
};

/**
 * What findings alone decide (house.md, "Outcomes, folded"): a fail → not-met; else a fail set aside (a false alarm is no pass
 * either), or anything needed that was not seen → unproven; else a pass → met; else not-applicable. Without a check there is nothing to
 * fold → manual.
 */
export function foldScan(evidence: Evidence, hasChecks: boolean): Folded {
  const { fails, waived, falsePositives, unseen, missing, passes, notApplicable } = evidence;
  if (!hasChecks) return { verdict: 'manual', because: 'no-check', findings: [] };
  if (fails.length > 0) return { verdict: 'not-met', because: 'fail', findings: fails };
  if (waived.length > 0) return { verdict: 'unproven', because: 'waived', findings: [...unseen, ...passes] };
  if (falsePositives.length > 0) {
    return { verdict: 'unproven', because: 'false-positive', findings: [...unseen, ...passes] };
  }
  if (unseen.length + missing > 0) return { verdict: 'unproven', because: 'not-observed', findings: unseen };
  if (passes.length > 0) return { verdict: 'met', because: 'pass', findings: passes };
  if (notApplicable.length > 0) {
    return { verdict: 'not-applicable', because: 'all-not-applicable', findings: notApplicable };
  }
  return { verdict: 'manual', because: 'nothing-to-scan', findings: [] };
}

/**
 * What a claim and the findings against it decide. Evidence can deny a document and never replaces it: the best verdict
 * is `manual`, that a person must look at the document named.
 */
export function foldClaim(held: HeldClaim | undefined, evidence: Evidence, onDay: string): Folded {
  const support = [...evidence.fails, ...evidence.passes];
  if (held === undefined) return { verdict: 'unproven', because: 'claim-missing', findings: support };
  const { claim } = held;
  if (!claim.says) return { verdict: 'not-met', because: 'claim-says-no', findings: support, claim };
  if (held.deniesItself === true) {
    return { verdict: 'contradicted', because: 'claim-denies-itself', findings: support, claim };
  }
  if (claim.until !== undefined && claim.until < onDay) {
    return { verdict: 'unproven', because: 'claim-expired', findings: support, claim };
  }
  const denying = evidence.fails.filter(({ at }) => held.deniedFrom <= dayOf(at));
  if (denying.length > 0) return { verdict: 'contradicted', because: 'claim-denied', findings: denying, claim };
  if (evidence.fails.length > 0) {
    const because = held.deniedFrom === never ? 'fail-beside-claim' : 'evidence-older-than-claim';
    return { verdict: 'unproven', because, findings: evidence.fails, claim };
  }
  if (claim.document === undefined) {
    return { verdict: 'unproven', because: 'claim-undocumented', findings: support, claim };
  }
  return { verdict: 'manual', because: 'document-to-check', findings: support, claim };
}

/** A duty shown by documents for which the inventory has no place: findings can break it, a person must prove it. */
export function foldUnclaimable(evidence: Evidence): Folded {
  const { fails, passes } = evidence;
  if (fails.length > 0) return { verdict: 'not-met', because: 'fail', findings: fails };
  return { verdict: 'manual', because: 'document-to-check', findings: passes };
}
