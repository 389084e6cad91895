import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlRound } from '../model/control.ts';
import {
  DeskAway,
  type Delivered,
  type Desk,
  type Lane,
  type LookOrder,
  type LookResult,
  type WorkerAbout,
} from '../model/desk.ts';
import type { Failure } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import type { Resolution } from '../model/resolver.ts';
import type { ResolverCost, ScanCost } from '../model/run.ts';
import type { SwitchPosition } from '../model/switch.ts';
import { nameToLocate, type Target } from '../model/target.ts';
import type { DeskClock } from './desk-clock.ts';

/** Looks at the targets of one run. */
export type LaneLooker = {
  /** Waits until an address may be contacted by this worker; false: another has it, and goes on having it. */
  readonly ready: (address: string, signal: AbortSignal) => Promise<boolean>;
  /** Undefined: what was seen is spoilt, because the address was lost meanwhile. Throws the signal's reason. */
  readonly look: (
    target: Target,
    signal: AbortSignal,
    unresolved: Readonly<Record<string, Failure>>,
  ) => Promise<readonly Observation[] | undefined>;
  /** Asks the zone's resolver for the addresses of a name. Throws the signal's reason. */
  readonly lookUp: (name: string, signal: AbortSignal) => Promise<Resolution>;
  /** Reads the zone's own controls once; undefined: it has none. Throws the signal's reason. */
  readonly controls: (signal: AbortSignal) => Promise<ControlRound | undefined>;
  /** By what it is bound since its run began (`LookOrder.bound`). */
  readonly bound: () => string | undefined;
  /** The order has come to be bound by another. */
  readonly bindBy: (order: LookOrder) => void;
  readonly costs: () => readonly ScanCost[];
  readonly resolverCosts: () => readonly ResolverCost[];
};

export type WorkerEvents = {
  /** The desk could not be reached; told when that begins. */
  readonly away?: (why: string) => void;
  readonly back?: (seconds: number) => void;
  readonly position?: (position: SwitchPosition) => void;
  /** A lane ended, after so many seconds; `underWay`: those that go on. */
  readonly lane?: (became: LaneEnd, seconds: number, underWay: number) => void;
  readonly delivered?: (became: Delivered) => void;
  /** A name that only the zone could look up. */
  readonly located?: (name: string, addresses: readonly string[]) => void;
};

/** What became of a lane: done; given back for another; lost to another. */
export type LaneEnd = 'done' | 'given-back' | 'lost';

export type WorkerOptions = {
  readonly desk: Desk;
  readonly about: WorkerAbout;
  readonly clock: DeskClock;
  /** Lanes under way at once. */
  readonly atOnce: number;
  readonly looker: (order: LookOrder) => LaneLooker;
  /** Aborted to end: what is under way is given back. */
  readonly signal: AbortSignal;
  /** Between two signs of life, which bring the switch's position. */
  readonly beatMs?: number;
  /** Between two questions for work where there was none. */
  readonly idleMs?: number;
  /** Between two readings of the desk's clock. */
  readonly helloMs?: number;
};

export type WorkerTally = Readonly<Record<LaneEnd | 'targets', number>>;

/** A lane that was spoilt so often is left to another worker. */
const mostSpoilt = 3;
/** What a worker that ends still has for telling what it saw and giving back. */
const farewellMs = 3000;

type UnderWay = {
  readonly lane: Lane;
  readonly stop: AbortController;
  /** Something of it is still to be looked at. */
  looking: boolean;
};

/**
 * Takes lanes, looks at their targets and delivers what that brings, until the signal aborts. One loop for every desk: the store
 * itself, and a gateway to it. What a desk that is away cannot take is kept and delivered when it is back.
 */
