import { describeScope, type Coverage } from '../inventory/describe-scope.ts';
import { readInventory } from '../inventory/read.ts';
import { refusalOf } from '../inventory/scope.ts';
import { expandEndpoints, targetsOf } from '../inventory/targets.ts';
import type { OfficialDocument } from '../model/inventory/common.ts';
import { nameKinds, type Target, type TargetKind } from '../model/target.ts';
import { curatedPorts } from '../probe/ports/port-list.ts';
import { formatPortRanges } from '../probe/ports/port-ranges.ts';
import { hostOf } from './plan.ts';
import { zoneOf } from './zone.ts';

/** What a scan would do with one target now. */
export type PlannedTarget = {
  readonly system: string;
  readonly target: string;
  readonly kind: TargetKind;
  readonly address: string | null;
  /** Ports that would be asked, as ranges. */
  readonly ports: string;
  /** `resolve`: the address is known only when the name is looked up, and is held against the documents then. */
  readonly decision: 'contact' | 'refuse' | 'resolve';
  readonly authorisation: string | null;
  readonly document: OfficialDocument | null;
  readonly reason: string | null;
  /** When the next permitted window opens, for a target refused now. */
  readonly nextOpening: string | null;
};

export type DryRun = {
  readonly zone: string;
  readonly at: string;
  readonly targets: readonly PlannedTarget[];
  readonly excludedSystems: number;
  readonly otherZone: number;
  /** Web targets that would get the marked request of a detection check; null where none is asked for. */
  readonly markedRequests: number | null;
};

/** Makes the plan of a scan without a packet: not even a name is looked up. */
export async function dryRun(
  inventoryPath: string,
  askedZone: string | undefined,
  at: string,
  { detectionCheck = false }: { readonly detectionCheck?: boolean } = {},
): Promise<DryRun> {
  const { inventory } = await readInventory(inventoryPath);
  const zone = zoneOf(inventory, askedZone);
  const expansion = expandEndpoints(inventory, zone);
  const scope = describeScope(inventory);

  const targets = expansion.endpoints.flatMap(({ system, endpoint }) => {
    const pinned = 'addresses' in endpoint ? (endpoint.addresses ?? []) : [];
    return targetsOf(system, endpoint, pinned).map((target): PlannedTarget => {
      const ports = portsOf(target);
      const answers = ports.map((port) => {
        const name = target.name ?? (target.address === undefined ? hostOf(endpoint) : undefined);
        return scope({
          port,
          zone,
          at,
          ...(target.address === undefined ? {} : { address: target.address }),
          ...(name === undefined ? {} : { name }),
        });
      });
      const open = ports.filter((_, index) => answers[index]?.permission.allowed === true);
      const first = answers.find((answer) => answer.permission.allowed) ?? answers[0];
      // A domain's own servers are known only when the resolver has told them; each is held against the documents then.
      const asked = nameKinds.has(target.kind) && !answers.some(isForbidden);
      const unresolved =
        target.address === undefined && answers.some((answer) => answer.unresolved || answer.permission.allowed);
      return {
        system: system.id,
        target: target.key,
        kind: target.kind,
        address: target.address ?? null,
        ports: formatPortRanges(open.length === 0 ? ports : open),
        decision: unresolved || asked ? 'resolve' : open.length > 0 ? 'contact' : 'refuse',
        authorisation: first?.authorisation?.id ?? null,
        document: first?.authorisation?.document ?? null,
        reason: first?.permission.allowed === false ? first.permission.reason : null,
        nextOpening: first?.next?.from ?? null,
      };
    });
  });
  return {
    zone,
    at,
    targets,
    excludedSystems: expansion.excludedSystems,
    otherZone: expansion.otherZone.length,
    markedRequests: detectionCheck
      ? targets.filter(({ kind, decision }) => kind === 'web' && decision !== 'refuse').length
      : null,
  };
}

/** Excluded, or of a system that is never scanned: not even a resolver is asked. */
function isForbidden({ permission }: Coverage): boolean {
  const refusal = permission.allowed ? undefined : refusalOf(permission.reason);
  return refusal === 'excluded' || refusal === 'excluded-system' || refusal === 'state-secret';
}

/** The ports that the probes of a target ask. */
function portsOf(target: Target): readonly number[] {
  const { endpoint } = target;
  if (target.port !== undefined) return [target.port];
  if (endpoint.kind === 'domain') return [53];
  if (endpoint.kind === 'mail') return [25];
  if (endpoint.kind === 'web') {
    const urls = [endpoint.url, endpoint.httpUrl].filter((url) => url !== undefined).map((url) => new URL(url));
    const twin = endpoint.httpUrl === undefined && urls[0]?.port === '' ? [80, 443] : [];
    const named = urls.map((url) => Number(url.port) || (url.protocol === 'https:' ? 443 : 80));
    return [...new Set([...named, ...twin])].sort((a, b) => a - b);
  }
  const declared = (endpoint.services ?? []).map(({ port }) => port);
  return [...new Set([...curatedPorts, ...declared])].sort((a, b) => a - b);
}
