import { setTimeout as wait } from 'node:timers/promises';
import { pointTo } from '../../../src/store/place.ts';
import { doorOf, lanesEach, shortLease, type Base } from './base.ts';
import { manner } from './in-process.ts';
import { until, within } from './patience.ts';
import { isGone, type Stage, type Tagged } from './stage.ts';

type Env = NodeJS.ProcessEnv;

/** A run over workers: whoever started it, those who work, and one database of its own. */
export type FleetRun = {
  readonly out: string;
  readonly database: string;
  readonly starter: () => Tagged;
  readonly workers: readonly Tagged[];
  /** Starts the starter once more, to take the run up. */
  readonly resume: () => void;
  /** Starts a worker, in the place of one that is gone or beside the others. */
  readonly hire: (env?: Env) => Tagged;
  readonly done: () => Promise<number>;
  /** Rows of a query; while the server is away it is asked again. */
  readonly ask: (sql: string) => Promise<readonly string[]>;
  /** Waits until more targets than this are done. */
  readonly untilDone: (floor: number) => Promise<void>;
  /** Waits until this process has lanes under way; their targets that are not yet done. Throws where none come its way. */
  readonly underWayOf: (pid: number) => Promise<readonly string[]>;
  /** Waits until one of these, not yet done, is in another's hands than this process's. */
  readonly untilTaken: (targets: readonly string[], pid: number) => Promise<void>;
  /** Waits until all of these are done. */
  readonly untilAll: (targets: readonly string[]) => Promise<void>;
  /** Waits for the end of the run, ends the workers, and throws where anything ended as it should not. */
  readonly finish: () => Promise<void>;
};

export type FleetRunOptions = {
  readonly workers: number;
  readonly inventory?: string;
  /** Who works for the run of a folder, made once that is begun; absent: workers at the database. */
  readonly crew?: (out: string) => Promise<(number: number, env: Env) => Tagged>;
};

let runs = 0;

export async function startFleetRun(stage: Stage, { postgres }: Base, options: FleetRunOptions): Promise<FleetRun> {
  const { workers, inventory = stage.inventory } = options;
  runs += 1;
  const database = `chaos_${runs}`;
  await postgres.database(database);
  const out = stage.newFolder(database);
  pointTo(out, postgres.url(database, doorOf(0)));
  const begin = (how: 'new' | 'resume') => {
    const what = how === 'new' ? manner(stage, inventory) : ['--resume'];
    return stage.rasoat(['scan', ...what, '--out', out, '--workers', '--no-report'], { env: shortLease });
  };
  let starter = begin('new');
  const crew: Tagged[] = [];
  const atTheDatabase = (number: number, env: Env) => {
    const folder = stage.newFolder(`${database}-worker`);
    pointTo(folder, postgres.url(database, doorOf(number)));
    const args = ['worker', '--out', folder, '--at-once', String(lanesEach)];
    return stage.rasoat(args, { env: { ...shortLease, ...env } });
  };
  const holds = (what: string, ask: () => Promise<boolean> | boolean) => until(stage.patienceMs, what, ask, told);
  // The tables are there once the run is.
  await until(stage.patienceMs, 'a run', async () => {
    const [count = '0'] = await postgres.query(database, 'select count(*) from run').catch(() => []);
    if (count === '0' && isGone(starter)) throw new Error(`no run was begun: ${starter.said()}`);
    return count !== '0';
  });
  const employ = (await options.crew?.(out)) ?? atTheDatabase;
  const hire: FleetRun['hire'] = (env = {}) => {
    const worker = employ(crew.length + 1, env);
    crew.push(worker);
    return worker;
  };
  for (let number = 0; number < workers; number += 1) hire();

  const ask = async (sql: string): Promise<readonly string[]> => {
    // The server may be what is struck.
    for (const since = Date.now(); ;)
      try {
        return await postgres.query(database, sql);
      } catch (error) {
        if (Date.now() - since > stage.patienceMs) throw error;
        await wait(200);
      }
  };
  const done = async () => Number((await ask("select count(*) from target where state = 'done'"))[0] ?? 0);
  const told = async () => {
    const [targets] = await ask(
      "select string_agg(state || ' ' || n, ', ') from (select state, count(*) n from target group by 1) t",
    );
    return `(targets ${targets ?? ''}; starter ${howEnded(starter)}, workers ${crew.map(howEnded).join(' ')})`;
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
    ask,
    untilDone: (floor) => holds(`target ${floor + 1}`, async () => (await done()) > floor),
    underWayOf: async (pid) => {
      let targets: readonly string[] = [];
      await holds('work for a worker', async () => {
        targets = await ask(`select target.key ${fromLanes} where worker.pid = ${pid} and target.state = 'waiting'`);
        if (targets.length > 0) return true;
        if ((await done()) > 0 && (await ask("select 1 from target where state = 'waiting' limit 1")).length === 0)
          throw new Error('the run was over before it could be struck: give it more endpoints');
        return false;
      });
      return targets;
    },
    untilTaken: (targets, pid) => {
      const keys = targets.map((key) => `'${key.replaceAll("'", "''")}'`).join(', ');
      const sql = `select 1 ${fromLanes} where worker.pid <> ${pid} and target.state = 'waiting' and target.key in (${keys})`;
      return holds('another for what was under way', async () => (await ask(sql)).length > 0);
    },
    untilAll: (targets) =>
      holds('what was under way', async () => {
        const waiting = new Set(await ask("select key from target where state = 'waiting'"));
        return targets.every((target) => !waiting.has(target));
      }),
    finish: async () => {
      await holds('the end of the run', () => isGone(starter));
      const { code, output } = await starter.ended;
      if (code !== 1) throw new Error(`the run ended with ${String(code)}: ${output}`);
      for (const worker of crew) if (!isGone(worker)) worker.child.kill('SIGTERM');
      for (const worker of crew) {
        const ended = await within(stage.patienceMs, 'the end of a worker', worker.ended);
        if (worker.child.signalCode === 'SIGKILL') continue;
        if (ended.code !== 0) throw new Error(`a worker ended with ${String(ended.code)}: ${ended.output}`);
      }
    },
  };
}

const fromLanes = `from target join lane on lane.run = target.run
  and lane.lane = coalesce(target.body::json->>'address', target.key) join worker on worker.session = lane.worker`;

const howEnded = ({ child }: Tagged): string => String(child.exitCode ?? child.signalCode ?? 'runs');
