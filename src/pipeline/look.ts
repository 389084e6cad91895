import { createSystemBlackouts } from '../inventory/blackouts.ts';
import { provinceTime } from '../inventory/province-time.ts';
import { blackoutReason, createPermit, permitBoth } from '../inventory/scope.ts';
import { neededKinds } from '../inventory/targets.ts';
import type { LookOrder } from '../model/desk.ts';
import { markerOf } from '../model/detection.ts';
import { failure, type Failure } from '../model/failure.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Iso, Kind, Observation } from '../model/observation.ts';
import type { PortListName } from '../model/port-list.ts';
import type { Resolution } from '../model/resolver.ts';
import type { ResolverCost, ScanCost } from '../model/run.ts';
import type { Fingerprints } from '../model/software/fingerprints.ts';
import type { Target } from '../model/target.ts';
import { createDnsResolver } from '../probe/dns/resolver.ts';
import { createWire } from '../probe/wire/dial.ts';
import type { WireHolds } from '../probe/wire/hold-keeper.ts';
import { onlyChanged } from './changed-costs.ts';
import { isByResolvers } from './dns-servers.ts';
import { createForbiddenNames } from './forbidden-names.ts';
import { byMachine, byResolver } from './look-up.ts';
import { lookAt, notRun, unsent, type ContactListener } from './observe-target.ts';
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
  /** Told each address that a target's look went to, and the ports of it to which something was sent. */
  readonly contacts?: (target: Target, ...contact: Parameters<ContactListener>) => void;
  /** Names are looked up by the order's own resolvers; absent: where those were named, else by this machine. */
  readonly byResolvers?: boolean;
  /** The clock by which documents are open; absent: this machine's. */
  readonly now?: () => Iso;
  /** A second opinion of software, where a feed of fingerprints was imported. */
  readonly fingerprints?: Fingerprints;
  /** Whose turn it is at an address over all workers; absent: this process is alone. */
  readonly holds?: WireHolds;
};

/** What differs from the looker's own, for one target. */
export type LookHow = Partial<Pick<LookOptions, 'signal' | 'unresolved'>>;

/** Looks at targets, and tells what that cost; needs neither store nor checks, so a worker of another network can. */
export type Looker = {
  readonly look: (target: Target, how?: LookHow) => Promise<readonly Observation[]>;
  /** The addresses of a name, as names are looked up here. Throws the signal's reason. */
  readonly lookUp: (name: string, signal?: AbortSignal) => Promise<Resolution>;
  /** The addresses that received something since the last call, each with all it received. */
  readonly costs: () => readonly ScanCost[];
  readonly resolverCosts: () => readonly ResolverCost[];
  /** From now on what was given since the order binds it too. */
  readonly bindBy: (bounds: Pick<LookOrder, 'alsoBy' | 'endsAt'>) => void;
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
  let runEndsAt = timeOf(order.endsAt);
  const own = rulesOf(inventory, zone);
  let also = order.alsoBy === undefined ? undefined : rulesOf(order.alsoBy, zone);
  const wire = createWire({
    zone,
    userAgent: userAgentOf(inventory, run),
    permit: (dial) => permitBoth(own.permit, also?.permit)(dial),
    ...(now === undefined ? {} : { now }),
    ...(holds === undefined ? {} : { holds }),
  });
  const resolver = createDnsResolver(manner.resolvers);
  const { byResolvers = isByResolvers(manner, inventory, zone) } = options;
  const ask = byResolvers ? byResolver(resolver) : byMachine;
  const lookUp = (name: string, until = signal) => ask(name, until);
  const { detection } = manner;
  const probes = createProbes({
    ...manner,
    resolve: createResolver(inventory, zone, wire.now, lookUp),
    resolver,
    reference: order.reference,
    ...(detection === undefined ? {} : { markerOf: (target: Target) => markerOf(detection, run, target.key) }),
    ...(fingerprints === undefined ? {} : { fingerprints }),
  });
  const forbidden = createForbiddenNames(inventory, zone, wire.now);
  const lookout = { wire, probes, signal, unresolved: options.unresolved, forbidden, kindsOf };
  const targetDeadlineMs = options.targetDeadlineMs ?? deadlinesMs[manner.portList.name];
  const changed = onlyChanged();
  const blackoutOf = (system: string) => {
    const time = provinceTime(wire.now());
    return time === undefined ? undefined : (own.blackoutOf(system, time) ?? also?.blackoutOf(system, time));
  };
  return {
    look: (target, how = {}) => {
      const leftMs = Math.floor(Math.min(endsAt - performance.now(), runEndsAt - Date.parse(wire.now())));
      if (leftMs <= 0) return Promise.resolve(notRun(kindsOf(target), target, wire));
      // Its names may lead to machines that the inventory does not know as its own.
      const blackout = blackoutOf(target.system);
      if (blackout !== undefined) {
        const why = failure('not-permitted', `${target.key}: ${blackoutReason(blackout)}`);
        return Promise.resolve(unsent(kindsOf(target), target, wire, why));
      }
      const hear: ContactListener = (...contact) => contacts?.(target, ...contact);
      const told = contacts === undefined ? {} : { contacts: hear };
      return lookAt(target, { ...lookout, ...told, ...how, deadlineMs: Math.min(targetDeadlineMs, leftMs) });
    },
    lookUp,
    costs: () => changed(wire.costs()),
    resolverCosts: () => resolver.costs(),
    bindBy: (bounds) => {
      if (bounds.alsoBy !== undefined) also = rulesOf(bounds.alsoBy, zone);
      runEndsAt = timeOf(bounds.endsAt);
    },
  };
}

const timeOf = (at: Iso | undefined): number => (at === undefined ? Infinity : Date.parse(at));

const rulesOf = (inventory: Inventory, zone: string) => ({
  permit: createPermit(inventory),
  blackoutOf: createSystemBlackouts(inventory, zone),
});
