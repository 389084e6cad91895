import { personOf, type FindingAside } from '../model/aside.ts';
import { contentHash } from '../model/canonical.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory, Waiver } from '../model/inventory.ts';
import type { Life } from '../model/track/life.ts';
import { fingerprintOf } from './fingerprint.ts';
import { keyOf } from './sighter.ts';
import { asideOn } from './state.ts';

/**
 * What sets the fails of a run aside on a day, by lives that the run was taken into: a life that is set aside, for the evidence that
 * the run shows. Pure.
 */
export function asidesByLives(
  findings: readonly Finding[],
  lives: readonly Life[],
  inventory: Inventory,
  day: string,
): readonly FindingAside[] {
  const byKey = new Map(lives.map((life) => [keyOf(life), life]));
  const people = peopleOf(inventory);
  return findings.flatMap((finding): readonly FindingAside[] => {
    const life = finding.outcome === 'fail' ? byKey.get(keyOf(finding)) : undefined;
    const aside = life === undefined ? undefined : asideOn(life, day);
    if (life === undefined || aside?.evidence !== fingerprintOf(finding.evidence)) return [];
    const { system, target, check } = finding;
    return [{ ...aside, ...people(aside.inventory), finding: life.id, system, target, check }];
  });
}

export type AgainInput = {
  /** As first judged, and what set its fails aside then. */
  readonly before: readonly Finding[];
  readonly asides: readonly FindingAside[];
  readonly after: readonly Finding[];
  /** The present id of a check. */
  readonly renamed: (check: string) => string;
  readonly lives: readonly Pick<Life, 'system' | 'target' | 'check' | 'spent'>[];
  readonly inventory: Inventory;
  readonly day: string;
};

/**
 * What sets fails aside when old evidence is judged again: what did then, where the same evidence decides still. Of a fail
 * that the old judgement did not have, a waiver of the inventory speaks as at its first sighting, unless it was used up. Pure.
 */
export function asidesAgain(input: AgainInput): readonly FindingAside[] {
  const { before, asides, after, renamed, lives } = input;
  const place = (one: Pick<Finding, 'system' | 'target' | 'check'>) => keyOf({ ...one, check: renamed(one.check) });
  const then = new Map(asides.map((aside) => [place(aside), aside]));
  const failed = new Set(before.filter(({ outcome }) => outcome === 'fail').map(place));
  const spent = new Map(lives.map((life) => [place(life), life.spent]));
  return after.flatMap((finding): readonly FindingAside[] => {
    if (finding.outcome !== 'fail') return [];
    const key = place(finding);
    const evidence = fingerprintOf(finding.evidence);
    const aside = then.get(key);
    if (aside?.evidence === evidence) return [{ ...aside, check: finding.check }];
    return failed.has(key) ? [] : declared(finding, evidence, spent.get(key) ?? [], input);
  });
}

function declared(
  { system, target, check }: Finding,
  evidence: string,
  spent: readonly string[],
  { inventory, renamed, day }: AgainInput,
): readonly FindingAside[] {
  const waiver = inventory.systems
    .find(({ id }) => id === system)
    ?.waivers?.find(
      (one) =>
        renamed(one.check) === renamed(check) &&
        (one.target === undefined || one.target === target) &&
        day <= one.until &&
        !spent.includes(contentHash(one)),
    );
  if (waiver === undefined) return [];
  const { reason, until, document } = waiver;
  const words = { as: 'waived' as const, reason, document: document?.number ?? '', from: day, until, evidence };
  return [{ ...words, ...namesOf(waiver), inventory: contentHash(waiver), system, target, check }];
}

/** People of the inventory's waivers stand there with their positions, which the history does not hold. */
function peopleOf({ systems }: Inventory): (waiver: string | undefined) => Partial<ReturnType<typeof namesOf>> {
  const names = new Map(
    systems.flatMap(({ waivers = [] }) => waivers.map((one) => [contentHash(one), namesOf(one)] as const)),
  );
  return (waiver) => (waiver === undefined ? {} : (names.get(waiver) ?? {}));
}

function namesOf({ requestedBy, approvedBy }: Waiver): { readonly requestedBy: string; readonly approvedBy: string } {
  return { requestedBy: personOf(requestedBy), approvedBy: personOf(approvedBy) };
}
