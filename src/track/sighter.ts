import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Target } from '../model/target.ts';
import type { Life } from '../model/track/life.ts';
import type { Sighting } from '../model/track/sighting.ts';
import { fingerprintOf } from './fingerprint.ts';
import { declaredPlaces, isUnresolved, placeOf } from './place.ts';

export type SighterInput = {
  readonly at: string;
  readonly inventory: Inventory;
  readonly targets: readonly Pick<Target, 'key' | 'system'>[];
  readonly findings: readonly Finding[];
};

/** How a finding is found again among those of a run. */
export const keyOf = ({ system, target, check }: Pick<Life, 'system' | 'target' | 'check'>): string =>
  `${system}\n${target}\n${check}`;

/**
 * What a run saw of each life: its finding; or nothing, for its name had no address, its check is no more, or the run was
 * not to look there; or that it is gone, once. Undefined where it was gone already. Pure.
 */
export function createSighter({
  at,
  inventory,
  targets,
  findings,
}: SighterInput): (life: Life) => Sighting | undefined {
  const byKey = new Map(findings.map((finding) => [keyOf(finding), finding]));
  const planned = new Set(targets.map(({ system, key }) => `${system}\n${key}`));
  const resolved = new Set<string>();
  const unresolved = new Map<string, string>();
  for (const { system, key } of targets) {
    if (isUnresolved(key)) unresolved.set(`${system}\n${placeOf(key)}`, key);
    else resolved.add(`${system}\n${placeOf(key)}`);
  }
  const declared = declaredPlaces(inventory);
  return (life) => {
    const finding = byKey.get(keyOf(life));
    if (finding !== undefined) return sightingOf(life.id, finding);
    const blind = (cause: NonNullable<Sighting['cause']>): Sighting => ({
      finding: life.id,
      mark: 'not-observed',
      at,
      cause,
    });
    if (planned.has(`${life.system}\n${life.target}`)) return blind('check-retired');
    const place = `${life.system}\n${placeOf(life.target)}`;
    const nameless = unresolved.get(place);
    if (nameless !== undefined) {
      return blind(byKey.get(keyOf({ ...life, target: nameless }))?.cause?.failure.code ?? 'dns');
    }
    if (!resolved.has(place) && declared.has(place)) return blind('not-permitted');
    return life.gone ? undefined : { finding: life.id, mark: 'gone', at };
  };
}

/** One finding of a run as a sighting of a life. Pure. */
export function sightingOf(id: string, { outcome, at, evidence, cause }: Finding): Sighting {
  return {
    finding: id,
    mark: outcome,
    at,
    ...(outcome === 'fail' ? { evidence: fingerprintOf(evidence) } : {}),
    ...(cause === undefined ? {} : { cause: cause.failure.code }),
  };
}
