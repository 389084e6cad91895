import type { DueWork } from '../engine/schedule/due-work.ts';
import type { Feeds } from '../feeds/open.ts';
import { canonicalJson } from '../model/canonical.ts';
import { UserError } from '../model/errors.ts';
import { failure } from '../model/failure.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Iso } from '../model/observation.ts';
import type { Resolution } from '../model/resolver.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import type { Store } from '../store/types.ts';
import { placeOf } from '../track/place.ts';
import { unfinishedRuns } from './due.ts';
import { namesOf } from './look-up.ts';
import { concernsOf, type Partial } from './partial.ts';
import { makePlan } from './plan.ts';
import type { Fresh } from './scan-input.ts';
import type { Job, ScanOptions } from './scan-types.ts';
import { toolVersion } from './version.ts';
import { mannerOf, newRunId } from './work.ts';

export const clockOf = ({ now = () => new Date().toISOString() }: Pick<ScanOptions, 'now'>): (() => Iso) => now;

export function nothingToResume(): UserError {
  return new UserError([{ message: message('cli.nothing-to-resume') }]);
}

/** What a partial run is about, by places: a name may lead elsewhere when it is looked at again. */
export function partialWith({ systems, left }: Extract<DueWork, { kind: 'partial' }>): Partial {
  return {
    systems,
    left: left.map(({ system, targets }) => ({ system, places: [...new Set(targets.map(placeOf))] })),
  };
}

/** When a run at workers ends, from when it is begun or taken up. */
export function deadlineAfter(
  at: Iso,
  { runDeadlineMs }: Pick<ScanOptions, 'runDeadlineMs'>,
): { readonly endsAt?: Iso } {
  return runDeadlineMs === undefined ? {} : { endsAt: new Date(Date.parse(at) + runDeadlineMs).toISOString() };
}

const leaveToZone = (): Promise<Resolution> =>
  Promise.resolve({ ok: false, failure: failure('dns', 'not looked up yet'), absent: false });

type Beginning = {
  readonly partial?: Partial;
  /** The process that sends its lanes to workers; the time is then the store's. */
  readonly starter?: string;
};

/** Writes a new run with its targets waiting. */
export async function begin(
  store: Store,
  fresh: Fresh,
  options: ScanOptions,
  { partial, starter }: Beginning,
): Promise<Job> {
  const { inventory, zone, evidence, lawbook, manner, ask } = fresh;
  const concerns = partial === undefined ? undefined : concernsOf(partial);
  const names = namesOf(fresh);
  // A resolver of its own may know other addresses than we do: whoever works in the zone asks it.
  const leave = starter !== undefined && names.isByResolvers;
  const plan = await makePlan(inventory, zone, evidence, concerns, leave ? leaveToZone : names.lookUp);
  const targets = concerns === undefined ? plan.targets : plan.targets.filter(concerns);
  const startedAt = starter === undefined ? clockOf(options)() : await store.storeTime();
  const run = newRunId(startedAt);
  await store.createRun({
    id: run,
    ...(partial === undefined ? {} : { kind: 'partial' as const }),
    tool: toolVersion(),
    zone,
    startedAt,
    inventory,
    targets,
    settings: { ...manner, excludedSystems: plan.excludedSystems, ...(partial === undefined ? {} : { partial }) },
    lawbook,
    ...(starter === undefined ? {} : { starter, ...deadlineAfter(startedAt, options) }),
  });
  await names.keepCosts(store, run);
  return { store, run, zone, inventory, lawbook, targets, unresolved: plan.unresolved, done: 0, ...manner, ask };
}

/** The run that is asked for among those that did not finish, or the first of them. Throws UserError. */
export async function runToResume(store: Store, resume: string | true | undefined): Promise<Run> {
  const unfinished = await unfinishedRuns(store);
  const run = typeof resume === 'string' ? unfinished.find(({ id }) => id === resume) : unfinished[0];
  if (run === undefined) throw nothingToResume();
  return run;
}

/** Takes a run up where it stands. */
export async function takeUp(
  store: Store,
  run: Run,
  feeds: Feeds,
  options: ScanOptions,
  alsoBy?: Inventory,
): Promise<Job> {
  await store.reopenRun(run.id);
  const { lawbook } = await store.judgement(run.id);
  const targets = await store.targets(run.id, 'waiting');
  const done = (await store.targets(run.id, 'done')).length;
  const detail = { done, left: targets.length };
  const at = options.workers === true ? await store.storeTime() : clockOf(options)();
  await store.addRunEvent(run.id, { at, kind: 'taken-up', detail });
  const inventory = await store.inventory(run.id);
  const kept = await mannerOf(store, run.id);
  const { engine, portList, udp, extraRoots, resolvers, resolversNamed, dnsAnchors, dnsPort, detection } = kept;
  return {
    store,
    run: run.id,
    zone: run.zone,
    inventory,
    lawbook,
    targets,
    unresolved: new Map(),
    done,
    engine,
    portList,
    udp,
    extraRoots,
    resolvers,
    dnsAnchors,
    dnsPort,
    ...(resolversNamed === undefined ? {} : { resolversNamed }),
    ...(alsoBy === undefined ? {} : { alsoBy }),
    ...(detection === undefined ? {} : { detection }),
    ...(canonicalJson(lawbook.reference.feeds ?? {}) === canonicalJson(feeds.states) ? { ask: feeds.ask } : {}),
  };
}
