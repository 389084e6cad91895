import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';
import { rasoat, scratch } from './cli.ts';
import {
  folderOn,
  mostASecond,
  overlaps,
  startStarter,
  startWebLab,
  startWorker,
  until,
  type Started,
  type WebLab,
} from './fleet-lab.ts';
import { sketchInventory } from './inventory.ts';

// Real workers, a real PostgreSQL, web servers that note which process is at them.
const folder = scratch();
const port = 8080;
const many = Array.from({ length: 24 }, (_, i) => `127.80.10.${String(i + 1)}`);
let lab: PostgresLab;
let web: WebLab;
const running: Started[] = [];
const stores: Store[] = [];

beforeAll(async () => {
  lab = await startPostgresLab('127.80.1.1');
  web = await startWebLab(many, port, 60);
  const systems = many.map((address, i) => ({
    id: `he-thong-${String(i + 1)}`,
    endpoints: [
      { kind: 'host', host: address, services: [{ port, service: 'http' }] },
      { kind: 'web', url: `http://${address}:${String(port)}/` },
    ],
  }));
  writeFileSync(folder.file('many.yaml'), sketchInventory(systems));
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  for (const store of stores) await store.close();
  web.stop();
  await lab.stop();
  folder.remove();
});

async function place(name: string): Promise<{ readonly out: string; readonly store: Store }> {
  const out = folderOn(folder.path, name, await lab.database(name));
  const store = await openStore(storePlace(out));
  stores.push(store);
  return { out, store };
}

async function worker(out: string, zone?: string, atOnce?: number): Promise<Started> {
  const started = await startWorker(out, zone, atOnce);
  running.push(started);
  web.watch(started.pid);
  return started;
}

const isFinished = (store: Store, run: string) => async () => (await store.run(run))?.state === 'finished';
const isAtWork = (store: Store, run: string, done: number) => async () => (await store.targetCounts(run)).done >= done;

/** Each target once, with everything it should bring. */
async function expectWhole(store: Store, run: string): Promise<void> {
  expect(await store.targetCounts(run)).toEqual({ waiting: 0, done: many.length * 2 });
  const seen = await store.observations(run);
  const keys = seen.map(({ target, kind }) => `${target} ${kind}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(seen.map(({ target }) => target)).size).toBe(many.length * 2);
  expect(seen.filter((one) => !one.ok && one.failure.code === 'not-run')).toEqual([]);
}

describe('a run at workers', () => {
  it('goes on when one is killed, one frozen and its starter killed; counts nothing twice', async () => {
    const { out, store } = await place('killed');
    const [first, second] = [await worker(out), await worker(out)];
    const starter = await startStarter(out, folder.file('many.yaml'));
    await until(isAtWork(store, starter.run(), 4), 30_000);
    first.child.kill('SIGKILL');
    second.child.kill('SIGSTOP');
    starter.child.kill('SIGKILL');
    const third = await worker(out);
    await until(isFinished(store, starter.run()), 60_000);
    second.child.kill('SIGCONT');
    await expectWhole(store, starter.run());
    const kinds = (await store.runEvents(starter.run())).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'worker-lost').length).toBe(2);
    expect(kinds).toContain('lane-again');
    expect(kinds.filter((kind) => kind === 'closed-by').length).toBe(1);
    expect(overlaps(web.contacts)).toEqual([]);
    expect(mostASecond(web.contacts)).toBeLessThanOrEqual(10);
    const before = (await store.observations(starter.run())).length;
    second.child.kill('SIGTERM');
    third.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect((await third.ended).code).toBe(0);
    expect((await store.observations(starter.run())).length).toBe(before);
    const shown = await rasoat(['runs', 'show', starter.run(), '--out', out]);
    expect(shown.out).toMatch(/fell silent/);
    expect(shown.out).toMatch(/The run was closed by/);
  }, 120_000);
});
