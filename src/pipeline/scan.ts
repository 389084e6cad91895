import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import { hasStore, storePlace } from '../store/place.ts';
import type { Store } from '../store/types.ts';
import { begin, clockOf, nothingToResume, partialWith, runToResume, takeUp } from './begin-run.ts';
import { lookHere } from './carry-out.ts';
import { nextWork, type NextWork } from './due.ts';
import { refuseIfFollowed } from './fleet/at-run.ts';
import { isWithWorkers, requireServer, scanByWorkers } from './fleet/scan-by-workers.ts';
import { refuseIfOff } from './heed-switch.ts';
import type { Rewind } from './known-looks.ts';
import { inFolder, inStore, withFeeds } from './scan-folder.ts';
import { readFresh, type Fresh } from './scan-input.ts';
import type { Idle, Job, ScanEvents, ScanOptions, ScanOutcome } from './scan-types.ts';

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
