import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openFeeds, type Feeds } from '../feeds/open.ts';
import type { DueWork } from '../engine/schedule/due-work.ts';
import { readInventory } from '../inventory/read.ts';
import { readPackages, type EvidenceBySystem } from '../inventory/read-packages.ts';
import { canonicalJson } from '../model/canonical.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Manner } from '../model/manner.ts';
import type { Iso } from '../model/observation.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import { namedPortList } from '../probe/ports/named-lists.ts';
import { lockFolder } from '../store/lock.ts';
import { hasStore, storePlace } from '../store/place.ts';
import { openStore } from '../store/store.ts';
import type { Store } from '../store/types.ts';
import { placeOf } from '../track/place.ts';
import { closeRun } from './close-run.ts';
import { refuseStrangeChecks } from './check-controls.ts';
import { betweenControls } from './control-rounds.ts';
import { readAnchors } from './dns-anchors.ts';
import { resolversOf } from './dns-servers.ts';
import { nextWork, unfinishedRuns, type NextWork } from './due.ts';
import { heedSwitch, refuseIfOff } from './heed-switch.ts';
import type { Rewind } from './known-looks.ts';
import { readLawbook } from './lawbook.ts';
import { concernsOf, type Partial } from './partial.ts';
import { makePlan } from './plan.ts';
import { adoptPublicSuffixes } from './public-suffixes.ts';
import { readTrustRoots } from './trust.ts';
import { toolVersion } from './version.ts';
import { atRun, refuseIfFollowed } from './fleet/at-run.ts';
import { isWithWorkers, requireServer, scanByWorkers } from './fleet/scan-by-workers.ts';
import type { Idle, Job, ScanEvents, ScanOptions, ScanOutcome } from './scan-types.ts';
import { mannerOf, newRunId, workOnTargets } from './work.ts';
import { zoneOf } from './zone.ts';

/** Scans an inventory, or takes up a run that did not finish. Everything is in the store when it returns. */
export async function scan(options: ScanOptions, events: ScanEvents = {}): Promise<ScanOutcome> {
  return withFeeds(options, async (feeds) => {
    const { resume } = options;
    const fresh = resume === undefined || options.inventory !== undefined ? await readFresh(options, feeds) : undefined;
    if (resume === undefined && fresh === undefined)
      throw new UserError([{ message: message('cli.inventory-needed') }]);
    if (resume !== undefined && !hasStore(options.out)) throw nothingToResume();
    if (options.workers === true) requireServer(options.out);
    const start = async (store: Store, starter?: string): Promise<Job> => {
      await refuseIfOff(store);
      if (resume === undefined && fresh !== undefined)
        return begin(store, fresh, options, { ...(starter === undefined ? {} : { starter }) });
      const run = await runToResume(store, resume);
      // Whoever asks for a run of workers by hand follows it beside whoever does already.
      if (starter !== undefined) await refuseIfFollowed(store, run.id, new Set([run.id]));
      return takeUp(store, run, feeds, options, fresh?.inventory);
    };
    if (options.workers === true || (await isWithWorkers(options))) return scanByWorkers(options, events, start);
    return inFolder(options, async (store) => {
      const left = resume === undefined ? undefined : (await runToResume(store, resume)).id;
      return lookHere(store, left, () => start(store), feeds, options, events);
    });
  });
}

/**
 * Looks at what is due and may be looked at now: a run that was left unfinished first, else everything, some systems or nothing. Throws
 * UserError for what is wrong with the input, before a packet is sent.
 */
