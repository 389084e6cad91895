import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import type { AloneSeat } from '../../store/dispatch-types.ts';
import type { Store } from '../../store/types.ts';
import { fleetTimes } from './times.ts';

/** A process that is silent for so long is taken for frozen, and another may take its run up; closing a country is silent for long. */
const frozenMs = 120_000;

/** A process that was taken for frozen brought something. */
export class SeatLost extends Error {}

/** Throws SeatLost where another process may be at the run by now. */
export async function stillAt(store: Store, seat: AloneSeat | undefined): Promise<void> {
  if (seat === undefined || store.executeSql === undefined) return;
  if ((await seat.held(store.executeSql)) !== 'held') throw new SeatLost();
}

/**
 * Looks in this process at a run that no other process may be at. A folder is locked; on a server the run is, until the
 * connection ends: what `use` writes must be bound to its seat. Throws UserError where another is at it, or may be since this one fell
 * silent.
 */
export async function atRun<T>(store: Store, run: string, use: (seat?: AloneSeat) => Promise<T>): Promise<T> {
  if (store.executeSql === undefined) return use();
  const done = await store.alone(`look ${run}`, frozenMs, async (_own, seat) => {
    try {
      return { value: await use(seat) };
    } catch (error) {
      if (error instanceof SeatLost || (await isLost(store, seat))) throw silent(run);
      throw error;
    }
  });
  if (done === undefined) throw underWay(run);
  return done.value;
}

/** A server that does not answer says nothing of it. */
async function isLost(store: Store, seat: AloneSeat): Promise<boolean> {
  try {
    await stillAt(store, seat);
    return false;
  } catch (error) {
    return error instanceof SeatLost;
  }
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

const silent = (run: string): UserError => new UserError([{ message: message('fleet.seat-lost', { run }) }]);
const underWay = (run: string): UserError => new UserError([{ message: message('fleet.under-way', { run }) }]);
