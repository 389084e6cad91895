import { describeScope } from '../inventory/describe-scope.ts';
import { knownAddresses, placesOf } from '../inventory/endpoint.ts';
import { expandEndpoints, isSameEverywhere, type Expansion, type Planned } from '../inventory/targets.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Iso } from '../model/observation.ts';

/** An endpoint that a run looks at; `offZone`: only whether it answers, since it is meant for other zones. */
export type PlannedEndpoint = Planned & { readonly offZone: boolean };

/**
 * What a run from a zone looks at: the endpoints meant for it, and of those meant for other zones the ones whose addresses are
 * the same machine from here and which a document lets be asked from here, now or later.
 */
export function plannedEndpoints(
  inventory: Inventory,
  zone: string,
  at: Iso,
): { readonly planned: readonly PlannedEndpoint[]; readonly expansion: Expansion } {
  const expansion = expandEndpoints(inventory, zone);
  const scope = describeScope(inventory);
  const mayBeAsked = ({ endpoint }: Planned): boolean => {
    const [place] = placesOf(endpoint);
    const addresses = knownAddresses(endpoint);
    if (addresses?.every(isSameEverywhere) === false) return false;
    const ports = place === undefined || place.ports.length === 0 ? [443] : place.ports;
    return (addresses ?? [undefined]).some((address) =>
      ports.some((port) => {
        const name = place?.name;
        const { permission, next, unresolved } = scope({
          port,
          zone,
          at,
          ...(address === undefined ? {} : { address }),
          ...(name === undefined ? {} : { name }),
        });
        return permission.allowed || next !== undefined || unresolved;
      }),
    );
  };
  return {
    planned: [
      ...expansion.endpoints.map((one) => ({ ...one, offZone: false })),
      ...expansion.otherZone.filter(mayBeAsked).map((one) => ({ ...one, offZone: true })),
    ],
    expansion,
  };
}
