import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pointTo } from '../../../src/store/place.ts';
import type { Postgres } from '../country/postgres.ts';
import type { Crew } from './crew.ts';
import type { Ground } from './ground.ts';
import { overviewSql } from './sql.ts';

const main = join(import.meta.dirname, '../../../bin/rasoat.cjs');

/** So many `rasoat worker` processes over a database in which the whole country is planned and queued. */
export function startFleetCrew(
  ground: Ground,
  postgres: Postgres,
  database: string,
  workers: number,
  atOnce: number,
): Crew {
  const out = join(ground.folder, `workers-${workers}-${atOnce}`);
  mkdirSync(out, { recursive: true });
  pointTo(out, postgres.url(database));
  let words = '';
  const children = Array.from({ length: workers }, (): ChildProcess => {
    const child = spawn(process.execPath, [main, 'worker', '--out', out, '--at-once', String(atOnce)], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, RASOAT_FEEDS: join(ground.folder, 'no-feeds'), NO_COLOR: '1', RASOAT_LANG: 'en' },
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-4000)));
    return child;
  });
  const ask = async (sql: string) =>
    (await postgres.query(database, sql)).map((line) => line.split('|').map((value) => (value === '' ? null : value)));
  return {
    ask,
    over: async () =>
      children.every(({ exitCode }) => exitCode !== null) ||
      (await ask("select 1 from target where state = 'waiting' limit 1")).length === 0,
    meter: {
      done: async () => {
        const [[targets = '0', services = '0'] = []] = await ask(
          `select count(*), count(*) filter (where body::json->>'kind' = 'service') from target where state = 'done'`,
        );
        return { targets: Number(targets), endpoints: Number(targets) - Number(services) };
      },
      stored: async () => {
        const [[bytes = '0', rows = '0'] = []] = await ask(
          `select pg_database_size('${database}'), (select count(*) from observation) + (select count(*) from finding)`,
        );
        return { bytes: Number(bytes), rows: Number(rows) };
      },
      scanners: () => children.map(({ pid = 0 }) => pid),
      store: () => [postgres.pid()],
      servers: () => ground.running.pids,
    },
    overview: async () => {
      const startedAt = performance.now();
      await ask(overviewSql);
      return performance.now() - startedAt;
    },
    stop: async () => {
      const dead = children.find(({ exitCode }) => exitCode !== null && exitCode !== 0);
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          child.kill('SIGTERM');
          await gone;
        }),
      );
      if (dead !== undefined) throw new Error(`a worker ended with ${String(dead.exitCode)}: ${words}`);
    },
  };
}
