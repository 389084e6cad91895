import { parseAddress } from '../inventory/address.ts';
import { controlTargets } from '../inventory/controls.ts';
import { knownAddresses } from '../inventory/endpoint.ts';
import { neededKinds } from '../inventory/targets.ts';
import { canonicalJson } from '../model/canonical.ts';
import type { ControlLook, ControlRound } from '../model/control.ts';
import type { Control } from '../model/inventory/control.ts';
import type { Observation } from '../model/observation.ts';
import { checkObservation } from '../model/observation-schema.ts';

/** What a round must be of. */
export type RoundOf = { readonly controls: readonly Control[]; readonly zone: string };

/**
 * Holds a reading of controls that another machine tells, of the agreed shape already, against the controls of its zone: all of them
 * and no others, each by the targets it comes to and each target by its kinds. Told in part it would hide what was misread.
 */
export function checkRound(
  told: Pick<ControlRound, 'at' | 'costs' | 'resolverCosts'> & {
    readonly looks: readonly (Omit<ControlLook, 'observations'> & { readonly observations: readonly unknown[] })[];
  },
  { controls, zone }: RoundOf,
): { readonly round: ControlRound } | { readonly fault: string } {
  const { at, costs, resolverCosts } = told;
  const byControl = Map.groupBy(told.looks, ({ control }) => control);
  const looks: ControlLook[] = [];
  for (const control of controls) {
    const own = new Map((byControl.get(control.id) ?? []).map((look) => [canonicalJson(look.target), look]));
    const addresses = [...own.values()].flatMap(({ target }) => target.address ?? []);
    const odd = addresses.find((address) => parseAddress(address)?.text !== address);
    if (odd !== undefined) return { fault: `control ${control.id}: ${odd}` };
    const targets = controlTargets(control, knownAddresses(control.endpoint) ?? [...new Set(addresses)]);
    for (const target of targets) {
      const look = own.get(canonicalJson(target));
      if (look === undefined) return { fault: `control ${control.id}: nothing of ${target.key}` };
      const observations: Observation[] = [];
      for (const one of look.observations) {
        const checked = checkObservation(one);
        if ('fault' in checked) return checked;
        if (checked.observation.target !== target.key || checked.observation.zone !== zone)
          return { fault: `control ${control.id}: of another target or zone` };
        observations.push(checked.observation);
      }
      const kinds = observations.map(({ kind }) => kind).sort();
      if (kinds.join() !== [...neededKinds(target)].sort().join())
        return { fault: `control ${control.id}: ${target.key} by other kinds` };
      looks.push({ control: control.id, target, observations });
    }
  }
  if (looks.length !== told.looks.length) return { fault: 'looks at what is no control of the zone' };
  return { round: { at, looks, costs, resolverCosts } };
}
