import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
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
import { nextWork, type NextWork, type ZoneMemory } from './due.ts';
import type { Rewind } from './known-looks.ts';
import { scanDue, type Idle, type ScanEvents, type ScanOptions, type ScanOutcome } from './scan.ts';
import { zoneOf } from './zone.ts';

/** What a scheduler asks for when something is due: `scanDue`, or workers in its place. */
export type DueOptions = ScanOptions & { readonly inventory: string; readonly zone: string; readonly rewind: Rewind };

export type SchedulerOptions = Omit<ScanOptions, 'resume' | 'zone'> & {
  readonly inventory: string;
  /** Absent: the inventory's first. */
  readonly zones?: readonly string[];
  /** When it looks what is due, a cron pattern on the province's clock. */
  readonly pattern: string;
  readonly lawbook: Lawbook;
  /** Hands work out to others; undefined where there are none, and this process does it. */
  readonly dispatch?: (work: NextWork, options: DueOptions) => Promise<ScanOutcome | Idle | undefined>;
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
  const signal = AbortSignal.any([options.signal, seat.lost]);
  const memory: ZoneMemory = new Map();
  const clock = options.now ?? (() => new Date().toISOString());
  const before = await store.schedulerState();
  let state: SchedulerState = {
    host: hostname(),
    pid: process.pid,
    startedAt: clock(),
    at: clock(),
    phase: 'waiting',
    zones: options.zones ?? [],
    ...(before?.last === undefined ? {} : { last: before.last }),
    ...(before?.clockBack === undefined ? {} : { clockBack: before.clockBack }),
  };
  let said: SchedulerState | undefined;
  let saving = Promise.resolve();
  const say = (change: Partial<SchedulerState>): Promise<void> => {
    const { run: _run, problems: _problems, next: _next, ...lasting } = state;
    const next = ticker.next()?.toISOString();
    state = { ...lasting, at: clock(), ...(next === undefined ? {} : { next }), ...change };
    const now = state;
    events.said?.(now, said);
    said = now;
    saving = saving.then(() => store.saveSchedulerState(now));
    return saving;
  };

  let working: Promise<void> | undefined;
  let broken: unknown;
  const stopped = Promise.withResolvers<void>();
  const tick = (): void => {
    if (signal.aborted) return;
    if (working !== undefined) {
      // Under way: a sign of life, and nothing else.
      const { phase, run, problems } = state;
      const same = { phase, ...(run === undefined ? {} : { run }), ...(problems === undefined ? {} : { problems }) };
      say(same).catch(stopped.reject);
      return;
    }
    working = work()
      .catch((error: unknown) => {
        broken = error;
        stopped.resolve();
      })
      .finally(() => {
        working = undefined;
      });
  };
  const ticker = startTicker({
    pattern: options.pattern,
    tick,
    jumped: (by) => events.jumped?.(by),
  });

  async function work(): Promise<void> {
    try {
      await once();
    } catch (error) {
      if (signal.aborted && !(error instanceof UserError)) return;
      if (!(error instanceof UserError)) throw error;
      const busy = error.problems.some(({ message: { key } }) => key === 'cli.store-locked');
      await say(busy ? { phase: 'busy' } : { phase: 'error', problems: error.problems.slice(0, 10) });
    }
  }

  async function once(): Promise<void> {
    const set = await store.fleetSwitch();
    if (set !== undefined && set.position !== 'on') return say({ phase: 'off' });
    // Read anew each time: one that became invalid is told, and the last that was valid is not used in its place.
    const { inventory, hash } = await readInventory(options.inventory);
    const zones = (options.zones ?? [undefined]).map((zone) => zoneOf(inventory, zone));
    for (const zone of new Set(zones)) {
      if (signal.aborted) return;
      const at = clock();
      const clockBack = await clockBackOf(store, at, state.clockBack);
      const rewind = clockBack ?? { at, runs: [] };
      const { clockBack: _, ...rest } = state;
      state = { ...rest, zones, ...(clockBack === undefined ? {} : { clockBack }) };
      const asked = { store, inventory, lawbook: options.lawbook, zone, at, rewind };
      const next = await nextWork(asked, { hash, zones: memory });
      if (next.kind !== 'nothing') await carryOut(next, zone, rewind);
    }
    if (!signal.aborted) await say({ phase: 'waiting' });
  }

  async function carryOut(next: NextWork, zone: string, rewind: Rewind): Promise<void> {
    const { zones: _, dispatch, ...rest } = options;
    const due: DueOptions = { ...rest, zone, signal, rewind };
    const told: ScanEvents = {
      ...events,
      started: (run, targets, after) => {
        say({ phase: 'running', run }).catch(stopped.reject);
        events.started?.(run, targets, after);
      },
    };
    const outcome = (await dispatch?.(next, due)) ?? (await scanDue(due, told));
    if (!('run' in outcome)) return;
    const { run, state: ended } = outcome;
    state = { ...state, last: { run: run.id, endedAt: run.endedAt ?? clock(), state: ended } };
    if (ended === 'finished') await events.ran?.(outcome);
  }

  tick();
  const onAbort = (): void => {
    stopped.resolve();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    await stopped.promise;
    ticker.stop();
    await working;
    if (broken !== undefined) throw broken as Error;
    await say({ phase: 'ended' });
    await saving;
  } finally {
    ticker.stop();
    signal.removeEventListener('abort', onAbort);
    await store.close();
  }
}
