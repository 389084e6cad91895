import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { Crew } from './crew.ts';
import { manner, type Ground } from './ground.ts';
import { overviewSql } from './sql.ts';

const main = join(import.meta.dirname, '../../../bin/rasoat.cjs');

/** One process over SQLite, at the largest province: what most provinces would run. */
export function startOneProcess(ground: Ground, atOnce: number): Crew {
  const [largest] = [...ground.provinces].sort((a, b) => b.systems.length - a.systems.length);
  if (largest === undefined) throw new Error('a country without a province');
  const out = join(ground.folder, `one-process-${atOnce}`);
  mkdirSync(out);
  const args = ['scan', '--inventory', largest.inventory, '--out', out, ...manner(ground.roots)];
  const child = spawn(process.execPath, [main, ...args, '--at-once', String(atOnce), '--no-report'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, RASOAT_FEEDS: join(ground.folder, 'no-feeds'), NO_COLOR: '1', RASOAT_LANG: 'en' },
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-4000)));
  const file = join(out, 'rasoat.sqlite');
  const rows = (sql: string): readonly (readonly (string | null)[])[] => {
    if (!existsSync(file)) return [];
    const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    try {
      return database
        .prepare(sql)
        .all()
        .map((row) => Object.values(row).map((value) => (value === null ? null : String(value))));
    } catch (error) {
      // Before its tables are made.
      if (String(error).includes('no such table')) return [];
      throw error;
    } finally {
      database.close();
    }
  };
  const ask = (sql: string) => Promise.resolve(rows(sql));
  const size = (path: string) => (existsSync(path) ? statSync(path).size : 0);
  return {
    ask,
    over: () => Promise.resolve(child.exitCode !== null),
    meter: {
      done: async () => {
        const [[targets = '0', services = '0'] = []] = await ask(
          `select count(*), coalesce(sum(json_extract(body, '$.kind') = 'service'), 0) from target where state = 'done'`,
        );
        return { targets: Number(targets), endpoints: Number(targets) - Number(services) };
      },
      stored: async () => {
        const counted = await ask('select (select count(*) from observation) + (select count(*) from finding)');
        return { bytes: size(file) + size(`${file}-wal`), rows: Number(counted[0]?.[0] ?? 0) };
      },
      scanners: () => [child.pid ?? 0],
      store: () => [],
      servers: () => ground.running.pids,
    },
    overview: async () => {
      const startedAt = performance.now();
      await ask(overviewSql);
      return performance.now() - startedAt;
    },
    stop: async () => {
      if (child.exitCode !== null && child.exitCode > 1)
        throw new Error(`the scan ended with ${child.exitCode}: ${words}`);
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGINT');
      await gone;
    },
  };
}
