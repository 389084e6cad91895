import { join } from 'node:path';
import { openFeeds, type Feeds } from '../feeds/open.ts';
import { readInventory } from '../inventory/read.ts';
import { readPackages, type EvidenceBySystem } from '../inventory/read-packages.ts';
import { canonicalJson } from '../model/canonical.ts';
import { dayOf } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Manner } from '../model/manner.ts';
import type { ResolverCost, Run, ScanCost } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import { message, type Text } from '../model/text.ts';
import type { Life } from '../model/track/life.ts';
import { lockFolder } from '../store/lock.ts';
import { hasStore, storePlace } from '../store/place.ts';
import { openStore } from '../store/store.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { declaredPlaces } from '../track/place.ts';
import { refuseStrangeChecks } from './check-controls.ts';
import { withholdIn } from './control-readings.ts';
import { betweenControls } from './control-rounds.ts';
import { heedSwitch, refuseIfOff } from './heed-switch.ts';
import { judgeTogether } from './judge-together.ts';
import { readLawbook, type LawbookOptions } from './lawbook.ts';
import { latestInventory } from './latest-inventory.ts';
import { namesOf } from './look-up.ts';
import { makePlan, type Plan } from './plan.ts';
import { adoptPublicSuffixes } from './public-suffixes.ts';
import { keepStrips } from './strips.ts';
import { trackRun, trackRuns } from './track-run.ts';
import type { Verification } from './verification.ts';
import { mannerToVerify, type MannerOptions } from './verify-manner.ts';
import { needsOf, type Settled } from './verify-needs.ts';
import { resultsOf, type Verified } from './verify-results.ts';
import { findSubject, type Subject } from './verify-subject.ts';
import { toolVersion } from './version.ts';
import { newRunId, workOnTargets, type WorkOptions } from './work.ts';

export type VerifyOptions = LawbookOptions &
  MannerOptions &
  Pick<WorkOptions, 'atOnce' | 'targetDeadlineMs' | 'signal'> & {
    readonly out: string;
    /** Ids of findings or of systems. */
    readonly words: readonly string[];
    /** Absent: the inventory that was given last. */
    readonly inventory?: string;
    /** Absent: the zone of the findings. */
    readonly zone?: string;
    /** Folder of the feeds. */
    readonly feeds: string;
  };

export type VerifyEvents = {
  readonly started?: (run: string, zone: string, targets: number, findings: number) => void;
};

export type VerifyOutcome = {
  /** Absent where there was nothing to look at: nothing was sent and nothing stored. */
  readonly run?: Run;
  readonly state: 'finished' | 'interrupted';
  readonly results: readonly Verified[];
  /** What the checks asked about require, by their ids. */
  readonly titles: ReadonlyMap<string, Text>;
  /** Systems asked about in which no run has ever found anything, and whether one looked at all. */
  readonly blank: readonly { readonly system: string; readonly seenAt: string | null }[];
  readonly costs: readonly ScanCost[];
  readonly resolverCosts: readonly ResolverCost[];
  readonly bugs: number;
};

/**
 * Looks again at some findings and at nothing else, in the way of the scan that found them, under the authorisations as
 * they stand now. What was seen goes into the life of those findings. Throws UserError for what is asked wrongly, before
 * anything is sent.
 */
export async function verify(options: VerifyOptions, events: VerifyEvents = {}): Promise<VerifyOutcome> {
  if (!hasStore(options.out)) {
    throw new UserError([{ message: message('cli.no-store', { out: options.out }) }]);
  }
  const feeds = await openFeeds(options.feeds);
  try {
    adoptPublicSuffixes(feeds);
    const given = options.inventory === undefined ? undefined : await readGiven(options.inventory);
    const lock = lockFolder(join(options.out, 'rasoat.lock'));
    const store = await openStore(storePlace(options.out));
    try {
      await refuseIfOff(store);
      const heeding = heedSwitch(store, options.signal);
      try {
        return await verifyIn(store, feeds, given, { ...options, signal: heeding.signal }, events);
      } finally {
        heeding.release();
      }
    } finally {
      await store.close();
      lock.release();
    }
  } finally {
    feeds.close();
  }
}

type Given = {
  readonly inventory: Inventory;
  readonly evidence: EvidenceBySystem;
  /** Throws UserError where the file names checks that are not there. */
  readonly refuse?: (checks: Lawbook['checks']) => void;
};

async function readGiven(file: string): Promise<Given> {
  const read = await readInventory(file);
  const { inventory } = read;
  const refuse = (checks: Lawbook['checks']): void => {
    refuseStrangeChecks(read, checks);
  };
  return { inventory, evidence: await readPackages(file, inventory), refuse };
}

