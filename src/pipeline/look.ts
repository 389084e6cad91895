import { createPermit } from '../inventory/scope.ts';
import { neededKinds } from '../inventory/targets.ts';
import type { LookOrder } from '../model/desk.ts';
import { markerOf } from '../model/detection.ts';
import type { Failure } from '../model/failure.ts';
import type { Iso, Kind, Observation } from '../model/observation.ts';
import type { PortListName } from '../model/port-list.ts';
import type { ResolverCost, ScanCost } from '../model/run.ts';
import type { Fingerprints } from '../model/software/fingerprints.ts';
import type { Target } from '../model/target.ts';
import { createDnsResolver } from '../probe/dns/resolver.ts';
import { createWire } from '../probe/wire/dial.ts';
import type { WireHolds } from '../probe/wire/hold-keeper.ts';
import { onlyChanged } from './changed-costs.ts';
import { createForbiddenNames } from './forbidden-names.ts';
import { lookAt, notRun } from './observe-target.ts';
import { createProbes } from './probes.ts';
import { createResolver } from './resolver.ts';
import { userAgentOf } from './user-agent.ts';

export type LookOptions = {
  /** Why a target has no address, by its key. */
  readonly unresolved: ReadonlyMap<string, Failure>;
  /** All the time one target may take; absent: by the port list. */
  readonly targetDeadlineMs?: number;
  readonly runDeadlineMs?: number;
  readonly signal: AbortSignal;
  /** Kinds to look at a target by; absent: all that it has. */
  readonly kindsOf?: (target: Target) => readonly Kind[];
  /** Told each address that a target's look went to. */
  readonly contacts?: (target: Target, address: string) => void;
  /** A second opinion of software, where a feed of fingerprints was imported. */
  readonly fingerprints?: Fingerprints;
  /** Whose turn it is at an address over all workers; absent: this process is alone. */
  readonly holds?: WireHolds;
  /** Absent: this machine's clock. */
  readonly now?: () => Iso;
};

/** What differs from the looker's own, for one target. */
export type LookHow = Partial<Pick<LookOptions, 'signal' | 'unresolved'>>;

/** Looks at targets, and tells what that cost; needs neither store nor checks, so a worker of another network can. */
export type Looker = {
  readonly look: (target: Target, how?: LookHow) => Promise<readonly Observation[]>;
  /** The addresses that received something since the last call, each with all it received. */
  readonly costs: () => readonly ScanCost[];
  readonly resolverCosts: () => readonly ResolverCost[];
};

/** What a list takes at the default manners of a host whose ports answer, and half again at least. */
const deadlinesMs: Readonly<Record<PortListName, number>> = {
  declared: 300_000,
  curated: 300_000,
  'top-1000': 1_800_000,
  all: 14_400_000,
};

/** Gets ready to look at targets as an order says. */
export function createLooker(order: LookOrder, options: LookOptions): Looker {
  const { inventory, zone, run, manner } = order;
  const endsAt = performance.now() + (options.runDeadlineMs ?? Infinity);
  const { kindsOf = neededKinds, contacts, signal, fingerprints, holds, now } = options;
  const wire = createWire({
    zone,
    userAgent: userAgentOf(inventory, run),
    permit: createPermit(inventory),
    ...(now === undefined ? {} : { now }),
    ...(holds === undefined ? {} : { holds }),
  });
  const resolver = createDnsResolver(manner.resolvers);
  const { detection } = manner;
  const probes = createProbes({
    ...manner,
    resolve: createResolver(inventory, zone, wire.now),
    resolver,
    reference: order.reference,
    ...(detection === undefined ? {} : { markerOf: (target: Target) => markerOf(detection, run, target.key) }),
    ...(fingerprints === undefined ? {} : { fingerprints }),
  });
  const forbidden = createForbiddenNames(inventory, zone, wire.now);
  const lookout = { wire, probes, signal, unresolved: options.unresolved, forbidden, kindsOf };
  const targetDeadlineMs = options.targetDeadlineMs ?? deadlinesMs[manner.portList.name];
  const changed = onlyChanged();
  return {
    look: (target, how = {}) => {
      const leftMs = Math.floor(endsAt - performance.now());
      if (leftMs <= 0) return Promise.resolve(notRun(kindsOf(target), target, wire));
      const hear = (address: string): void => contacts?.(target, address);
      const told = contacts === undefined ? {} : { contacts: hear };
      return lookAt(target, { ...lookout, ...told, ...how, deadlineMs: Math.min(targetDeadlineMs, leftMs) });
    },
    costs: () => changed(wire.costs()),
    resolverCosts: () => resolver.costs(),
  };
}