export async function scanDue(
  options: ScanOptions & {
    readonly inventory: string;
    readonly rewind?: Rewind;
    /** Runs that nobody follows any more, though their last sign of life may be young. */
    readonly orphans?: ReadonlySet<string>;
  },
  events: ScanEvents = {},
): Promise<ScanOutcome | Idle> {
  return withFeeds(options, async (feeds) => {
    const fresh = await readFresh(options, feeds);
    const { out, orphans = new Set() } = options;
    const start = async (store: Store, work: Work, starter?: string): Promise<Job> => {
      if (work.kind === 'resume') {
        if (starter !== undefined) await refuseIfFollowed(store, work.run.id, orphans);
        return takeUp(store, work.run, feeds, options, fresh.inventory);
      }
      return begin(store, fresh, options, {
        ...(work.kind === 'partial' ? { partial: partialWith(work) } : {}),
        ...(starter === undefined ? {} : { starter }),
      });
    };
    if (options.workers === true) requireServer(out);
    if (hasStore(out) && storePlace(out).engine === 'postgres') {
      const work = await inStore(options, (store) => nextOf(store, fresh, options));
      if ('state' in work) return work;
      const resumed = work.kind === 'resume' ? { resume: work.run.id } : {};
      // Lanes that went to workers stay with them.
      if (options.workers === true || (await isWithWorkers({ out, ...resumed })))
        return scanByWorkers({ ...options, ...resumed }, events, (store, starter) => start(store, work, starter));
    }
    return inFolder(options, async (store): Promise<ScanOutcome | Idle> => {
      const work = await nextOf(store, fresh, options);
      if ('state' in work) return work;
      const left = work.kind === 'resume' ? work.run.id : undefined;
      return lookHere(store, left, () => start(store, work), feeds, options, events);
    });
  });
}

/** Begins a run, or takes up the one that was `left`, and looks at it in this process. */
async function lookHere(
  store: Store,
  left: string | undefined,
  start: () => Promise<Job>,
  ...how: [feeds: Feeds, options: ScanOptions, events: ScanEvents]
): Promise<ScanOutcome> {
  if (left !== undefined) return atRun(store, left, async () => carryOut(await start(), ...how));
  const job = await start();
  return atRun(store, job.run, () => carryOut(job, ...how));
}

type Work = Exclude<NextWork, { kind: 'nothing' }>;

/** What to do next, or why there is nothing. */
async function nextOf(
  store: Store,
  { inventory, zone, lawbook }: Fresh,
  options: ScanOptions & { readonly rewind?: Rewind },
): Promise<Work | Idle> {
  const set = await store.fleetSwitch();
  if (set !== undefined && set.position !== 'on') return { state: 'off', set };
  const at = options.workers === true ? await store.storeTime() : clockOf(options)();
  const { rewind = { at, runs: [] } } = options;
  const work = await nextWork({ store, inventory, zone, lawbook, at, rewind });
  return work.kind === 'nothing' ? { state: 'nothing', held: work.held } : work;
}

const clockOf = ({ now = () => new Date().toISOString() }: Pick<ScanOptions, 'now'>): (() => Iso) => now;

/** Everything that can be wrong with the input is found before a folder is made or a packet sent. */
async function withFeeds<T>(options: ScanOptions, use: (feeds: Feeds) => Promise<T>): Promise<T> {
  const feeds = await openFeeds(options.feeds);
  try {
    adoptPublicSuffixes(feeds);
    return await use(feeds);
  } finally {
    feeds.close();
  }
}

/** Makes the folder, takes it for one scan at a time and opens its store. */
async function inFolder<T>({ out }: ScanOptions, use: (store: Store) => Promise<T>): Promise<T> {
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const lock = lockFolder(join(out, 'rasoat.lock'));
  try {
    return await inStore({ out }, use);
  } finally {
    lock.release();
  }
}

