import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDeskClock } from '../../engine/desk-clock.ts';
import { runWorker } from '../../engine/worker/run-worker.ts';
import type { WorkerEvents, WorkerTally } from '../../engine/worker/types.ts';
import { openFeeds } from '../../feeds/open.ts';
import { UserError } from '../../model/errors.ts';
import type { Finding } from '../../model/finding.ts';
import type { Target } from '../../model/target.ts';
import { message } from '../../model/text.ts';
import { createHoldKeeper } from '../../probe/wire/hold-keeper.ts';
import type { Store } from '../../store/types.ts';
import { latestInventory } from '../latest-inventory.ts';
import { adoptPublicSuffixes } from '../public-suffixes.ts';
import { toolVersion } from '../version.ts';
import { openFleet, StoreUnreachable, type Fleet } from './fleet.ts';
import { createFleetKeeper } from './keeper.ts';
import { createLaneLooker } from './lane-looker.ts';
import { createLocalDesk } from './local-desk.ts';

export type WorkOptions = {
  readonly out: string;
  /** Absent: the first zone of the inventory given last, as a scan's. */
  readonly zone?: string;
  /** Folder of the feeds. */
  readonly feeds: string;
  /** Lanes under way at once. */
  readonly atOnce: number;
  readonly targetDeadlineMs?: number;
  readonly signal: AbortSignal;
};

export type WorkEvents = WorkerEvents & {
  readonly started?: (zone: string, session: string) => void;
  readonly kept?: (target: Target, findings: readonly Finding[]) => void;
};

/** One worker, until the signal aborts. Throws UserError where the store is not on a PostgreSQL server. */
export async function work(options: WorkOptions, events: WorkEvents = {}): Promise<WorkerTally> {
  const feeds = await openFeeds(options.feeds);
  try {
    adoptPublicSuffixes(feeds);
    const fleet = await openWaiting(options, events);
    try {
      const zone = options.zone ?? (await zoneGivenLast(fleet.store));
      const about = { session: randomUUID(), zone, host: hostname(), pid: process.pid, version: toolVersion() };
      const desk = createLocalDesk({
        ...fleet,
        feeds,
        zone,
        ...(events.kept === undefined ? {} : { kept: events.kept }),
      });
      const keeper = createHoldKeeper(desk.holds);
      const clock = createDeskClock();
      const { targetDeadlineMs } = options;
      const ended = new AbortController();
      const signal = AbortSignal.any([options.signal, ended.signal]);
      // Neither goes on without the other.
      const end = () => {
        ended.abort(new Error('the worker ends'));
      };
      events.started?.(zone, about.session);
      try {
        const tending = createFleetKeeper(fleet, { by: `${about.host}/${String(about.pid)}` })
          .watch(signal)
          .finally(end);
        const looking = runWorker(
          {
            desk,
            about,
            clock,
            atOnce: options.atOnce,
            signal,
            looker: (order) => {
              const fingerprints = feeds.fingerprints(clock.now());
              return createLaneLooker(order, {
                clock,
                keeper,
                atOnce: options.atOnce,
                signal,
                ...(targetDeadlineMs === undefined ? {} : { targetDeadlineMs }),
                ...(fingerprints === undefined ? {} : { fingerprints }),
              });
            },
          },
          events,
        ).finally(end);
        const [looked, tended] = await Promise.allSettled([looking, tending]);
        if (looked.status === 'rejected') throw looked.reason;
        if (tended.status === 'rejected') throw tended.reason;
        return looked.value;
      } finally {
        await keeper.close();
      }
    } finally {
      await fleet.close();
    }
  } finally {
    feeds.close();
  }
}

/** Opens the fleet; a server that is not there yet is waited for, as one that goes away is. */
async function openWaiting({ out, signal }: WorkOptions, events: WorkEvents): Promise<Fleet> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await openFleet(out);
    } catch (error) {
      if (!(error instanceof StoreUnreachable) || !error.mayCome || signal.aborted) throw error;
      if (tries === 0) events.away?.(String(error.problems[0]?.message.params?.['detail'] ?? ''));
      await sleep(2000, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function zoneGivenLast(store: Store): Promise<string> {
  const [zone] = (await latestInventory(store))?.zones ?? [];
  if (zone === undefined) throw new UserError([{ message: message('fleet.which-zone') }]);
  return zone.id;
}
