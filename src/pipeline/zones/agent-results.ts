import { Refusal } from '../../engine/zones/protocol.ts';
import { neededKinds } from '../../inventory/targets.ts';
import type { LookResult } from '../../model/desk.ts';
import { failure } from '../../model/failure.ts';
import type { Iso, Observation } from '../../model/observation.ts';
import { checkObservation } from '../../model/observation-schema.ts';
import type { Target } from '../../model/target.ts';

/** What stands for a look that is not permitted: why, by each kind that the target has. */
export function unlooked(target: Target, zone: string, at: Iso, detail: string): LookResult {
  const why = failure('not-permitted', detail);
  const observations = neededKinds(target).map((kind): Observation => ({
    kind,
    target: target.key,
    zone,
    at,
    ms: 0,
    probe: `${kind}/1`,
    ok: false,
    failure: why,
  }));
  return { target: target.key, observations, costs: [], resolverCosts: [] };
}

/** What an agent says that it saw of one target. Throws Refusal where that is not of the shape, or of another target or zone. */
export function observationsOf({ target, observations }: LookResult, zone: string): readonly Observation[] {
  const seen = observations.map((one): Observation => {
    const checked = checkObservation(one);
    if ('fault' in checked) throw new Refusal('shape', checked.fault);
    const { observation } = checked;
    if (observation.target !== target || observation.zone !== zone)
      throw new Refusal('shape', 'of another target or zone');
    return observation;
  });
  if (new Set(seen.map(({ kind }) => kind)).size !== seen.length) throw new Refusal('shape', 'a kind stands twice');
  return seen;
}

/** As of results carried by hand: by each kind that the target has, seen or why not, and by no other. */
export function refuseOtherKinds(target: Target, observations: readonly Observation[]): void {
  const told = observations.map(({ kind }) => kind).sort();
  if (told.join() !== [...neededKinds(target)].sort().join())
    throw new Refusal('shape', `looked at by ${told.join(', ') || 'nothing'}`);
}
