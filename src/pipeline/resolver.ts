import { describeScope } from '../inventory/describe-scope.ts';
import { controlsOf } from '../inventory/controls.ts';
import { knownAddresses } from '../inventory/endpoint.ts';
import { refusalOf, type Refusal } from '../inventory/scope.ts';
import { FailureError } from '../model/failure.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Iso } from '../model/observation.ts';
import type { Resolution } from '../model/resolver.ts';
import { NoNameError } from '../probe/http/scope.ts';
import { hostOf } from './plan.ts';

/** Refusals that no address, port or hour could lift: such a name is not even looked up. */
const foreign: ReadonlySet<Refusal> = new Set(['no-authorisation', 'excluded', 'excluded-system', 'state-secret']);

/**
 * The addresses of a name that a redirect leads to: pinned in the inventory, or as `lookUp` says. A name that no
 * document could cover gives none, and no resolver is asked about it. Throws NoNameError, or FailureError `dns`.
 */
export function createResolver(
  inventory: Inventory,
  zone: string,
  now: () => Iso,
  lookUp: (name: string) => Promise<Resolution>,
): (name: string) => Promise<readonly string[]> {
  const scope = describeScope(inventory);
  const pinned = new Map<string, readonly string[]>();
  const controls = controlsOf(inventory).map(({ endpoint }) => endpoint);
  for (const endpoint of [...inventory.systems.flatMap((system) => system.endpoints), ...controls]) {
    const known = knownAddresses(endpoint);
    if (known !== undefined)
      pinned.set(hostOf(endpoint), [...new Set([...(pinned.get(hostOf(endpoint)) ?? []), ...known])]);
  }
  return async (name) => {
    const known = pinned.get(name);
    if (known !== undefined) return known;
    const { permission, unresolved } = scope({ name, port: 443, zone, at: now() });
    const refusal = permission.allowed ? undefined : refusalOf(permission.reason);
    if (refusal !== undefined && foreign.has(refusal) && !unresolved) return [];
    const resolution = await lookUp(name);
    if (resolution.ok) return resolution.addresses;
    throw resolution.absent ? new NoNameError(name) : new FailureError('dns', resolution.failure.detail);
  };
}
