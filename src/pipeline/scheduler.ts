import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTicker } from '../engine/schedule/ticker.ts';
import { readInventory } from '../inventory/read.ts';
import { UserError } from '../model/errors.ts';
import type { SchedulerState } from '../model/scheduler.ts';
import { storePlace } from '../store/place.ts';
import { takeSeat, type Seat } from '../store/seat.ts';
import { openStore } from '../store/store.ts';
import type { Lawbook } from '../store/types.ts';
import { clockBackOf } from './clock-back.ts';
import { nextWork, type ZoneMemory } from './due.ts';
import type { Rewind } from './known-looks.ts';
import { closedMeanwhile, leftBy } from './scheduler-left.ts';
import { createSchedulerSays } from './scheduler-says.ts';
import { scanDue } from './scan.ts';
import type { ScanEvents, ScanOptions, ScanOutcome } from './scan-types.ts';
import { zoneOf } from './zone.ts';

export type SchedulerOptions = Omit<ScanOptions, 'resume' | 'zone'> & {
  readonly inventory: string;
  /** Absent: the inventory's first. */
  readonly zones?: readonly string[];
  /** When it looks what is due, a cron pattern on the province's clock. */
  readonly pattern: string;
  readonly lawbook: Lawbook;
};

export type SchedulerEvents = ScanEvents & {
  /** Another has the seat. */
  readonly standby?: () => void;
  readonly seated?: () => void;
  readonly said?: (state: SchedulerState, before: SchedulerState | undefined) => void;
  readonly jumped?: (byMs: number) => void;
  /** After each run; what it throws is told as the scheduler's own problem. */
  readonly ran?: (outcome: ScanOutcome) => Promise<void>;
};

/** What says that somebody else is at a run. */
const busyKeys: ReadonlySet<string> = new Set(['cli.store-locked', 'fleet.under-way']);

/** How often one that stands by asks for the seat, in milliseconds. */
const standbyMs = 1000;

/**
 * Looks every minute what is due and carries it out, until its signal aborts; what is under way then is left, and the next
 * start takes it up first. One at a time in a store: others stand by. Throws what is no UserError.
 */
export async function runScheduler(options: SchedulerOptions, events: SchedulerEvents = {}): Promise<void> {
  const { out, signal } = options;
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const place = storePlace(out);
  while (!signal.aborted) {
    const seat = await takeSeat(place, out).catch((error: unknown) => {
      if (place.engine === 'sqlite') throw error;
      // The server is not there yet, or not there any more: it will be.
      return undefined;
    });
    if (seat === undefined) {
      events.standby?.();
      await sleep(standbyMs, undefined, { signal }).catch(() => undefined);
      continue;
    }
    try {
      events.seated?.();
      await preside(options, seat, events);
    } catch (error) {
      // The server went away: the seat is lost, or will be found to be.
      if (place.engine === 'sqlite' || !(await isLost(seat))) throw error;
    } finally {
      await seat.release();
    }
  }
}

/** Longer than it takes to notice that the connection of the seat is gone. */
const noticedMs = 10_000;

async function isLost({ lost }: Seat): Promise<boolean> {
  await sleep(noticedMs, undefined, { signal: lost }).catch(() => undefined);
  return lost.aborted;
}

