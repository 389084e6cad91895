import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import type { Store } from '../../store/types.ts';
import { fleetTimes } from './times.ts';

/** A process that is silent for so long is taken for frozen, and another may take its run up; closing a country is silent for long. */
const frozenMs = 120_000;

/**
 * Looks in this process at a run that no other process may be at. A folder is locked; on a server the run is, until the
 * connection ends. Throws UserError where another is at it.
 */
export async function atRun<T>(store: Store, run: string, use: () => Promise<T>): Promise<T> {
  if (store.executeSql === undefined) return use();
  const done = await store.alone(`look ${run}`, frozenMs, async () => ({ value: await use() }));
  if (done === undefined) throw underWay(run);
  return done.value;
}

/**
 * Throws UserError where a run whose lanes are to go to workers is another's: one process looks at all of it, or whoever follows
 * it gave a sign of life within a lease and is not among those known to be gone.
 */
export async function refuseIfFollowed(store: Store, run: string, gone: ReadonlySet<string>): Promise<void> {
  const [dispatch] = await store.dispatches(run);
  if (dispatch === undefined) return atRun(store, run, () => Promise.resolve());
  if (!gone.has(run) && dispatch.silentS < fleetTimes().leaseSeconds) throw underWay(run);
}

const underWay = (run: string): UserError => new UserError([{ message: message('fleet.under-way', { run }) }]);