async function inStore<T>({ out }: Pick<ScanOptions, 'out'>, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(storePlace(out));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

function nothingToResume(): UserError {
  return new UserError([{ message: message('cli.nothing-to-resume') }]);
}

type Fresh = Pick<Job, 'inventory' | 'zone' | 'lawbook'> & {
  readonly evidence: EvidenceBySystem;
  readonly manner: Manner;
  readonly ask: Feeds['ask'];
};

async function readFresh(options: ScanOptions & { readonly inventory: string }, feeds: Feeds): Promise<Fresh>;
async function readFresh(options: ScanOptions, feeds: Feeds): Promise<Fresh | undefined>;
async function readFresh(options: ScanOptions, feeds: Feeds): Promise<Fresh | undefined> {
  const lawbook = await readLawbook(options, feeds);
  const extraRoots = [...(options.trust === undefined ? [] : readTrustRoots(options.trust)), ...feeds.roots()];
  const dnsAnchors = readAnchors(options.dnsAnchors);
  if (options.inventory === undefined) return undefined;
  const read = await readInventory(options.inventory);
  const { inventory } = read;
  refuseStrangeChecks(read, lawbook.checks);
  const evidence = await readPackages(options.inventory, inventory);
  const zone = zoneOf(inventory, options.zone);
  const { engine, udp, dnsPort } = options;
  const manner: Manner = {
    engine,
    portList: await namedPortList(options.portList),
    udp,
    extraRoots,
    dnsAnchors,
    dnsPort,
    resolvers: resolversOf(inventory, zone, options.resolver),
    ...(options.detectionCheck === true ? { detection: { nonce: randomBytes(16).toString('hex') } } : {}),
  };
  return { inventory, zone, evidence, lawbook, manner, ask: feeds.ask };
}

/** What a partial run is about, by places: a name may lead elsewhere when it is looked at again. */
function partialWith({ systems, left }: Extract<DueWork, { kind: 'partial' }>): Partial {
  return {
    systems,
    left: left.map(({ system, targets }) => ({ system, places: [...new Set(targets.map(placeOf))] })),
  };
}

type Beginning = {
  readonly partial?: Partial;
  /** The process that sends its lanes to workers; the time is then the store's. */
  readonly starter?: string;
};

async function begin(store: Store, fresh: Fresh, options: ScanOptions, { partial, starter }: Beginning): Promise<Job> {
  const { inventory, zone, evidence, lawbook, manner, ask } = fresh;
  const concerns = partial === undefined ? undefined : concernsOf(partial);
  const plan = await makePlan(inventory, zone, evidence, concerns);
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
    ...(starter === undefined ? {} : { starter }),
  });
  return { store, run, zone, inventory, lawbook, targets, unresolved: plan.unresolved, done: 0, ...manner, ask };
}

async function runToResume(store: Store, resume: string | true | undefined): Promise<Run> {
  const unfinished = await unfinishedRuns(store);
  const run = typeof resume === 'string' ? unfinished.find(({ id }) => id === resume) : unfinished[0];
  if (run === undefined) throw nothingToResume();
  return run;
}

async function takeUp(store: Store, run: Run, feeds: Feeds, options: ScanOptions, alsoBy?: Inventory): Promise<Job> {
  await store.reopenRun(run.id);
  const { lawbook } = await store.judgement(run.id);
  const targets = await store.targets(run.id, 'waiting');
  const done = (await store.targets(run.id, 'done')).length;
  const detail = { done, left: targets.length };
  const at = options.workers === true ? await store.storeTime() : clockOf(options)();
  await store.addRunEvent(run.id, { at, kind: 'taken-up', detail });
  const inventory = await store.inventory(run.id);
  const kept = await mannerOf(store, run.id);
  const { engine, portList, udp, extraRoots, resolvers, dnsAnchors, dnsPort, detection } = kept;
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
    ...(alsoBy === undefined ? {} : { alsoBy }),
    ...(detection === undefined ? {} : { detection }),
    ...(canonicalJson(lawbook.reference.feeds ?? {}) === canonicalJson(feeds.states) ? { ask: feeds.ask } : {}),
  };
}

async function carryOut(job: Job, feeds: Feeds, options: ScanOptions, events: ScanEvents): Promise<ScanOutcome> {
  const { store } = job;
  events.started?.(job.run, job.targets.length, job.done);
  const heeding = heedSwitch(store, options.signal);
  try {
    const how = { ...options, signal: heeding.signal };
    const { stopped, bugs } = await betweenControls(job, feeds, how, events, () =>
      workOnTargets(job, feeds, how, events),
    );
    const state = stopped ? 'interrupted' : 'finished';
    const clock = options.now === undefined ? {} : { now: options.now };
    if (state === 'finished') await closeRun({ ...job, ...clock });
    else {
      const at = clockOf(options)();
      const by = heeding.stoppedBy();
      const why = by === undefined ? {} : { by: by.by, reason: by.reason };
      await store.addRunEvent(job.run, { at, kind: by === undefined ? 'interrupted' : 'stopped', detail: why });
      await store.finishRun(job.run, state, at);
    }
    const run = await store.run(job.run);
    if (run === undefined) throw new Error(`run ${job.run} is not in the store`);
    return { run, state, bugs, otherFeeds: job.ask === undefined };
  } finally {
    heeding.release();
  }
}
