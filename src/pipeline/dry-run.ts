import { controlTargets } from '../inventory/controls.ts';
import { describeScope, type Coverage } from '../inventory/describe-scope.ts';
import { readInventory } from '../inventory/read.ts';
import { refusalOf } from '../inventory/scope.ts';
import { offZoneTargets, targetsOf } from '../inventory/targets.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import type { OfficialDocument } from '../model/inventory/common.ts';
import type { PortListName } from '../model/port-list.ts';
import { nameKinds, type Target, type TargetKind } from '../model/target.ts';
import { namedPortList, portsOfList } from '../probe/ports/named-lists.ts';
import { formatPortRanges } from '../probe/ports/port-ranges.ts';
import { udpPorts } from '../probe/ports/udp/ask-udp.ts';
import { hostOf } from './plan.ts';
import { plannedEndpoints } from './planned-endpoints.ts';
import type { PortsEngine } from '../model/manner.ts';
import { zoneOf } from './zone.ts';

/** What a scan would do with one target now. */
export type PlannedTarget = {
  readonly system: string;
  readonly target: string;
  readonly kind: TargetKind;
  readonly address: string | null;
  /** Ports that would be asked, as ranges. */
  readonly ports: string;
  /** UDP ports that would be asked, where nmap may; empty for none. */
  readonly udpPorts: string;
  /** Meant for other zones: only whether anything answers is asked. */
  readonly offZone: boolean;
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
  /** Control servers of our own, which are read before the targets and after; `system` is the control. */
  readonly controls: readonly PlannedTarget[];
  readonly excludedSystems: number;
  /** Endpoints meant for other zones that are left out. */
  readonly otherZone: number;
  /** Web targets that would get the marked request of a detection check; null where none is asked for. */
  readonly markedRequests: number | null;
};

/** Makes the plan of a scan without a packet: not even a name is looked up. */
export async function dryRun(
  inventoryPath: string,
  askedZone: string | undefined,
  at: string,
  asked: {
    readonly portList: PortListName;
    readonly udp: boolean;
    readonly engine: PortsEngine;
    readonly detectionCheck: boolean;
  },
): Promise<DryRun> {
  const { inventory } = await readInventory(inventoryPath);
  const zone = zoneOf(inventory, askedZone);
  const { planned, expansion } = plannedEndpoints(inventory, zone, at);
  const scope = describeScope(inventory);
  const listed = portsOfList(await namedPortList(asked.portList));

  const describe = (made: readonly Target[], endpoint: Endpoint, offZone: boolean): readonly PlannedTarget[] =>
    made.map((target): PlannedTarget => {
      const ports = portsOf(target, listed);
      const answerFor = (port: number) => {
        const name = target.name ?? (target.address === undefined ? hostOf(endpoint) : undefined);
        return scope({
          port,
          zone,
          at,
          ...(target.address === undefined ? {} : { address: target.address }),
          ...(name === undefined ? {} : { name }),
        });
      };
      const answers = ports.map(answerFor);
      const udp = asked.udp && asked.engine !== 'connect' && target.kind === 'host' ? udpPorts : [];
      const open = ports.filter((_, index) => answers[index]?.permission.allowed === true);
      const first = answers.find((answer) => answer.permission.allowed) ?? answers[0];
      // A domain's own servers are known only when the resolver has told them; each is held against the documents then.
      const named = nameKinds.has(target.kind) && !answers.some(isForbidden);
      const unresolved =
        target.address === undefined && answers.some((answer) => answer.unresolved || answer.permission.allowed);
      return {
        system: target.system,
        target: target.key,
        kind: target.kind,
        address: target.address ?? null,
        offZone,
        ports: formatPortRanges(open.length === 0 ? ports : open),
        udpPorts: formatPortRanges(udp.filter((port) => answerFor(port).permission.allowed)),
        decision: unresolved || named ? 'resolve' : open.length > 0 ? 'contact' : 'refuse',
        authorisation: first?.authorisation?.id ?? null,
        document: first?.authorisation?.document ?? null,
        reason: first?.permission.allowed === false ? first.permission.reason : null,
        nextOpening: first?.next?.from ?? null,
      };
    });
  const pinned = (endpoint: Endpoint) => ('addresses' in endpoint ? (endpoint.addresses ?? []) : []);
  const targets = planned.flatMap(({ system, endpoint, offZone }) =>
    describe((offZone ? offZoneTargets : targetsOf)(system, endpoint, pinned(endpoint)), endpoint, offZone),
  );
  const own = inventory.zones.find(({ id }) => id === zone)?.controls ?? [];
  const controls = own.flatMap((control) =>
    describe(controlTargets(control, pinned(control.endpoint)), control.endpoint, false).map(
      (planned): PlannedTarget => ({ ...planned, system: control.id }),
    ),
  );
  return {
    zone,
    at,
    targets,
    controls,
    excludedSystems: expansion.excludedSystems,
    otherZone: expansion.otherZone.length - planned.filter(({ offZone }) => offZone).length,
    markedRequests: asked.detectionCheck
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
function portsOf(target: Target, listed: readonly number[]): readonly number[] {
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
  return [...new Set([...listed, ...declared])].sort((a, b) => a - b);
}