async function verifyIn(
  store: Store,
  feeds: Feeds,
  given: Given | undefined,
  options: VerifyOptions,
  events: VerifyEvents,
): Promise<VerifyOutcome> {
  await trackRuns(store);
  const { inventory, evidence } = given ?? (await storedGiven(store, options.out));
  const { words, zone: asked } = options;
  const day = dayOf(new Date().toISOString());
  const subject = await findSubject(store, inventory, { words, day, ...(asked === undefined ? {} : { zone: asked }) });
  const { zone, lives } = subject;
  const seen = await store.lastSeen(new Date().toISOString());
  const blank = subject.blank.map((system) => ({ system, seenAt: seen.get(system) ?? null }));
  const nothing = {
    state: 'finished' as const,
    titles: new Map<string, Text>(),
    blank,
    costs: [],
    resolverCosts: [],
    bugs: 0,
  };
  if (lives.length === 0) return { ...nothing, results: [] };
  const lawbook = await readLawbook(options, feeds);
  given?.refuse?.(lawbook.checks);
  const needs = needsOf(lives, lawbook.checks);
  const manner = await mannerToVerify(store, inventory, subject, feeds, options);
  const names = namesOf({ manner, inventory, zone });
  const plan = await makePlan(inventory, zone, evidence, needs.concerns, names.lookUp);
  const settled = needs.settle(plan.targets, await store.track.places(zone));
  const contacted = new Map<string, Set<string>>();
  const titles = new Map(needs.checks.map(({ id, title }) => [id, title]));
  const common = { checks: lawbook.checks, planned: plan.targets, declared: declaredPlaces(inventory), contacted, day };
  if (settled.targets.length === 0) {
    return { ...nothing, titles, results: resultsOf({ ...common, lives, findings: [], costs: [] }) };
  }
  const asking = {
    store,
    feeds,
    inventory,
    lawbook: { ...lawbook, checks: needs.checks },
    manner,
    names,
    plan,
    settled,
    subject,
  };
  const { run, state, bugs } = await look({ ...asking, whole: lawbook }, contacted, options, events);
  const { id } = await store.judgement(run.id);
  const findings = await store.findings(id);
  const [costs, resolverCosts] = [await store.costs(run.id), await store.resolverCosts(run.id)];
  const after = await livesAfter(store, lives);
  const results = state === 'interrupted' ? [] : resultsOf({ ...common, lives: after, findings, costs });
  return { run, state, results, titles, blank, costs, resolverCosts, bugs };
}

/** The inventory given last, with the lists of packages that the newest scan had of it. */
async function storedGiven(store: Store, out: string): Promise<Given> {
  const inventory = await latestInventory(store);
  const [newest] = await store.runs();
  if (inventory === undefined || newest === undefined) {
    throw new UserError([{ message: message('cli.no-run', { out }) }]);
  }
  const targets = await store.targets(newest.id);
  const bySystem = Map.groupBy(targets, ({ system }) => system);
  const evidence = [...bySystem].map(([system, own]) => {
    const lists = own.flatMap(({ packages = [] }) => packages);
    return [system, [...new Map(lists.map((list) => [canonicalJson(list), list])).values()]] as const;
  });
  return { inventory, evidence: new Map(evidence) };
}

type Looking = {
  readonly store: Store;
  readonly feeds: Feeds;
  readonly inventory: Inventory;
  /** With the checks asked about alone, and whole, as it is kept. */
  readonly lawbook: Lawbook;
  readonly whole: Lawbook;
  readonly manner: Manner;
  readonly names: ReturnType<typeof namesOf>;
  readonly plan: Plan;
  readonly settled: Settled;
  readonly subject: Subject;
};

/** Stores the verification as a run of its own kind, carries it out, and takes it into the lives. */
async function look(
  looking: Looking,
  contacted: Map<string, Set<string>>,
  options: VerifyOptions,
  events: VerifyEvents,
): Promise<{ readonly run: Run; readonly state: 'finished' | 'interrupted'; readonly bugs: number }> {
  const { store, feeds, inventory, lawbook, whole, manner, names, plan, settled, subject } = looking;
  const { zone, lives } = subject;
  const { targets, kindsOf, keeps } = settled;
  const startedAt = new Date().toISOString();
  const run = newRunId(startedAt);
  const verification: Verification = {
    findings: lives.map(({ id }) => id),
    places: plan.targets.map(({ system, key }) => ({ system, key })),
  };
  const settings = { ...manner, verification };
  const common = { zone, startedAt, inventory, targets, settings, lawbook: whole };
  await store.createRun({ id: run, kind: 'verification', tool: toolVersion(), ...common });
  await names.keepCosts(store, run);
  events.started?.(run, zone, targets.length, lives.length);
  const work = { ...manner, store, run, zone, inventory, lawbook, targets, unresolved: plan.unresolved };
  const contacts = ({ system, key }: Target, address: string): void => {
    const at = `${system}\n${key}`;
    contacted.set(at, (contacted.get(at) ?? new Set()).add(address));
  };
  const { atOnce, signal, targetDeadlineMs } = options;
  const deadline = targetDeadlineMs === undefined ? {} : { targetDeadlineMs };
  const how: WorkOptions = { atOnce, signal, ...deadline, kindsOf, keeps, contacts };
  const asking = { ...work, ask: feeds.ask };
  const { stopped, bugs } = await betweenControls({ ...asking, lawbook: whole }, feeds, how, {}, () =>
    workOnTargets(asking, feeds, how, {}),
  );
  const state = stopped ? 'interrupted' : 'finished';
  const at = new Date().toISOString();
  if (!stopped) {
    const { id } = await store.judgement(run);
    await judgeTogether(store, run, id, lawbook, keeps);
    await withholdIn(store, run, id, { inventory, zone, lawbook: whole });
  }
  await store.finishRun(run, state, at);
  if (!stopped) {
    await trackRun(store, run, at);
    await keepStrips(store);
  }
  const stored = await store.run(run);
  if (stored === undefined) throw new Error(`run ${run} is not in the store`);
  return { run: stored, state, bugs };
}

async function livesAfter(store: Store, lives: readonly Life[]): Promise<readonly Life[]> {
  const after = new Map((await store.track.lives()).map((life) => [life.id, life]));
  return lives.map((life) => after.get(life.id) ?? life);
}
