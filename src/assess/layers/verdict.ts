import { addDays, addMonths, dayOf } from '../../model/day.ts';
import type { SystemDetection } from '../../model/detection.ts';
import type { System } from '../../model/inventory.ts';
import type { LayerNumber, LayerRules } from '../../model/layer-rules.ts';
import type { LayerDue, LayerReason, LayerVerdict } from '../../model/layer-status.ts';
import type { Folded } from '../fold.ts';
import type { HeldClaim } from '../held-claim.ts';
import { heldOf, paperDays } from './fields.ts';
import type { Gaps } from './gaps.ts';

/** What decides the word for one layer. */
export type VerdictInput = {
  readonly system: System;
  readonly layer: LayerNumber;
  /** A text in force asks for the layer. */
  readonly asked: boolean;
  /** Last day on which a machine of the system answered. */
  readonly answeredOn: string | undefined;
  readonly held: HeldClaim | undefined;
  /** What claim and findings come to as an obligation. */
  readonly folded: Folded;
  readonly waived: boolean;
  readonly falsePositive: boolean;
  readonly gaps: Gaps;
  readonly due: readonly LayerDue[];
  readonly detection: SystemDetection | undefined;
  readonly rules: LayerRules['detection'];
  readonly onDay: string;
};

type Word = { readonly verdict: LayerVerdict; readonly because: readonly LayerReason[] };

/**
 * One of six words, the first that holds: not applicable, missing, contradicted by itself, lapsed, contradicted by what
 * was seen, lapsed in a part, proved, and else a claim that nobody verified, with everything that stands in the way.
 */
export function verdictOf(input: VerdictInput): Word {
  const { asked, folded, gaps, due } = input;
  if (!asked) return word('khong-ap-dung', 'not-asked');
  if (isStopped(input)) return word('khong-ap-dung', 'stopped');
  if (folded.because === 'claim-missing') return word('thieu', 'claim-missing');
  if (folded.because === 'claim-says-no') {
    return word('thieu', input.layer === 3 && isClaimed(input) ? 'not-independent' : 'claim-says-no');
  }
  if (folded.because === 'claim-denies-itself') return word('mau-thuan', 'claim-denies-itself');
  if (folded.because === 'claim-expired') return word('het-han', 'claim-expired');
  if (folded.because === 'claim-denied') return word('mau-thuan', 'claim-denied');
  if (licenceEndedBeforeReport(input)) return word('mau-thuan', 'licence-ended-before-report');
  if (gaps.refused.length > 0) return word('thieu', 'required-no');
  const lapsed: LayerReason[] = [
    ...(due.some(isOverdue) ? (['assessment-overdue'] as const) : []),
    ...(gaps.stale.length > 0 ? (['field-stale'] as const) : []),
  ];
  if (lapsed.length > 0) return { verdict: 'het-han', because: lapsed };
  const hindrances = hindrancesOf(input);
  const proof = proofOf(input);
  if (hindrances.length === 0 && proof.length > 0) return { verdict: 'da-chung-minh', because: proof };
  return {
    verdict: 'khai-bao-chua-kiem-chung',
    because: [...hindrances, ...(proof.length === 0 ? (['nobody-verified'] as const) : [])],
  };
}

const word = (verdict: LayerVerdict, because: LayerReason): Word => ({ verdict, because: [because] });

function isClaimed({ system, layer }: VerdictInput): boolean {
  return heldOf(system, layer)?.claimed === true;
}

/** Out of service, and nothing answered since: a system that answers is not stopped, whatever is said of it. */
function isStopped({ system, answeredOn }: VerdictInput): boolean {
  const operation = system.classification?.operation;
  if (operation?.state !== 'ngung') return false;
  return answeredOn === undefined || answeredOn < (operation.since ?? '');
}

/** Only what binds lapses; and only an assessment, since scans of this tool are evidence and no claim. */
function isOverdue({ activity, binding, overdueDays }: LayerDue): boolean {
  return activity === 'assessment' && binding && (overdueDays ?? 0) > 0;
}

/** An assessor whose licence was over when it reported assessed without one. */
function licenceEndedBeforeReport({ system, layer }: VerdictInput): boolean {
  const held = system.layers?.assessment;
  const reported = (held?.report ?? held?.document)?.date;
  const until = held?.licenceUntil;
  return layer === 3 && held?.designation === undefined && until !== undefined && until < (reported ?? '');
}

function hindrancesOf({ folded, gaps, waived, falsePositive, detection }: VerdictInput): readonly LayerReason[] {
  return [
    ...(folded.because === 'claim-undocumented' ? (['claim-undocumented'] as const) : []),
    ...(gaps.missing.length > 0 ? (['fields-missing'] as const) : []),
    ...(folded.because === 'evidence-older-than-claim' || folded.because === 'fail-beside-claim'
      ? [folded.because]
      : []),
    ...(waived ? (['waived'] as const) : []),
    ...(falsePositive ? (['false-positive'] as const) : []),
    ...(detection?.state === 'not-noticed' || detection?.state === 'partly' ? (['not-noticed'] as const) : []),
  ];
}

/** What goes beyond the owner's word: somebody who looked at the papers as they are, or monitoring that noticed. */
function proofOf({ system, layer, held, detection, rules, onDay }: VerdictInput): readonly LayerReason[] {
  const verified = heldOf(system, layer)?.verified;
  const papers = paperDays(system, layer);
  const looked = verified !== undefined && verified.on <= onDay && papers.every((day) => day <= verified.on);
  const noticed = detection !== undefined && speaksNow(detection, held?.claim.on, rules, onDay);
  return [...(looked ? (['verified'] as const) : []), ...(noticed ? (['noticed'] as const) : [])];
}

/** A detection check that passed, in time, after the claim and not long ago. */
function speaksNow(
  { state, seenAt, delaySeconds }: SystemDetection,
  claimOn: string | undefined,
  { months, hours }: LayerRules['detection'],
  onDay: string,
): boolean {
  if (state !== 'noticed' || seenAt === null) return false;
  const day = dayOf(seenAt);
  // A sighting may be of the day after the run began.
  const known = day <= addDays(onDay, 1) && onDay <= addMonths(day, months);
  return known && (claimOn ?? '') <= day && (delaySeconds ?? Infinity) <= hours * 3600;
}
