import { openLaneQueue, type LaneQueue } from '../../engine/queue/lane-queue.ts';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { placeName, storePlace, type StorePlace } from '../../store/place.ts';
import { openStore } from '../../store/store.ts';
import type { Store } from '../../store/types.ts';
import { isAway } from './away.ts';
import { fleetTimes, type FleetTimes } from './times.ts';

/** A connection on which a server says nothing for so long is given up: a network that was cut tells nobody. */
const silenceMs = 60_000;

/** A store with the queue in the same database, and what closes both. */
export type Fleet = {
  readonly store: Store;
  readonly queue: LaneQueue;
  readonly times: FleetTimes;
  readonly close: () => Promise<void>;
};

/** Opens what workers share. Throws UserError where the folder's store is not on a PostgreSQL server. */
export async function openFleet(out: string, times: FleetTimes = fleetTimes()): Promise<Fleet> {
  const place = storePlace(out);
  if (place.engine !== 'postgres') throw new UserError([{ message: message('fleet.needs-postgres', { out }) }]);
  const how = { silenceMs, frozenMs: times.leaseSeconds * 1000 };
  const store = await openStore(place, how).catch((error: unknown) => {
    throw isAway(error) || isRefused(error) ? unreachable(place, error) : error;
  });
  try {
    const queue = await queueOf(store, times).catch((error: unknown) => {
      throw isRefused(error) ? noQueue(place, error) : error;
    });
    return {
      store,
      queue,
      times,
      close: async () => {
        await queue.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The server is there and says no: to whom, to which database, to what. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(28...|3D000|42501)$/.test(String(error.code));

/** The tables are there and the queue is not, and whoever asks may not make it. */
function noQueue(place: StorePlace, error: unknown): UserError {
  const detail = error instanceof Error ? error.message : '';
  return new UserError([{ message: message('fleet.no-queue', { place: placeName(place), detail }) }]);
}

function unreachable(place: StorePlace, error: unknown): StoreUnreachable {
  const detail = error instanceof Error ? error.message : '';
  return new StoreUnreachable(
    [{ message: message('db.unreachable', { place: placeName(place), detail }) }],
    isAway(error),
  );
}

/** `mayCome`: the server is not there now, and may be later. */
export class StoreUnreachable extends UserError {
  readonly mayCome: boolean;

  constructor(problems: UserError['problems'], mayCome: boolean) {
    super(problems);
    this.mayCome = mayCome;
  }
}

/** The queue in the database of an open store. */
async function queueOf(store: Store, { leaseSeconds }: FleetTimes): Promise<LaneQueue> {
  if (store.executeSql === undefined) throw new Error('a queue needs a server');
  return openLaneQueue(store.executeSql, { leaseSeconds });
}
