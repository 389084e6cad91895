import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openFeeds, type Feeds } from '../../../src/feeds/open.ts';
import type { Desk, WorkerAbout } from '../../../src/model/desk.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import type { Target } from '../../../src/model/target.ts';
import { dispatchRun } from '../../../src/pipeline/fleet/dispatch.ts';
import { openFleet, type Fleet } from '../../../src/pipeline/fleet/fleet.ts';
import { createLocalDesk } from '../../../src/pipeline/fleet/local-desk.ts';
import { pointTo } from '../../../src/store/place.ts';
import type { NewRun } from '../../../src/store/types.ts';
import { startPostgresLab, type PostgresLab } from '../../servers/postgres.ts';
import { run, targets } from './lanes.ts';

/** Shorter than in earnest. */
export const times = { leaseSeconds: 10, holdMs: 4000 };

/** A PostgreSQL for all tests of a file; of each test alone, an empty store and queue in it. */
export type FleetLab = {
  readonly fleet: Fleet;
  /** On the database of the test that runs. */
  readonly psql: (sql: string) => Promise<string>;
  /** The run, of these targets; its lanes are not sent. */
  readonly create: (all?: readonly Target[], more?: Partial<NewRun>) => Promise<void>;
  /** The run, of all targets of `lanes.ts`, its lanes sent. */
  readonly begin: () => Promise<void>;
  /** Of a worker that has not said hello. */
  readonly strangersDesk: () => Desk;
  /** A worker of its own, which has said hello. */
  readonly worker: () => Promise<{ readonly desk: Desk; readonly about: WorkerAbout }>;
  /** The desk of such a worker. */
  readonly desk: () => Promise<Desk>;
  /** As if the workers that have jobs had given no sign of life for a lease. */
  readonly silence: () => Promise<void>;
  /** What the run tells of itself. */
  readonly kinds: () => Promise<readonly string[]>;
};

/** To be called where the file describes its tests: it starts and stops with them. */
export function useFleetLab(host: string): FleetLab {
  let server: PostgresLab;
  let feeds: Feeds;
  let folder: string;
  let name = '';
  let fleet: Fleet;
  let count = 0;
  let pid = 0;

  // Made and brought to the newest shape once, store and queue: most of these tests' time would go into that.
  const shaped = 'shaped';
  beforeAll(async () => {
    feeds = await openFeeds(join(tmpdir(), 'rasoat-no-feeds'));
    server = await startPostgresLab(host);
    const first = mkdtempSync(join(tmpdir(), 'rasoat-fleet-'));
    pointTo(first, await server.database(shaped));
    await (await openFleet(first, times)).close();
    rmSync(first, { recursive: true });
  });
  afterAll(async () => {
    feeds.close();
    await server.stop();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rasoat-fleet-'));
    name = `desk_${String((count += 1))}`;
    pointTo(folder, await server.database(name, shaped));
    fleet = await openFleet(folder, times);
  });
  afterEach(async () => {
    await fleet.close();
    rmSync(folder, { recursive: true });
  });

  const psql = (sql: string) => server.psql(name, sql);

  async function create(all: readonly Target[] = targets, more: Partial<NewRun> = {}): Promise<void> {
    const settings = { engine: 'connect', udp: false, extraRoots: [], resolvers: [], dnsAnchors: '', dnsPort: 53 };
    const what = { inventory: inventory as unknown as Inventory, targets: all, settings };
    const lawbook = { checks: [], frameworks: [], reference: {} };
    const startedAt = await fleet.store.storeTime();
    await fleet.store.createRun({ ...run, tool: 'rasoat 0', startedAt, ...what, lawbook, starter: 'starter', ...more });
  }

  const strangersDesk = () => createLocalDesk({ ...fleet, feeds, zone: run.zone, times });

  async function worker(): Promise<{ readonly desk: Desk; readonly about: WorkerAbout }> {
    const desk = strangersDesk();
    pid += 1;
    const about = { session: `session-${String(pid)}`, zone: run.zone, host: 'may-1', pid, version: 'rasoat 0' };
    await desk.hello(about);
    return { desk, about };
  }

  return {
    get fleet() {
      return fleet;
    },
    psql,
    create,
    begin: async () => {
      await create();
      await dispatchRun(fleet, run, targets, new Map());
    },
    strangersDesk,
    worker,
    desk: async () => (await worker()).desk,
    silence: async () => {
      await psql("update rasoat_queue.job set heartbeat_on = now() - interval '1 hour' where state = 'active'");
      await psql('update rasoat_queue.queue set monitor_on = null, monitor_claim_on = null');
      await fleet.queue.supervise();
    },
    kinds: async () => (await fleet.store.runEvents(run.id)).map(({ kind }) => kind),
  };
}

const inventory = {
  schema: 1,
  province: { id: 'p', name: 'P' },
  zones: [],
  organisations: [],
  systems: [],
  authorisations: [],
};
