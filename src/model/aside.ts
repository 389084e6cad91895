import type { FindingHead } from './finding.ts';
import type { System } from './inventory.ts';
import type { SetAside } from './track/life.ts';

/** A fail that somebody set aside, and in which words: kept with the judgement that was assessed so. */
export type FindingAside = SetAside &
  Pick<FindingHead, 'system' | 'target' | 'check'> & {
    /** Id of its life; absent where it has none. */
    readonly finding?: string;
  };

export type AsideOf = (finding: FindingHead) => FindingAside | undefined;

/**
 * Finds what sets a fail aside on a day (`YYYY-MM-DD`); it still holds on its last day, not after. `asides` is what the life of
 * findings told when the run was assessed; absent in judgements older than that, of which the inventory's waivers speak by their date
 * alone. The one rule in this room of types: what assesses and what shows must agree on it and may not import each other.
 * Pure.
 */
export function asideFinder(
  asides: readonly FindingAside[] | undefined,
  systems: readonly System[],
  onDay: string,
): AsideOf {
  if (asides === undefined) {
    const byId = new Map(systems.map((system) => [system.id, system]));
    return (finding) => declaredAside(byId.get(finding.system), finding, onDay);
  }
  const held = asides.filter(({ from, until }) => from <= onDay && onDay <= until);
  const byKey = new Map(held.map((aside) => [keyOf(aside), aside]));
  return (finding) => (finding.outcome === 'fail' ? byKey.get(keyOf(finding)) : undefined);
}

/** What a waiver of the inventory says of a fail, by its date. Pure. */
function declaredAside(system: System | undefined, finding: FindingHead, onDay: string): FindingAside | undefined {
  if (finding.outcome !== 'fail') return undefined;
  const waiver = system?.waivers?.find(
    ({ check, target, until }) =>
      check === finding.check && (target === undefined || target === finding.target) && onDay <= until,
  );
  if (waiver === undefined) return undefined;
  return {
    system: finding.system,
    target: finding.target,
    check: finding.check,
    as: 'waived',
    reason: waiver.reason,
    document: waiver.document?.number ?? '',
    requestedBy: personOf(waiver.requestedBy),
    approvedBy: personOf(waiver.approvedBy),
    from: onDay,
    until: waiver.until,
    evidence: '',
  };
}

/** A person as a page names one. */
export function personOf({ name, position }: { readonly name: string; readonly position: string }): string {
  return `${name}, ${position}`;
}

const keyOf = ({ system, target, check }: Pick<FindingHead, 'system' | 'target' | 'check'>): string =>
  `${system}\n${target}\n${check}`;
