import type { Log } from '../engine/watch/log.ts';
import type { ReadyCheck } from '../engine/watch/ready.ts';
import { startWatch, type Watch } from '../engine/watch/start.ts';
import { openFeeds } from '../feeds/open.ts';
import type { FleetFigures } from '../model/fleet-figures.ts';
import type { Store } from '../store/types.ts';
import { fleetFigures, freeOn } from './fleet-figures.ts';
import { lastBackup } from './last-backup.ts';
import { readAssessingLaw } from './assessing-law.ts';
import { toolVersion } from './version.ts';

export type WatchStoreOptions = {
  readonly listen: string;
  readonly role: string;
  readonly log: Log;
  readonly store: Store;
  /** The output folder: whose disk must have room. */
  readonly out: string;
  /** The folder of feeds; absent: their age is not told. */
  readonly feeds?: string;
  /** Beside what is asked of every store: of the queue, of the gateway. */
  readonly ready?: readonly ReadyCheck[];
};

/** Under this a scan could not write down what it sees. */
const roomBytes = 500_000_000;
/** Windows of documents, deadlines and certificates are read by the clock. */
const clockMs = 5_000;
/** Turns of a whole province are dear to work out, and are of days. */
const debtForMs = 10 * 60_000;

/** Watches over a process that has the store: `rasoat serve`, `rasoat worker`. */
export async function watchStore(options: WatchStoreOptions): Promise<Watch> {
  const { listen, role, log, store, out } = options;
  return startWatch({
    listen,
    role,
    version: toolVersion().replace(/^\S+ /, ''),
    log,
    figures: createFigures(options),
    ready: [...storeReadiness(store, out), ...(options.ready ?? [])],
  });
}

function createFigures({ store, out, feeds }: WatchStoreOptions): () => Promise<FleetFigures> {
  let debt: FleetFigures['debt'];
  let debtAt = -Infinity;
  return async () => {
    const stale = performance.now() - debtAt > debtForMs;
    const lawbook = stale ? await readAssessingLaw(store) : undefined;
    const opened = feeds === undefined ? undefined : await openFeeds(feeds);
    try {
      const figures = await fleetFigures(store, {
        out,
        at: new Date().toISOString(),
        ...(lawbook === undefined ? {} : { lawbook }),
        ...(opened === undefined ? {} : { feeds: opened }),
      });
      if (stale) [debt, debtAt] = [figures.debt, performance.now()];
      const backup = lastBackup(out);
      return {
        ...figures,
        ...(debt === undefined ? {} : { debt }),
        ...(backup === undefined ? {} : { lastBackup: backup }),
      };
    } finally {
      opened?.close();
    }
  };
}

/** What every process that works over a store needs of it. */
function storeReadiness(store: Store, out: string): readonly ReadyCheck[] {
  return [
    { name: 'store', check: async () => ({ ok: (await store.figures.size()).bytes > 0, detail: 'reachable' }) },
    {
      name: 'migrations',
      check: async () => {
        const shape = await store.figures.shape();
        return { ok: shape === 'right', detail: shape };
      },
    },
    {
      name: 'disk',
      check: () => {
        const free = freeOn(out);
        return Promise.resolve({ ok: free >= roomBytes, detail: `${Math.floor(free / 1_000_000)} MB free` });
      },
    },
    { name: 'clock', check: () => clockOf(store) },
  ];
}

/** Against the clock of the store's server, and against what was written already: a clock set back would forge days. */
async function clockOf(store: Store): Promise<{ readonly ok: boolean; readonly detail: string }> {
  const before = Date.now();
  const theirs = Date.parse(await store.figures.now());
  const after = Date.now();
  const off = theirs < before ? theirs - before : theirs > after ? theirs - after : 0;
  if (Math.abs(off) > clockMs) return { ok: false, detail: `${Math.round(off / 1000)} s from the store` };
  const newest = await store.figures.newestInstant();
  const ahead = newest === undefined ? 0 : Date.parse(newest) - after;
  return ahead > clockMs
    ? { ok: false, detail: `${Math.round(ahead / 1000)} s before what the store holds` }
    : { ok: true, detail: `${Math.round(off)} ms from the store` };
}