export async function runWorker(options: WorkerOptions, events: WorkerEvents = {}): Promise<WorkerTally> {
  const { desk, clock, atOnce, signal, beatMs = 1000, idleMs = 1000, helloMs = 60_000 } = options;
  const tally = { done: 0, 'given-back': 0, lost: 0, targets: 0 };
  const underWay = new Map<string, UnderWay>();
  const running = new Set<Promise<void>>();
  const lookers = createLookers(async (run) => {
    const looker = options.looker(await insist(() => desk.order(run), signal));
    await readControls(run, looker);
    return looker;
  });
  const farewell = new AbortController();
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  let broken: { readonly error: unknown } | undefined;
  let position: SwitchPosition = 'on';
  let greetedAt = -Infinity;
  let awaySince: number | undefined;
  let wake: () => void = () => undefined;
  let readings = new AbortController();

  /** Asks until there is an answer; what is no absence is thrown. */
  async function insist<T>(ask: () => Promise<T>, until: AbortSignal): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await ask();
        if (awaySince !== undefined) events.back?.(Math.round((performance.now() - awaySince) / 1000));
        awaySince = undefined;
        return answer;
      } catch (error) {
        if (!(error instanceof DeskAway)) throw error;
        if (awaySince === undefined) {
          awaySince = performance.now();
          events.away?.(error.message);
        }
        until.throwIfAborted();
        // Many workers come back at once: each in its own time.
        await sleep(Math.min(5000, 250 * 2 ** tries) * (0.5 + Math.random() / 2), undefined, { signal: until });
      }
    }
  }

  async function greet(): Promise<void> {
    const askedAt = performance.now();
    const { now } = await desk.hello(options.about);
    clock.set(now, askedAt);
    await desk.hello({ ...options.about, clockOffsetMs: clock.offsetMs() });
    greetedAt = performance.now();
  }

  function stopAll(reason: string): void {
    for (const { stop } of underWay.values()) stop.abort(new Stopped(reason));
    readings.abort(new Stopped(reason));
    readings = new AbortController();
  }

  async function beat(): Promise<void> {
    if (performance.now() - greetedAt > helloMs || clock.isDoubtful()) await greet();
    const leases = [...underWay.values()].map(({ lane }) => lane.lease);
    const { lost, now } = await desk.touch(leases);
    for (const job of lost) underWay.get(job)?.stop.abort(new LaneLost());
    if (now !== position) events.position?.(now);
    position = now;
    if (position === 'stopped') stopAll('scanning was stopped');
    if (position === 'on') wake();
  }

  async function beatOn(): Promise<void> {
    while (!signal.aborted && broken === undefined) {
      await insist(beat, signal);
      await pause(beatMs, signal);
    }
  }

  async function readControls(run: string, looker: LaneLooker): Promise<void> {
    const round = await looker.controls(AbortSignal.any([signal, readings.signal]));
    if (round !== undefined) await insist(() => desk.controls(run, round), farewell.signal);
  }

  /**
   * With its last lane in hand of a run a worker reads the controls again, before it delivers the last of what it saw: the run cannot
   * be closed until then. One that dies here leaves the lane to another, who reads them too.
   */
  async function readAgainAtLast(one: UnderWay, looker: LaneLooker): Promise<void> {
    const { run } = one.lane.lease;
    one.looking = false;
    const goesOn = () => [...underWay.values()].some(({ lane, looking }) => looking && lane.lease.run === run);
    if (goesOn()) return;
    // In the place of the one that ends here. Nobody to be asked: what comes later is read after again.
    const more = position === 'on' && !signal.aborted ? await desk.take(1).catch(noneWhenAway) : [];
    for (const lane of more) {
      if (signal.aborted) await desk.giveBack(lane.lease).catch(() => undefined);
      else start(lane);
    }
    if (!goesOn()) await readControls(run, looker);
  }

  /** Looks the name of a lane up that has no address. Where it has some, who hands lanes out is told; else why it has none. */
  async function locate(
    { lane, stop }: UnderWay,
    looker: LaneLooker,
  ): Promise<LaneEnd | { readonly unresolved: Lane['unresolved'] }> {
    const { lease, targets, unresolved } = lane;
    const [name] = targets.flatMap((target) => nameToLocate(target) ?? []);
    if (name === undefined) return { unresolved };
    const answer = await looker.lookUp(name, stop.signal);
    if (!answer.ok) return { unresolved: Object.fromEntries(targets.map(({ key }) => [key, answer.failure])) };
    const { addresses } = answer;
    const became = await insist(() => desk.locate(lease, { name, addresses }), stop.signal);
    events.located?.(name, addresses);
    return became === 'fenced' ? 'lost' : 'done';
  }

  async function workOn(one: UnderWay): Promise<LaneEnd> {
    const { lane, stop } = one;
    const { lease, targets } = lane;
    const looker = await lookers.of(lease.run);
    if (lane.bound !== looker.bound()) looker.bindBy(await insist(() => desk.order(lease.run), signal));
    const located = await locate(one, looker);
    if (typeof located === 'string') return located;
    const { unresolved } = located;
    const address = targets[0]?.address;
    if (address !== undefined && !(await looker.ready(address, stop.signal))) return 'given-back';
    for (const target of targets) {
      const observations = await lookUnspoilt(looker, target, stop.signal, unresolved);
      if (observations === undefined) return 'given-back';
      if (target === targets.at(-1)) await readAgainAtLast(one, looker);
      const costs = looker.costs();
      const result: LookResult = { target: target.key, observations, costs, resolverCosts: looker.resolverCosts() };
      const [became] = await insist(() => desk.deliver(lease, [result]), farewell.signal);
      if (became !== undefined) events.delivered?.(became);
      if (became === 'fenced') return 'lost';
      if (became === 'kept') tally.targets += 1;
    }
    await insist(() => desk.finish(lease), farewell.signal);
    return 'done';
  }

  /** A look that was spoilt or stopped has sent something too, and no result tells it. */
  async function tellCosts(run: string): Promise<void> {
    const looker = await lookers.known(run);
    if (looker === undefined) return;
    const told = { costs: looker.costs(), resolverCosts: looker.resolverCosts() };
    if (told.costs.length > 0) await insist(() => desk.costs(run, told), farewell.signal);
  }

  async function endOf(one: UnderWay): Promise<LaneEnd> {
    const { lease } = one.lane;
    try {
      const became = await workOn(one);
      if (became === 'given-back') await insist(() => desk.giveBack(lease), farewell.signal);
      return became;
    } catch (error) {
      const stopped = one.stop.signal.aborted || farewell.signal.aborted || signal.aborted;
      // A lane that came just then waits for a reading that was stopped for all.
      if (!stopped && !(error instanceof Stopped)) throw error;
      if (one.stop.signal.reason instanceof LaneLost) return 'lost';
      // Not heard: the lease ends by itself.
      await desk.giveBack(lease).catch(() => undefined);
      return 'given-back';
    }
  }

  function leaveAtFarewell(error: unknown): void {
    if (!farewell.signal.aborted) throw error;
  }

  function start(lane: Lane): void {
    const one = { lane, stop: new AbortController(), looking: true };
    underWay.set(lane.lease.job, one);
    const startedAt = performance.now();
    const work = endOf(one)
      .then(async (became) => {
        // Told or not, the lane is no longer ours: a desk that stays away until our end is told nothing more.
        if (became !== 'done') await tellCosts(lane.lease.run).catch(leaveAtFarewell);
        tally[became] += 1;
        events.lane?.(became, (performance.now() - startedAt) / 1000, underWay.size - 1);
      })
      .catch((error: unknown) => {
        broken ??= { error };
      })
      .finally(() => {
        underWay.delete(lane.lease.job);
        running.delete(work);
        wake();
      });
    running.add(work);
  }

  async function takeOn(): Promise<void> {
    // So many at least, that a fleet of short lanes does not ask for each one.
    const least = Math.max(1, Math.floor(atOnce / 8));
    while (!signal.aborted && broken === undefined) {
      const free = atOnce - underWay.size;
      if (position !== 'on' || free < least) {
        await Promise.race([new Promise<void>((resolve) => (wake = resolve)), pause(idleMs, until)]);
        continue;
      }
      const lanes = await insist(() => desk.take(free), until);
      // The beat broke meanwhile: whoever looked at them now would be heard by nobody.
      if (ended.signal.aborted) for (const { lease } of lanes) await desk.giveBack(lease).catch(() => undefined);
      else for (const lane of lanes) start(lane);
      if (lanes.length < free) await pause(idleMs, until);
    }
  }

  const onStop = () => {
    stopAll('the worker ends');
    setTimeout(() => {
      farewell.abort(new Error('the worker ends'));
    }, farewellMs).unref();
  };
  /** Neither loop goes on without the other. */
  const endBoth = (error: unknown) => {
    if (!signal.aborted && !until.aborted) broken ??= { error };
    ended.abort(error);
    wake();
  };
  signal.addEventListener('abort', onStop, { once: true });
  try {
    await insist(greet, signal);
    await Promise.all([beatOn(), takeOn()].map((loop) => loop.catch(endBoth)));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stopAll('the worker ends');
    await Promise.all(running);
    signal.removeEventListener('abort', onStop);
    await desk.close();
  }
  if (broken !== undefined) throw broken.error;
  return tally;
}

