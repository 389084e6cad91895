import { setTimeout as sleep } from 'node:timers/promises';
import type { Hold, Holds } from '../../model/desk.ts';
import { FailureError } from '../../model/failure.ts';

/** The right to an address while one socket is open there. */
export type HoldUse = {
  /** Whether a socket may be opened this moment: asked right before, for the process may have been frozen meanwhile. */
  readonly isValid: () => boolean;
  /** Aborted when the right was lost: whatever is open to the address is closed then. */
  readonly lost: AbortSignal;
  readonly leave: () => void;
};

/**
 * Holds of this process: taken before the first socket to an address, renewed while one is open, let go of when none was for a
 * while, so that two workers who wait for each other's address both get on.
 */
export type HoldKeeper = {
  /** For one wire: what two wires of a process open to one address is kept apart as if they were two workers. */
  readonly forWire: () => WireHolds;
  /** Whether a right to the address was lost, or could not be asked for, since an instant of `performance.now()`. */
  readonly lostSince: (address: string, since: number) => boolean;
  /** Lets go of everything. */
  readonly close: () => Promise<void>;
};

export type WireHolds = {
  /**
   * Waits until the address may be contacted. Throws FailureError `not-run` when another has it for too long, the signal's
   * reason when that aborts.
   */
  readonly enter: (address: string, signal?: AbortSignal) => Promise<HoldUse>;
};

export type HoldKeeperOptions = {
  /** How long to wait for an address that another has. */
  readonly waitMs?: number;
  /** How long nothing is open before an address is let go of: a second at least, so that the next one's first second is clean. */
  readonly idleMs?: number;
  readonly clock?: () => number;
};

type Place = {
  hold: Hold | undefined;
  owner: object | undefined;
  users: number;
  /** Past either, nothing is opened: time that ran, and the wall's, which goes on while a machine sleeps. */
  untilRan: number;
  untilWall: number;
  lostAt: number;
  lost: AbortController;
  taking: Promise<boolean> | undefined;
  renewAt: NodeJS.Timeout | undefined;
  endAt: NodeJS.Timeout | undefined;
  idleAt: NodeJS.Timeout | undefined;
};

/** Said to differ between workers that ask for the same address again and again. */
const againMs = () => 150 + Math.random() * 200;

export function createHoldKeeper(holds: Holds, options: HoldKeeperOptions = {}): HoldKeeper {
  const { waitMs = 30_000, idleMs = 1000, clock = () => performance.now() } = options;
  const places = new Map<string, Place>();

  const isValid = (place: Place) => clock() < place.untilRan && Date.now() < place.untilWall;

  function placeOf(address: string): Place {
    let place = places.get(address);
    if (place === undefined) {
      place = {
        hold: undefined,
        owner: undefined,
        users: 0,
        untilRan: -Infinity,
        untilWall: -Infinity,
        lostAt: -Infinity,
        lost: new AbortController(),
        taking: undefined,
        renewAt: undefined,
        endAt: undefined,
        idleAt: undefined,
      };
      places.set(address, place);
    }
    return place;
  }

  /** Lasts from when it was asked for, and ends here before it ends at the desk. */
  function last(place: Place, hold: Hold, ran: number, wall: number): void {
    const mine = hold.forMs - Math.max(1000, hold.forMs / 10);
    place.hold = hold;
    place.untilRan = ran + mine;
    place.untilWall = wall + mine;
    clearTimeout(place.endAt);
    place.endAt = setTimeout(() => {
      lose(place);
    }, mine).unref();
    clearTimeout(place.renewAt);
    place.renewAt = setTimeout(() => void renew(place), hold.forMs / 3).unref();
  }

  function lose(place: Place): void {
    stopTimers(place);
    place.hold = undefined;
    place.owner = undefined;
    place.untilRan = -Infinity;
    if (place.users > 0) place.lostAt = clock();
    const { lost } = place;
    place.lost = new AbortController();
    lost.abort(new FailureError('not-run', 'the address went to another worker'));
  }

  async function renew(place: Place): Promise<void> {
    const { hold } = place;
    if (hold === undefined) return;
    const [ran, wall] = [clock(), Date.now()];
    let next: Hold | undefined;
    try {
      next = await holds.renew(hold);
    } catch {
      // Whoever keeps the holds is away: it is asked again until the right ends by itself.
      if (place.hold === hold) place.renewAt = setTimeout(() => void renew(place), againMs() * 2).unref();
      return;
    }
    if (place.hold !== hold) return;
    if (next === undefined) lose(place);
    else last(place, next, ran, wall);
  }

  /** Asks once; false: another has it. */
  async function take(place: Place, address: string): Promise<boolean> {
    const [ran, wall] = [clock(), Date.now()];
    const hold = await holds.take(address);
    if (hold === undefined) return false;
    last(place, hold, ran, wall);
    return isValid(place);
  }

  async function enter(owner: object, address: string, signal?: AbortSignal): Promise<HoldUse> {
    const place = placeOf(address);
    const startedAt = clock();
    let away = 0;
    for (;;) {
      signal?.throwIfAborted();
      if (place.hold !== undefined && !isValid(place)) lose(place);
      if (place.hold !== undefined && place.owner === owner) return use(place, address);
      if (place.hold === undefined) {
        place.taking ??= take(place, address).finally(() => (place.taking = undefined));
        try {
          if (await place.taking) {
            place.owner ??= owner;
            continue;
          }
        } catch {
          // The time in which nobody could be asked is not time that another had the address.
          place.lostAt = clock();
          away += 500;
          await sleep(500, undefined, signal === undefined ? {} : { signal });
          continue;
        }
      }
      if (clock() - startedAt - away > waitMs) {
        throw new FailureError('not-run', `${address} is being looked at by another worker; waited ${waitMs} ms`);
      }
      await sleep(againMs(), undefined, signal === undefined ? {} : { signal });
    }
  }

  function use(place: Place, address: string): HoldUse {
    clearTimeout(place.idleAt);
    place.users += 1;
    const { hold, lost } = place;
    let left = false;
    return {
      isValid: () => place.hold !== undefined && place.lost === lost && isValid(place),
      lost: lost.signal,
      leave: () => {
        if (left) return;
        left = true;
        place.users -= 1;
        if (place.users > 0 || hold === undefined) return;
        clearTimeout(place.idleAt);
        place.idleAt = setTimeout(() => void release(place, address), idleMs).unref();
      },
    };
  }

  async function release(place: Place, address: string): Promise<void> {
    const { hold } = place;
    if (hold === undefined || place.users > 0) return;
    stopTimers(place);
    place.hold = undefined;
    place.owner = undefined;
    if (place.lostAt === -Infinity && place.taking === undefined) places.delete(address);
    // Not heard: it ends by itself.
    await holds.release(hold).catch(() => undefined);
  }

  return {
    forWire: () => {
      const owner = {};
      return { enter: (address, signal) => enter(owner, address, signal) };
    },
    lostSince: (address, since) => (places.get(address)?.lostAt ?? -Infinity) >= since,
    close: async () => {
      await Promise.all([...places].map(([address, place]) => release(place, address)));
      for (const place of places.values()) stopTimers(place);
    },
  };
}

function stopTimers({ renewAt, endAt, idleAt }: Place): void {
  for (const timer of [renewAt, endAt, idleAt]) clearTimeout(timer);
}