/** Holds the seat until the signal aborts or it is lost. */
async function preside(options: SchedulerOptions, seat: Seat, events: SchedulerEvents): Promise<void> {
  const store = await openStore(storePlace(options.out));
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, seat.lost, over.signal]);
  const memory: ZoneMemory = new Map();
  const clock = options.now ?? (() => new Date().toISOString());
  // Runs at workers have the database's times; by any other clock they would be due again at once, or never.
  const timeOfRuns = options.workers === true ? store.storeTime : () => Promise.resolve(clock());
  const before = await store.schedulerState();
  /** Whoever had the seat is gone, and nobody follows what it had under way. */
  const orphans = leftBy(before);
  /** The zones that something is done in; where workers do it, many at a time. */
  const underWay = new Map<string, { run?: string; done: Promise<void> }>();
  const { say, saved, state, noteZones, noteLast } = createSchedulerSays({
    store,
    before,
    zones: options.zones ?? [],
    clock,
    next: () => ticker.next(),
    runs: () => [...underWay.values()].flatMap(({ run }) => run ?? []),
    said: (now, last) => events.said?.(now, last),
  });

  let working: Promise<void> | undefined;
  let broken: { readonly error: unknown } | undefined;
  const stopped = Promise.withResolvers<undefined>();
  const breakOff = (error: unknown): void => {
    broken ??= { error };
    stopped.resolve(undefined);
  };
  const tick = (): void => {
    if (signal.aborted) return;
    if (working !== undefined) {
      // Under way: a sign of life, and nothing else.
      const { phase, problems } = state();
      say({ phase, ...(problems === undefined ? {} : { problems }) }).catch(breakOff);
      return;
    }
    working = telling(once)
      .catch(breakOff)
      .finally(() => {
        working = undefined;
      });
  };
  const ticker = startTicker({
    pattern: options.pattern,
    tick,
    jumped: (by) => events.jumped?.(by),
  });

  /** What is wrong with the input is told, and tried again. */
  async function telling(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal.aborted && !(error instanceof UserError)) return;
      if (!(error instanceof UserError)) throw error;
      const busy = error.problems.some(({ message: { key } }) => busyKeys.has(key));
      await say(busy ? { phase: 'busy' } : { phase: 'error', problems: error.problems.slice(0, 10) });
    }
  }

  async function once(): Promise<void> {
    const set = await store.fleetSwitch();
    if (set !== undefined && set.position !== 'on') return say({ phase: 'off' });
    // Read anew each time: one that became invalid is told, and the last that was valid is not used in its place.
    const { inventory, hash } = await readInventory(options.inventory);
    const zones = (options.zones ?? [undefined]).map((zone) => zoneOf(inventory, zone));
    let began = 0;
    for (const zone of new Set(zones)) {
      if (signal.aborted) return;
      if (underWay.has(zone)) continue;
      const at = await timeOfRuns();
      const clockBack = await clockBackOf(store, at, state().clockBack);
      const rewind = clockBack ?? { at, runs: [] };
      noteZones(zones, clockBack);
      const asked = { store, inventory, lawbook: options.lawbook, zone, at, rewind };
      const next = await nextWork(asked, { hash, zones: memory });
      if (next.kind === 'nothing') continue;
      began += 1;
      const done = carryOut(zone, rewind);
      // A zone whose workers are away for a day keeps no other waiting.
      if (options.workers === true) void telling(() => done.then(sayWhereWeAre)).catch(breakOff);
      else await done;
    }
    // What began tells of itself.
    if (began === 0 || underWay.size === 0) await sayWhereWeAre();
  }

  async function sayWhereWeAre(): Promise<void> {
    const isRunning = [...underWay.values()].some(({ run }) => run !== undefined);
    if (!signal.aborted) await say({ phase: isRunning ? 'running' : 'waiting' });
  }

  function carryOut(zone: string, rewind: Rewind): Promise<void> {
    const { zones: _, ...rest } = options;
    const entry: { run?: string; done: Promise<void> } = { done: Promise.resolve() };
    const told: ScanEvents = {
      ...events,
      started: (run, targets, after) => {
        entry.run = run;
        say({ phase: 'running' }).catch(breakOff);
        events.started?.(run, targets, after);
      },
    };
    underWay.set(zone, entry);
    entry.done = (async () => {
      try {
        const outcome = await scanDue({ ...rest, zone, signal, rewind, orphans }, told);
        if ('run' in outcome) await ended(outcome);
      } finally {
        underWay.delete(zone);
      }
    })();
    return entry.done;
  }

  async function ended(outcome: ScanOutcome): Promise<void> {
    const { run, state: became } = outcome;
    const endedAs = became === 'finished' ? became : 'interrupted';
    noteLast({ run: run.id, endedAt: run.endedAt ?? clock(), state: endedAs });
    if (became === 'finished') await events.ran?.(outcome);
  }

  const onAbort = (): void => {
    stopped.resolve(undefined);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    await telling(async () => {
      for (const outcome of await closedMeanwhile(store, orphans)) await ended(outcome);
    });
    tick();
    await stopped.promise;
    ticker.stop();
    over.abort();
    await working;
    await Promise.allSettled([...underWay.values()].map(({ done }) => done));
    if (broken !== undefined) throw broken.error;
    await say({ phase: 'ended' });
    await saved();
  } finally {
    ticker.stop();
    over.abort();
    signal.removeEventListener('abort', onAbort);
    await store.close();
  }
}
