import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workThrough, type Progress } from '../../engine/in-process.ts';
import { openPlanSpool, type PlanSpool } from '../../engine/zones/plan-spool.ts';
import { openFeeds } from '../../feeds/open.ts';
import { controlsIn } from '../../inventory/controls.ts';
import { shortId, writeSealed } from '../../keys/sealed-lines.ts';
import type { ResultsHead, ResultsLine } from '../../model/carried.ts';
import type { Target } from '../../model/target.ts';
import { createDnsResolver } from '../../probe/dns/resolver.ts';
import { lookAtControls } from '../control-looks.ts';
import { resolversOf } from '../dns-servers.ts';
import { byMachine, byResolver, whilePlanning } from '../look-up.ts';
import { createLooker } from '../look.ts';
import { makePlan } from '../plan.ts';
import { adoptPublicSuffixes } from '../public-suffixes.ts';
import { toolVersion } from '../version.ts';
import { laneOf } from '../work.ts';
import { noteContacts } from './contacts.ts';
import { notedResolver, notingResolver } from './names.ts';
import { readPlan, refused, type Plan } from './read-plan.ts';

export type AgentOptions = {
  readonly plan: string;
  /** Whose plans it carries out. */
  readonly trust: KeyObject;
  readonly key: KeyObject;
  readonly to: string;
  /** Folder of its own. */
  readonly spool: string;
  /** The zone that this machine stands in; absent: whatever the plan says. */
  readonly zone?: string;
  readonly resolver?: string;
  readonly feeds: string;
  readonly atOnce: number;
  readonly targetDeadlineMs?: number;
  /** Write what is there when stopped before the end. */
  readonly partial: boolean;
  readonly signal: AbortSignal;
};

export type AgentEvents = {
  readonly started?: (run: string, targets: number, resumedAfter: number) => void;
  readonly progress?: (progress: Progress) => void;
};

export type AgentOutcome = {
  readonly run: string;
  readonly zone: string;
  readonly targets: number;
  readonly done: number;
  /** Absent: nothing was written, for not everything was looked at. */
  readonly results?: { readonly to: string; readonly hash: string; readonly signer: string };
};

/**
 * Carries a plan out where no wire leads: looks at every target of it, each look on this machine's disk before the next one of
 * its lane begins, and writes what was seen as a file signed by the agent. Judges nothing. Killed, it goes on where it was.
 */
export async function runPlan(options: AgentOptions, events: AgentEvents = {}): Promise<AgentOutcome> {
  const plan = readPlan(options.plan, options.trust, options.zone, new Date().toISOString());
  if (existsSync(options.to)) throw refused(options.to, 'exists');
  const spool = openPlanSpool(join(options.spool, `${plan.head.run}-${shortId(plan.seal.hash)}.sqlite`), () => {
    throw refused(options.spool, 'spool-busy');
  });
  try {
    const { targets, whole } = await lookAtAll(plan, spool, options, events);
    const done = spool.done().size;
    const { run, zone } = plan.head;
    const about = { run, zone, targets, done };
    if (!whole && !options.partial) return about;
    const { hash, signer } = writeSealed(options.to, 'results', options.key, linesOf(plan, spool, targets));
    return { ...about, results: { to: options.to, hash, signer } };
  } finally {
    spool.close();
  }
}

