import { randomUUID } from 'node:crypto';
import { workThrough, type Progress } from '../engine/in-process.ts';
import type { Feeds } from '../feeds/open.ts';
import type { LookOrder } from '../model/desk.ts';
import type { Failure } from '../model/failure.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Manner } from '../model/manner.ts';
import type { Observation } from '../model/observation.ts';
import { nameToLocate, type Target } from '../model/target.ts';
import { curatedList } from '../probe/ports/named-lists.ts';
import type { AloneSeat } from '../store/dispatch-types.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { createHoldKeeper, type HoldKeeper } from '../probe/wire/hold-keeper.ts';
import { SeatLost } from './fleet/at-run.ts';
import { createHoldDesk } from './fleet/hold-desk.ts';
import { fleetTimes } from './fleet/times.ts';
import { createLooker, type LookOptions } from './look.ts';
import { createJudge } from './observe-target.ts';

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
  /** One given since: what its documents do not permit is not asked either. */
  readonly alsoBy?: Inventory;
  readonly lawbook: Lawbook;
  readonly targets: readonly Target[];
  readonly unresolved: ReadonlyMap<string, Failure>;
  /** Absent: the feeds are others than those the run began with, so what is left is not judged by them. */
  readonly ask?: Feeds['ask'];
};

export type WorkOptions = Omit<LookOptions, 'unresolved' | 'fingerprints'> & {
  /** Addresses under way at once. */
  readonly atOnce: number;
  /** Findings to be kept; absent: all. */
  readonly keeps?: (finding: Finding) => boolean;
  /** The right to be at the run, where other processes could be: nothing is kept without it. */
  readonly seat?: AloneSeat;
};

export type WorkEvents = {
  readonly progress?: (progress: Progress, counts: { readonly fails: number }) => void;
  readonly target?: (target: Target, findings: readonly Finding[], observations: readonly Observation[]) => void;
};

/** Looks at every target and stores what it brings, one transaction a target. */
export async function workOnTargets(
  work: Work,
  feeds: Feeds,
  options: WorkOptions,
  events: WorkEvents,
): Promise<{ readonly stopped: boolean; readonly bugs: number }> {
  const { store, lawbook, run, unresolved } = work;
  const session = randomUUID();
  const { keeps = () => true, signal, seat } = options;
  const fingerprints = feeds.fingerprints(options.now?.() ?? new Date().toISOString());
  // Workers of other machines may be at the same addresses; a file's folder is locked.
  const keeper = store.executeSql === undefined ? undefined : holdsFor(store, session);
  const looker = createLooker(orderOf(work), {
    ...options,
    unresolved,
    ...(fingerprints === undefined ? {} : { fingerprints }),
    ...(keeper === undefined ? {} : { holds: keeper.forWire() }),
  });
  const judge = createJudge(lawbook, work.ask);
  let fails = 0;
  let bugs = 0;

  async function commit(target: Target, observations: readonly Observation[]): Promise<void> {
    const { findings: all, known } = judge(target, observations);
    const findings = all.filter(keeps);
    const result = {
      target: target.key,
      observations,
      findings,
      costs: looker.costs(),
      resolverCosts: looker.resolverCosts(),
      ...(known === undefined ? {} : { known }),
    };
    if (seat === undefined) await store.commitTarget(run, session, result);
    else {
      const [became] = await store.commitLane(run, session, [result], seat);
      if (became !== 'kept') throw new SeatLost();
    }
    fails += findings.filter((finding) => finding.outcome === 'fail').length;
    bugs += observations.filter((seen) => !seen.ok && seen.failure.code === 'bug').length;
    events.target?.(target, findings, observations);
  }

  const { stopped } = await workThrough({
    items: work.targets,
    laneOf,
    atOnce: options.atOnce,
    signal,
    work: async (target) => {
      await commit(target, await looker.look(target));
    },
    onProgress: (progress) => events.progress?.(progress, { fails }),
  }).finally(() => keeper?.close());
  return { stopped, bugs };
}

/** How to look at a run's targets. */
export function orderOf(work: Omit<Work, 'store' | 'targets' | 'unresolved'>): LookOrder {
  const { run, zone, inventory, alsoBy, lawbook } = work;
  const bound = alsoBy === undefined ? {} : { alsoBy };
  return { run, zone, inventory, ...bound, manner: work, reference: lawbook.reference };
}

/** In this process a lane that waits keeps nobody else from working: it may wait as long as a target takes. */
function holdsFor(store: Store, session: string): HoldKeeper {
  return createHoldKeeper(
    createHoldDesk(store, () => session, fleetTimes().holdMs),
    { waitMs: 300_000 },
  );
}

/**
 * Targets of one lane are looked at one after the other, wherever that is done: its address, the name whose address is not known, or
 * the name that it is.
 */
export function laneOf(target: Target): string {
  const name = nameToLocate(target);
  return target.address ?? (name === undefined ? target.key : `${name} [?]`);
}
