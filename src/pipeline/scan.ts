import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openFeeds, type Feeds } from '../feeds/open.ts';
import { readInventory } from '../inventory/read.ts';
import { readPackages, type EvidenceBySystem } from '../inventory/read-packages.ts';
import { canonicalJson } from '../model/canonical.ts';
import { UserError } from '../model/errors.ts';
import type { Manner } from '../model/manner.ts';
import { message } from '../model/text.ts';
import { namedPortList } from '../probe/ports/named-lists.ts';
import { lockFolder } from '../store/lock.ts';
import { hasStore, storePlace } from '../store/place.ts';
import { openStore } from '../store/store.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { closeRun } from './close-run.ts';
import { refuseStrangeChecks } from './check-controls.ts';
import { betweenControls } from './control-rounds.ts';
import { readAnchors } from './dns-anchors.ts';
import { resolversOf } from './dns-servers.ts';
import { readLawbook } from './lawbook.ts';
import { makePlan } from './plan.ts';
import { adoptPublicSuffixes } from './public-suffixes.ts';
import { isWithWorkers, requireServer, scanByWorkers } from './fleet/scan-by-workers.ts';
import type { Job, ScanEvents, ScanOptions, ScanOutcome } from './scan-types.ts';
import { readTrustRoots } from './trust.ts';
import { toolVersion } from './version.ts';
import { mannerOf, newRunId, workOnTargets } from './work.ts';
import { zoneOf } from './zone.ts';

/** Scans an inventory, or takes up a run that did not finish. Everything is in the store when it returns. */
export async function scan(options: ScanOptions, events: ScanEvents = {}): Promise<ScanOutcome> {
  // Everything that can be wrong with the input is found before a folder is made or a packet sent.
  const feeds = await openFeeds(options.feeds);
  adoptPublicSuffixes(feeds);
  try {
    return await scanWith(feeds, options, events);
  } finally {
    feeds.close();
  }
}

async function scanWith(feeds: Feeds, options: ScanOptions, events: ScanEvents): Promise<ScanOutcome> {
  // A run that is taken up is judged by the lawbook stored with it.
  const lawbook = options.resume === undefined ? await readLawbook(options, feeds) : undefined;
  const extraRoots = [...(options.trust === undefined ? [] : readTrustRoots(options.trust)), ...feeds.roots()];
  const dnsAnchors = readAnchors(options.dnsAnchors);
  const fresh = lawbook === undefined ? undefined : await readFresh(options, lawbook);
  if (fresh === undefined && !hasStore(options.out)) throw nothingToResume();
  if (options.workers === true) requireServer(options.out);
  mkdirSync(options.out, { recursive: true, mode: 0o700 });
  if (options.workers === true || (await isWithWorkers(options))) {
    const sent = await scanByWorkers(options, events, (store, starter) => beginOrTakeUp(store, starter));
    return sent;
  }
  const lock = lockFolder(join(options.out, 'rasoat.lock'));
  const store = await openStore(storePlace(options.out));
  try {
    return await carryOut(await beginOrTakeUp(store), feeds, options, events);
  } finally {
    await store.close();
    lock.release();
  }

  async function beginOrTakeUp(into: Store, starter?: string): Promise<Job> {
    const { engine, udp, dnsPort } = options;
    if (fresh === undefined || lawbook === undefined) return takeUp(into, options.resume, feeds);
    const manner = {
      engine,
      portList: await namedPortList(options.portList),
      udp,
      extraRoots,
      dnsAnchors,
      dnsPort,
      resolvers: fresh.resolvers,
      ...(options.detectionCheck === true ? { detection: { nonce: randomBytes(16).toString('hex') } } : {}),
      ask: feeds.ask,
    };
    return begin(into, fresh, lawbook, manner, starter);
  }
}

function nothingToResume(): UserError {
  return new UserError([{ message: message('cli.nothing-to-resume') }]);
}

type Fresh = Pick<Job, 'inventory' | 'zone' | 'resolvers'> & { readonly evidence: EvidenceBySystem };

async function readFresh(options: ScanOptions, { checks }: Lawbook): Promise<Fresh> {
  if (options.inventory === undefined) throw new UserError([{ message: message('cli.inventory-needed') }]);
  const read = await readInventory(options.inventory);
  const { inventory } = read;
  refuseStrangeChecks(read, checks);
  const evidence = await readPackages(options.inventory, inventory);
  const zone = zoneOf(inventory, options.zone);
  return { inventory, zone, evidence, resolvers: resolversOf(inventory, zone, options.resolver) };
}

async function begin(
  store: Store,
  { inventory, zone, evidence }: Fresh,
  lawbook: Lawbook,
  { ask, ...kept }: Manner & Required<Pick<Job, 'ask'>>,
  starter?: string,
): Promise<Job> {
  const plan = await makePlan(inventory, zone, evidence);
  const startedAt = starter === undefined ? new Date().toISOString() : await store.storeTime();
  const run = newRunId(startedAt);
  await store.createRun({
    id: run,
    tool: toolVersion(),
    zone,
    startedAt,
    inventory,
    targets: plan.targets,
    settings: { ...kept, excludedSystems: plan.excludedSystems },
    lawbook,
    ...(starter === undefined ? {} : { starter }),
  });
  return {
    store,
    run,
    zone,
    inventory,
    lawbook,
    targets: plan.targets,
    unresolved: plan.unresolved,
    done: 0,
    ...kept,
    ask,
  };
}

async function takeUp(store: Store, resume: string | true | undefined, feeds: Feeds): Promise<Job> {
  const unfinished = (await store.runs()).filter((run) => run.state !== 'finished');
  const run = typeof resume === 'string' ? unfinished.find(({ id }) => id === resume) : unfinished[0];
  if (run === undefined) throw nothingToResume();
  await store.reopenRun(run.id);
  const { lawbook } = await store.judgement(run.id);
  const targets = await store.targets(run.id, 'waiting');
  const done = (await store.targets(run.id, 'done')).length;
  const detail = { done, left: targets.length };
  await store.addRunEvent(run.id, { at: new Date().toISOString(), kind: 'taken-up', detail });
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
    ...(detection === undefined ? {} : { detection }),
    ...(canonicalJson(lawbook.reference.feeds ?? {}) === canonicalJson(feeds.states) ? { ask: feeds.ask } : {}),
  };
}

async function carryOut(job: Job, feeds: Feeds, options: ScanOptions, events: ScanEvents): Promise<ScanOutcome> {
  const { store } = job;
  events.started?.(job.run, job.targets.length, job.done);
  const { stopped, bugs } = await betweenControls(job, feeds, options, events, () =>
    workOnTargets(job, feeds, options, events),
  );
  const state = stopped ? 'interrupted' : 'finished';
  if (state === 'finished') await closeRun(job);
  else {
    const at = new Date().toISOString();
    await store.addRunEvent(job.run, { at, kind: 'interrupted', detail: {} });
    await store.finishRun(job.run, state, at);
  }
  const run = await store.run(job.run);
  if (run === undefined) throw new Error(`run ${job.run} is not in the store`);
  return { run, state, bugs, otherFeeds: job.ask === undefined };
}