/** The controls before the targets and after them; whoever goes on reads them again first. `whole`: nothing of that is left to do. */
async function lookAtAll(
  plan: Plan,
  spool: PlanSpool,
  options: AgentOptions,
  events: AgentEvents,
): Promise<{ readonly targets: number; readonly whole: boolean }> {
  const { head, inventory, reference } = plan;
  const { targets, unresolved } = await targetsOf(plan, spool, options);
  const done = spool.done();
  const left = targets.filter(({ key }) => !done.has(key));
  events.started?.(head.run, left.length, done.size);
  const isWhole = () =>
    spool.done().size === targets.length && (controlsIn(inventory, head.zone).length === 0 || spool.isReadAfter());
  if (isWhole()) return { targets: targets.length, whole: true };
  const feeds = await openFeeds(options.feeds);
  adoptPublicSuffixes(feeds);
  const now = () => new Date().toISOString();
  try {
    const { manner } = plan;
    const named = namedResolvers(plan, options);
    const resolvers = named ?? resolversOf(inventory, head.zone, undefined);
    const fingerprints = feeds.fingerprints(now());
    // The plan ends at its day: what is under way then is thrown away.
    const ends = AbortSignal.timeout(Math.max(0, Math.min(Date.parse(head.validUntil) - Date.now(), 2 ** 31 - 1)));
    const signal = AbortSignal.any([options.signal, ends]);
    const heard = new Map<string, ReturnType<typeof noteContacts>>();
    const order = { run: head.run, zone: head.zone, inventory, manner: { ...manner, resolvers }, reference };
    const how = {
      signal,
      byResolvers: named !== undefined,
      ...(options.targetDeadlineMs === undefined ? {} : { targetDeadlineMs: options.targetDeadlineMs }),
      ...(fingerprints === undefined ? {} : { fingerprints }),
    };
    const looker = createLooker(order, {
      ...how,
      unresolved,
      contacts: (target, ...contact) => heard.get(target.key)?.hear(...contact),
    });
    const readControls = async (): Promise<void> => {
      const contacts = noteContacts(now);
      const hear = (_control: Target, ...contact: Parameters<typeof contacts.hear>) => {
        contacts.hear(...contact);
      };
      const round = await lookAtControls(order, { ...how, atOnce: options.atOnce, contacts: hear });
      if (round !== undefined) spool.addControls({ kind: 'controls', round, contacts: contacts.noted() });
    };
    spool.beginSession(now());
    if (left.length > 0) await unlessStopped(readControls, signal);
    await workThrough<Target>({
      items: left,
      laneOf,
      atOnce: options.atOnce,
      signal,
      work: async (target) => {
        const contacts = noteContacts(now);
        heard.set(target.key, contacts);
        const observations = await looker.look(target);
        heard.delete(target.key);
        const line = { kind: 'result' as const, target: target.key, observations, contacts: contacts.noted() };
        spool.add({ line, costs: looker.costs(), resolverCosts: looker.resolverCosts() }, now());
      },
      onProgress: (progress) => events.progress?.(progress),
    });
    if (spool.done().size === targets.length) await unlessStopped(readControls, signal);
    spool.endSession(now(), { costs: looker.costs(), resolverCosts: looker.resolverCosts() });
    return { targets: targets.length, whole: isWhole() };
  } finally {
    feeds.close();
  }
}

/** A reading that was stopped is none. */
async function unlessStopped(read: () => Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    if (!signal.aborted) await read();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** The resolvers that somebody named for the zone, here or at the centre; undefined: this machine's are asked. */
function namedResolvers({ head, inventory, manner }: Plan, { resolver }: AgentOptions) {
  if (resolver !== undefined) return resolversOf(inventory, head.zone, resolver);
  return manner.resolvers.length > 0 ? manner.resolvers : undefined;
}

/** Names are looked up once; whoever goes on, and whoever takes the results in, comes to the same targets. */
async function targetsOf(plan: Plan, spool: PlanSpool, options: AgentOptions) {
  const { head, inventory } = plan;
  const planned = spool.planned();
  if (planned !== undefined) return makePlan(inventory, head.zone, new Map(), undefined, notedResolver(planned.names));
  const named = namedResolvers(plan, options);
  const noting = notingResolver(whilePlanning(named === undefined ? byMachine : byResolver(createDnsResolver(named))));
  const at = new Date().toISOString();
  const made = await makePlan(inventory, head.zone, new Map(), undefined, noting.lookUp);
  spool.setPlanned(at, noting.names());
  return made;
}

function* linesOf(plan: Plan, spool: PlanSpool, targets: number): Generator<ResultsHead | ResultsLine> {
  const planned = spool.planned();
  const { hash, lines, signature } = plan.seal;
  const at = new Date().toISOString();
  const sessions = spool.sessions();
  yield {
    kind: 'results',
    format: 'rasoat-results/1',
    run: plan.head.run,
    plan: { hash, lines, signature },
    zone: plan.head.zone,
    tool: toolVersion(),
    plannedAt: planned?.at ?? at,
    clock: sessions.length === 0 ? [{ start: at, end: at }] : [...sessions],
    writtenAt: at,
    targets,
    done: spool.done().size,
  };
  yield* planned?.names ?? [];
  yield* spool.controls();
  yield* spool.results();
  for (const cost of spool.costs()) yield { kind: 'cost', cost };
  for (const cost of spool.resolverCosts()) yield { kind: 'resolver-cost', cost };
}
