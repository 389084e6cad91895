import pLimit from 'p-limit';
import { knownAddresses } from '../inventory/endpoint.ts';
import { withEvidence, type EvidenceBySystem } from '../inventory/read-packages.ts';
import { isSameEverywhere, offZoneTargets, targetsOf } from '../inventory/targets.ts';
import { failure, type Failure } from '../model/failure.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import type { Target } from '../model/target.ts';
import type { Resolution } from '../model/resolver.ts';
import { resolveName } from '../probe/resolve.ts';
import { createForbiddenNames } from './forbidden-names.ts';
import { plannedEndpoints } from './planned-endpoints.ts';

/** What a run will look at. */
export type Plan = {
  readonly targets: readonly Target[];
  /** Why a target has no address, by its key. */
  readonly unresolved: ReadonlyMap<string, Failure>;
  readonly excludedSystems: number;
};

/** Name or literal address that an endpoint is reached by. */
export function hostOf(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'web':
      return new URL(endpoint.url).hostname.replace(/^\[|\]$/g, '');
    case 'host':
      return endpoint.host;
    case 'domain':
    case 'mail':
      return endpoint.domain;
  }
}

/**
 * Expands the inventory for one zone and asks the resolver for every name that is not pinned to addresses; each target takes
 * the lists of packages that speak of it. `concerns` leaves out endpoints none of whose targets, as they are before their
 * names are looked up, has to do with it. `lookUp`: who is asked for addresses; absent: the machine's resolver. Nobody is asked for
 * a name that is excluded.
 */
export async function makePlan(
  inventory: Inventory,
  zone: string,
  evidence: EvidenceBySystem = new Map(),
  concerns?: (target: Target) => boolean,
  lookUp: (host: string) => Promise<Resolution> = resolveName,
): Promise<Plan> {
  const { planned: all, expansion } = plannedEndpoints(inventory, zone, new Date().toISOString());
  const planned =
    concerns === undefined
      ? all
      : all.filter(({ system, endpoint, offZone }) =>
          (offZone ? offZoneTargets : targetsOf)(system, endpoint, []).some(concerns),
        );
  const forbidden = createForbiddenNames(inventory, zone, () => new Date().toISOString());
  const askFor = async (name: string): Promise<Resolution> => {
    const why = forbidden(name);
    return why === undefined ? lookUp(name) : { ok: false, failure: why, absent: false };
  };
  const limit = pLimit(16);
  const unresolved = new Map<string, Failure>();
  const targets = await Promise.all(
    planned.map(({ system, endpoint, offZone }) =>
      limit(async () => {
        // A domain is asked about by its probe, through the scan's own resolver.
        const pinned = endpoint.kind === 'domain' || endpoint.kind === 'mail' ? [] : knownAddresses(endpoint);
        const resolution =
          pinned === undefined ? await askFor(hostOf(endpoint)) : { ok: true as const, addresses: pinned };
        const addresses = resolution.ok ? resolution.addresses : [];
        if (offZone) {
          const made = offZoneTargets(system, endpoint, addresses.filter(isSameEverywhere));
          const why = resolution.ok ? otherMachine(addresses) : resolution.failure;
          for (const target of made) if (target.address === undefined) unresolved.set(target.key, why);
          return made;
        }
        const made = targetsOf(system, endpoint, addresses).map((target) => withEvidence(target, evidence));
        if (!resolution.ok) for (const target of made) unresolved.set(target.key, resolution.failure);
        return made;
      }),
    ),
  );
  return { targets: targets.flat(), unresolved, excludedSystems: expansion.excludedSystems };
}

function otherMachine(addresses: readonly string[]): Failure {
  return failure('not-permitted', `${addresses.join(', ')}: private, and so perhaps another machine in this zone`);
}
