import { setTimeout as wait } from 'node:timers/promises';
import { pointTo } from '../../../src/store/place.ts';
import { firewall } from '../country/namespace.ts';
import { makePostgres, type Postgres } from '../country/postgres.ts';
import type { SmallDisk } from './disk.ts';
import { manner } from './in-process.ts';
import type { Stage, Tagged } from './stage.ts';

/** Seconds that a lane stays a worker's without a sign of life: the least the queue allows, so that trials are short. */
export const leaseSeconds = 10;
const env = { RASOAT_LEASE_SECONDS: String(leaseSeconds) };

/** PostgreSQL on a small disk of its own, reached at an address for each who connects, so that each can be cut off alone. */
export type Base = { readonly postgres: Postgres; readonly disk: SmallDisk };

/** Few enough that every worker of a small province has some. */
const lanesEach = 6;
const mostWorkers = 8;
/** Where the worker of this number finds the database; 0 is the starter. */
const doorOf = (number: number): string => `127.86.9.${number + 1}`;

export async function startBase(stage: Stage): Promise<Base> {
  const disk = stage.disk(stage.newFolder('postgres'), 1500);
  const hosts = Array.from({ length: mostWorkers + 1 }, (_, number) => doorOf(number));
  const postgres = await makePostgres({
    folder: disk.path,
    hosts,
    // Small segments, so that a small disk holds them.
    settings: ['max_wal_size=128MB', 'max_connections=200', 'log_min_messages=fatal'],
  });
  await postgres.start();
  return { postgres, disk };
}

/** A run over workers: whoever started it, those who work, and one database of its own. */
export type FleetRun = {
  readonly out: string;
  readonly database: string;
  readonly starter: () => Tagged;
  readonly workers: readonly Tagged[];
  /** Starts the starter once more, to take the run up. */
  readonly resume: () => void;
  /** Starts a worker, in the place of one that is gone or beside the others. */
  readonly hire: (options?: { readonly before?: readonly string[] }) => Tagged;
  readonly done: () => Promise<number>;
  /** Waits until more targets than this are done. */
  readonly untilDone: (floor: number) => Promise<void>;
  /** Waits until this process has lanes under way; their targets that are not yet done. Throws where none come its way. */
  readonly underWayOf: (pid: number) => Promise<readonly string[]>;
  /** Waits until all of these are done. */
  readonly untilAll: (targets: readonly string[]) => Promise<void>;
  /** Waits for the end of the run, ends the workers, and throws where anything ended as it should not. */
  readonly finish: () => Promise<void>;
};

const limitMs = 600_000;
let runs = 0;

export async function startFleetRun(stage: Stage, { postgres }: Base, workers: number): Promise<FleetRun> {
  runs += 1;
  const database = `chaos_${runs}`;
  await postgres.database(database);
  const out = stage.newFolder(database);
  pointTo(out, postgres.url(database, doorOf(0)));
  const command = (args: readonly string[], before: readonly string[] = []) => stage.rasoat(args, { before, env });
  const begin = (how: 'new' | 'resume') =>
    command(['scan', ...(how === 'new' ? manner(stage) : ['--resume']), '--out', out, '--workers', '--no-report']);
  let starter = begin('new');
  const crew: Tagged[] = [];
  const hire: FleetRun['hire'] = ({ before = [] } = {}) => {
    const folder = stage.newFolder(`${database}-worker`);
    pointTo(folder, postgres.url(database, doorOf(crew.length + 1)));
    const worker = command(['worker', '--out', folder, '--at-once', String(lanesEach)], before);
    crew.push(worker);
    return worker;
  };
  // The tables are there once the run is.
  const started = Date.now();
  for (;;) {
    const [count = '0'] = await postgres.query(database, 'select count(*) from run').catch(() => []);
    if (count !== '0') break;
    if (starter.child.exitCode !== null || Date.now() - started > limitMs)
      throw new Error(`no run was begun: ${(await starter.ended).output}`);
    await wait(100);
  }
  for (let number = 0; number < workers; number += 1) hire();

  const ask = async (sql: string): Promise<readonly string[]> => {
    // The server may be what is struck.
    for (const since = Date.now(); ;)
      try {
        return await postgres.query(database, sql);
      } catch (error) {
        if (Date.now() - since > limitMs) throw error;
        await wait(200);
      }
  };
  const done = async () => Number((await ask("select count(*) from target where state = 'done'"))[0] ?? 0);
  const until = async (what: string, holds: () => Promise<boolean> | boolean) => {
    for (const since = Date.now(); !(await holds());) {
      if (Date.now() - since > limitMs)
        throw new Error(`${what} did not come within ${limitMs / 1000} s: ${await told()}`);
      await wait(150);
    }
  };
  const told = async () => {
    const [targets] = await ask(
      "select string_agg(state || ' ' || n, ', ') from (select state, count(*) n from target group by 1) t",
    );
    return `${targets ?? ''}; starter ${String(starter.child.exitCode)}, workers ${crew.map(({ child }) => String(child.exitCode)).join(' ')}`;
  };
  return {
    out,
    database,
    starter: () => starter,
    workers: crew,
    resume: () => {
      starter = begin('resume');
    },
    hire,
    done,
    untilDone: (floor) => until(`target ${floor + 1}`, async () => (await done()) > floor),
    underWayOf: async (pid) => {
      let targets: readonly string[] = [];
      await until('work for a worker', async () => {
        targets = await ask(`select target.key from target join lane on lane.run = target.run
          join worker on worker.session = lane.worker
          where worker.pid = ${pid} and target.state = 'waiting'
          and lane.lane = coalesce(target.body::json->>'address', target.key)`);
        if (
          targets.length === 0 &&
          (await done()) > 0 &&
          (await ask("select 1 from target where state = 'waiting' limit 1")).length === 0
        )
          throw new Error('the run was over before it could be struck: give it more endpoints');
        return targets.length > 0;
      });
      return targets;
    },
    untilAll: (targets) =>
      until('what was under way', async () => {
        const waiting = new Set(await ask("select key from target where state = 'waiting'"));
        return targets.every((target) => !waiting.has(target));
      }),
    finish: async () => {
      await until('the end of the run', () => starter.child.exitCode !== null || starter.child.signalCode !== null);
      const { code, output } = await starter.ended;
      if (code !== 1) throw new Error(`the run ended with ${String(code)}: ${output}`);
      for (const { child } of crew) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      for (const worker of crew) {
        const ended = await worker.ended;
        if (worker.child.signalCode === 'SIGKILL') continue;
        if (ended.code !== 0) throw new Error(`a worker ended with ${String(ended.code)}: ${ended.output}`);
      }
    },
  };
}

/** Cuts the worker of this number off from the database, both ways, and gives what heals it. */
export function cutOff(number: number): () => void {
  const table = `cut_${number}`;
  firewall(`table inet ${table} {
    chain in {
      type filter hook input priority 0;
      ip daddr ${doorOf(number)} tcp dport 5432 drop;
      ip saddr ${doorOf(number)} tcp sport 5432 drop;
    }
  }`);
  return () => {
    firewall(`delete table inet ${table}`);
  };
}
