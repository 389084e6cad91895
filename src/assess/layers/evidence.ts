import { dayOf } from '../../model/day.ts';
import type { SystemDetection } from '../../model/detection.ts';
import type { FindingHead } from '../../model/finding.ts';
import type { System } from '../../model/inventory.ts';
import type { LayerNumber } from '../../model/layer-rules.ts';
import type { LayerEvidence } from '../../model/layer-status.ts';
import type { Evidence } from '../evidence.ts';
import { always, never, type HeldClaim } from '../held-claim.ts';
import { heldOf } from './fields.ts';

/** Everything that stands beside a layer's claim, what denies it first, each with its own day and the claim's. */
export function evidenceBeside(
  system: System,
  layer: LayerNumber,
  held: HeldClaim | undefined,
  evidence: Evidence,
  detection: SystemDetection | undefined,
): readonly LayerEvidence[] {
  const from = held?.deniedFrom ?? never;
  const claimOn = from === always || from === never ? (held?.claim.on ?? null) : from;
  const finding = (one: FindingHead, outcome: 'pass' | 'fail', stance: LayerEvidence['stance']): LayerEvidence => ({
    kind: 'finding',
    stance,
    at: one.at,
    claimOn,
    check: one.check,
    target: one.target,
    outcome,
  });
  // Only what is said to be so can be denied or supported.
  const says = held?.claim.says === true;
  const verified = heldOf(system, layer)?.verified;
  const rows: readonly LayerEvidence[] = [
    ...evidence.fails.map((one) => finding(one, 'fail', says && from <= dayOf(one.at) ? 'against' : 'beside')),
    ...(detection === undefined ? [] : [detectionRow(detection, held)]).filter((row) => row !== undefined),
    ...(verified === undefined
      ? []
      : [
          {
            kind: 'verification' as const,
            stance: says ? ('for' as const) : ('beside' as const),
            at: verified.on,
            claimOn: held?.claim.on ?? null,
            by: verified.by,
            document: verified.document.number,
          },
        ]),
    ...evidence.passes.map((one) => finding(one, 'pass', says && from <= dayOf(one.at) ? 'for' : 'beside')),
  ];
  const order = { against: 0, for: 1, beside: 2 } as const;
  return [...rows].sort((a, b) => order[a.stance] - order[b.stance]);
}

/** Not noticed speaks for nothing and denies nothing: a centre may not be given the logs that hold the marker. */
function detectionRow(detection: SystemDetection, held: HeldClaim | undefined): LayerEvidence | undefined {
  const at = detection.seenAt ?? detection.sentAt;
  if (at === null || detection.state === 'no-return' || detection.state === 'not-sent') return undefined;
  const claimOn = held?.claim.on ?? null;
  const later = claimOn === null || claimOn <= dayOf(at);
  const stance = detection.state === 'noticed' && later && held?.claim.says === true ? 'for' : 'beside';
  return { kind: 'detection', stance, at, claimOn };
}
