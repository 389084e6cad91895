import { randomUUID } from 'node:crypto';
import { workThrough, type Progress } from '../engine/in-process.ts';
import type { Feeds } from '../feeds/open.ts';
import { createPermit } from '../inventory/scope.ts';
import { neededKinds } from '../inventory/targets.ts';
import { markerOf, type DetectionSettings } from '../model/detection.ts';
import type { Failure } from '../model/failure.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Kind, Observation } from '../model/observation.ts';
import type { PortList, PortListName } from '../model/port-list.ts';
import type { ResolverAddress } from '../model/resolver.ts';
import type { Target } from '../model/target.ts';
import { createDnsResolver } from '../probe/dns/resolver.ts';
import { curatedList } from '../probe/ports/named-lists.ts';
import { createWire } from '../probe/wire/dial.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { onlyChanged } from './changed-costs.ts';
import { createForbiddenNames } from './forbidden-names.ts';
import { createJudge, lookAt, notRun } from './observe-target.ts';
import { createProbes, type PortsEngine } from './probes.ts';
import { createResolver } from './resolver.ts';
import type { NamedRoot } from './trust.ts';
import { userAgentOf } from './user-agent.ts';

/** How a run looks; kept with it, so that whoever takes it up or looks again does it the same way. */
export type Manner = {
  readonly engine: PortsEngine;
  readonly portList: PortList;
  readonly udp: boolean;
  /** As the run began with them: one run is never judged by two sets of roots. */
  readonly extraRoots: readonly NamedRoot[];
  readonly resolvers: readonly ResolverAddress[];
  readonly dnsAnchors: string;
  readonly dnsPort: number;
  /** Absent: no marked requests. */
  readonly detection?: DetectionSettings;
};

/** How a stored run looked. Runs begun before there were lists of ports have neither list nor UDP. */
export async function mannerOf(store: Store, run: string): Promise<Manner> {
  // Only scans and verifications write settings.
  return { portList: curatedList, udp: false, ...(await store.settings(run)) } as Manner;
}

/** `20261125-081500-3f9a0c12`: in the order of their beginnings, and two in one second are two. */
export function newRunId(startedAt: string): string {
  return `${startedAt.slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomUUID().slice(0, 8)}`;
}

/** Targets to be looked at and judged, and everything that this needs. */
export type Work = Manner & {
  readonly store: Store;
  readonly run: string;
  readonly zone: string;
  readonly inventory: Inventory;
  readonly lawbook: Lawbook;
  readonly targets: readonly Target[];
  readonly unresolved: ReadonlyMap<string, Failure>;
  /** Absent: the feeds are others than those the run began with, so what is left is not judged by them. */
  readonly ask?: Feeds['ask'];
};

export type WorkOptions = {
  /** Addresses under way at once. */
  readonly atOnce: number;
  /** All the time one target may take; absent: by the port list. */
  readonly targetDeadlineMs?: number;
  readonly runDeadlineMs?: number;
  readonly signal: AbortSignal;
  /** Kinds to look at a target by; absent: all that it has. */
  readonly kindsOf?: (target: Target) => readonly Kind[];
  /** Findings to be kept; absent: all. */
  readonly keeps?: (finding: Finding) => boolean;
  /** Told each address that a target's look went to. */
  readonly contacts?: (target: Target, address: string) => void;
};

export type WorkEvents = {
  readonly progress?: (progress: Progress, counts: { readonly fails: number }) => void;
  readonly target?: (target: Target, findings: readonly Finding[], observations: readonly Observation[]) => void;
};

/** What a list takes at the default manners of a host whose ports answer, and half again at least. */
const deadlinesMs: Readonly<Record<PortListName, number>> = {
  declared: 300_000,
  curated: 300_000,
  'top-1000': 1_800_000,
  all: 14_400_000,
};

/** Looks at every target and stores what it brings, one transaction a target. */
export async function workOnTargets(
  work: Work,
  feeds: Feeds,
  options: WorkOptions,
  events: WorkEvents,
): Promise<{ readonly stopped: boolean; readonly bugs: number }> {
  const { store, inventory, zone, lawbook, detection } = work;
  const session = randomUUID();
  const endsAt = performance.now() + (options.runDeadlineMs ?? Infinity);
  const { kindsOf = neededKinds, keeps = () => true, contacts } = options;
  const userAgent = userAgentOf(inventory, work.run);
  const wire = createWire({ zone, userAgent, permit: createPermit(inventory) });
  const judge = createJudge(lawbook, work.ask);
  const resolver = createDnsResolver(work.resolvers);
  const fingerprints = feeds.fingerprints(new Date().toISOString());
  const probes = createProbes({
    ...work,
    resolve: createResolver(inventory, zone, wire.now),
    resolver,
    reference: lawbook.reference,
    ...(detection === undefined ? {} : { markerOf: (target: Target) => markerOf(detection, work.run, target.key) }),
    ...(fingerprints === undefined ? {} : { fingerprints }),
  });
  const changedCosts = onlyChanged();
  let fails = 0;
  let bugs = 0;

  async function commit(target: Target, observations: readonly Observation[]): Promise<void> {
    const { findings: all, known } = judge(target, observations);
    const findings = all.filter(keeps);
    const costs = changedCosts(wire.costs());
    await store.commitTarget(work.run, session, {
      target: target.key,
      observations,
      findings,
      costs,
      resolverCosts: resolver.costs(),
      ...(known === undefined ? {} : { known }),
    });
    fails += findings.filter((finding) => finding.outcome === 'fail').length;
    bugs += observations.filter((seen) => !seen.ok && seen.failure.code === 'bug').length;
    events.target?.(target, findings, observations);
  }

  const { signal } = options;
  const forbidden = createForbiddenNames(inventory, zone, wire.now);
  const lookout = { wire, probes, signal, unresolved: work.unresolved, forbidden, kindsOf };
  const targetDeadlineMs = options.targetDeadlineMs ?? deadlinesMs[work.portList.name];
  const observe = (target: Target): Promise<readonly Observation[]> => {
    const leftMs = Math.floor(endsAt - performance.now());
    if (leftMs <= 0) return Promise.resolve(notRun(kindsOf(target), target, wire));
    const hear = (address: string): void => contacts?.(target, address);
    const told = contacts === undefined ? {} : { contacts: hear };
    return lookAt(target, { ...lookout, ...told, deadlineMs: Math.min(targetDeadlineMs, leftMs) });
  };
  const { stopped } = await workThrough({
    items: work.targets,
    laneOf: (target) => target.address ?? target.key,
    atOnce: options.atOnce,
    signal,
    work: async (target) => {
      await commit(target, await observe(target));
    },
    onProgress: (progress) => events.progress?.(progress, { fails }),
  });
  return { stopped, bugs };
}