async function lookUnspoilt(
  looker: LaneLooker,
  target: Target,
  signal: AbortSignal,
  unresolved: Readonly<Record<string, Failure>>,
): Promise<readonly Observation[] | undefined> {
  for (let spoilt = 0; spoilt < mostSpoilt; spoilt += 1) {
    signal.throwIfAborted();
    const observations = await looker.look(target, signal, unresolved);
    signal.throwIfAborted();
    if (observations !== undefined) return observations;
  }
  return undefined;
}

/** A run that nothing was asked of for so long is over, or as good as: its looker, which knows what it sent, is forgotten. */
const forgottenMs = 86_400_000;

function createLookers(make: (run: string) => Promise<LaneLooker>) {
  const lookers = new Map<string, { readonly looker: Promise<LaneLooker>; usedAt: number }>();
  return {
    of: (run: string): Promise<LaneLooker> => {
      const now = performance.now();
      for (const [old, { usedAt }] of lookers) if (now - usedAt > forgottenMs) lookers.delete(old);
      let entry = lookers.get(run);
      if (entry === undefined) {
        entry = { looker: make(run), usedAt: now };
        entry.looker.catch(() => lookers.delete(run));
        lookers.set(run, entry);
      }
      entry.usedAt = now;
      return entry.looker;
    },
    /** Undefined: none was made. */
    known: async (run: string): Promise<LaneLooker | undefined> => lookers.get(run)?.looker.catch(() => undefined),
  };
}

class Stopped extends Error {}

class LaneLost extends Error {
  constructor() {
    super('the lane went to another worker');
  }
}

function noneWhenAway(error: unknown): readonly Lane[] {
  if (error instanceof DeskAway) return [];
  throw error;
}

/** Sleeps; a stop ends it early and is no error. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
