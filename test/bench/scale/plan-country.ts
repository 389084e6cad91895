import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pointTo } from '../../../src/store/place.ts';
import type { Postgres } from '../country/postgres.ts';
import { manner, type Ground } from './ground.ts';

const main = join(import.meta.dirname, '../../../bin/rasoat.cjs');

/**
 * Plans and queues every province, a run each, two at a time. Whoever starts a run would stay to end it; here it is sent home once all
 * lanes are queued, for nothing but the workers is to be measured. Gives seconds.
 */
export async function planCountry(ground: Ground, postgres: Postgres, database: string): Promise<number> {
  const startedAt = performance.now();
  await postgres.database(database);
  const [first, ...rest] = [...ground.provinces];
  if (first === undefined) throw new Error('a country without a province');
  // The first makes the tables.
  await planProvince(ground, postgres, database, first);
  const queue = [...rest];
  await Promise.all(
    [1, 2].map(async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift())
        await planProvince(ground, postgres, database, next);
    }),
  );
  return (performance.now() - startedAt) / 1000;
}

async function planProvince(
  ground: Ground,
  postgres: Postgres,
  database: string,
  province: Ground['provinces'][number],
): Promise<void> {
  const out = join(ground.folder, province.id);
  mkdirSync(out);
  pointTo(out, postgres.url(database));
  const args = ['scan', '--inventory', province.inventory, '--out', out, ...manner(ground.roots), '--workers'];
  const child = spawn(process.execPath, [main, ...args, '--no-report'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, RASOAT_FEEDS: join(ground.folder, 'no-feeds'), NO_COLOR: '1', RASOAT_LANG: 'en' },
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-4000)));
  const gone = once(child, 'exit');
  const planned = `select 1 from dispatch join run on run.id = dispatch.run join snapshot on snapshot.hash = run.inventory_hash
    where snapshot.body::json->'province'->>'id' = '${province.id}' and dispatch.state = 'sent'`;
  while ((await postgres.query(database, planned).catch(() => [])).length === 0) {
    if (child.exitCode !== null) throw new Error(`${province.id} was not planned: ${words}`);
    await wait(250);
  }
  child.kill('SIGINT');
  await gone;
}
