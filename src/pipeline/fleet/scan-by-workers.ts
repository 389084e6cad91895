import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { hasStore, storePlace } from '../../store/place.ts';
import { openStore } from '../../store/store.ts';
import type { Store } from '../../store/types.ts';
import type { Job, ScanEvents, ScanOptions, ScanOutcome } from '../scan-types.ts';
import { deadlineAfter } from '../begin-run.ts';
import { isByResolvers } from '../dns-servers.ts';
import { unfinishedRuns } from '../due.ts';
import { hostOf } from '../plan.ts';
import { isAway } from './away.ts';
import { dispatchRun, mendDispatch } from './dispatch.ts';
import { openFleet, type Fleet } from './fleet.ts';
import { createFleetKeeper } from './keeper.ts';

/** Between two looks at how far it has come. */
const lookMs = 1000;

/** Throws UserError where a folder's store is not on a PostgreSQL server, before anything is made. */
export function requireServer(out: string): void {
  if (hasStore(out) && storePlace(out).engine === 'postgres') return;
  throw new UserError([{ message: message('fleet.needs-postgres', { out }) }]);
}

/** Whether the run that is to be taken up is one whose lanes went to workers. */
export async function isWithWorkers({ out, resume }: Pick<ScanOptions, 'out' | 'resume'>): Promise<boolean> {
  if (resume === undefined || storePlace(out).engine !== 'postgres') return false;
  const store = await openStore(storePlace(out));
  try {
    const run = resume === true ? (await unfinishedRuns(store))[0]?.id : resume;
    return run !== undefined && (await store.dispatches(run)).length > 0;
  } finally {
    await store.close();
  }
}

/**
 * A run whose lanes go to workers, from its beginning (or where it stands) to its end. Leaving it early changes nothing: workers go
 * on, and one of them closes it.
 */
export async function scanByWorkers(
  options: ScanOptions,
  events: ScanEvents,
  begin: (store: Store, starter: string) => Promise<Job>,
): Promise<ScanOutcome> {
  const fleet = await openFleet(options.out);
  const starter = randomUUID();
  try {
    const { store, queue } = fleet;
    const job = await begin(store, starter);
    const { run, zone, done, targets, unresolved } = job;
    const at = { id: run, zone };
    if (options.resume === undefined) {
      events.started?.(run, targets.length, 0);
      const names = targets
        .filter(({ key }) => unresolved.get(key)?.code === 'dns')
        .map(({ endpoint }) => hostOf(endpoint));
      // A zone with a resolver of its own is asked, and nobody here was.
      if (names.length > 0 && !isByResolvers(job, job.inventory, zone)) events.unresolved?.(zone, [...new Set(names)]);
      await dispatchRun({ store, queue }, at, targets, unresolved);
    } else {
      await store.addDispatch(run, zone, starter, {
        ...(job.alsoBy === undefined ? {} : { alsoBy: job.alsoBy }),
        ...deadlineAfter(await store.storeTime(), options),
      });
      events.started?.(run, targets.length, done);
      await mendDispatch({ store, queue }, at);
    }
    const finished = await follow(fleet, { run, zone, starter }, options.signal, events);
    const stored = await store.run(run);
    if (stored === undefined) throw new Error(`run ${run} is not in the store`);
    const bugs = finished ? await store.bugs(run) : 0;
    return { run: stored, state: finished ? 'finished' : 'left', bugs, otherFeeds: job.ask === undefined };
  } finally {
    await fleet.close();
  }
}

type Followed = { readonly run: string; readonly zone: string; readonly starter: string };

/** Waits until the run is finished, closing it when everything was looked at; false: the signal came first. */
async function follow(
  fleet: Fleet,
  { run, zone, starter }: Followed,
  signal: AbortSignal,
  events: ScanEvents,
): Promise<boolean> {
  const { store, times } = fleet;
  const keeper = createFleetKeeper(fleet, { by: `${hostname()}/${String(process.pid)}`, starter });
  let tendAt = performance.now() + times.leaseSeconds * 250;
  while (!signal.aborted) {
    try {
      const { waiting, done } = await store.targetCounts(run);
      const underWay = await store.lanesUnderWay(run);
      const there = (await store.workers()).filter((one) => one.state === 'there' && one.zone === zone);
      events.followed?.({ done, total: done + waiting, underWay, workers: there.length });
      await store.setDispatch(run, 'sent');
      if (waiting === 0 || performance.now() > tendAt) {
        await keeper.round();
        tendAt = performance.now() + times.leaseSeconds * 250;
      }
      if ((await store.run(run))?.state === 'finished') return true;
    } catch (error) {
      if (!isAway(error)) throw error;
    }
    await sleep(lookMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
