import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
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
  late,
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
/** Addresses that two zones look at. */
const shared = ['127.80.11.1', '127.80.11.2', '127.80.11.3'];
const many = Array.from({ length: 16 }, (_, i) => `127.80.10.${String(i + 1)}`);
let lab: PostgresLab;
let web: WebLab;
const running: Started[] = [];
const stores: Store[] = [];

beforeAll(async () => {
  lab = await startPostgresLab('127.80.1.1');
  web = await startWebLab([...many, ...shared], port, 60);
  const systems = many.map((address, i) => ({
    id: `he-thong-${String(i + 1)}`,
    endpoints: [{ kind: 'host', host: address, services: [{ port, service: 'http' }] }],
  }));
  writeFileSync(folder.file('many.yaml'), sketchInventory(systems));
  const both = shared.map((address, i) => ({
    id: `chung-${String(i + 1)}`,
    endpoints: [{ kind: 'host', host: address, services: [{ port, service: 'http' }] }],
  }));
  writeFileSync(
    folder.file('zones.yaml'),
    sketchInventory(both, { zones: ['internet', 'tslcd'], limits: { connections: 2, perSecond: 10 } }).replace(
      '    name: Internet\n',
      '    name: Internet\n  - id: tslcd\n    name: TSLCD\n',
    ),
  );
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

async function worker(
  out: string,
  zone?: string,
  atOnce?: number,
  env?: Readonly<Record<string, string>>,
): Promise<Started> {
  const started = await startWorker(out, zone, atOnce, env);
  running.push(started);
  web.watch(started.pid);
  return started;
}

const isFinished = (store: Store, run: string) => async () => (await store.run(run))?.state === 'finished';
const isAtWork = (store: Store, run: string, done: number) => async () => (await store.targetCounts(run)).done >= done;

/** Freezes a worker amid a lane: one that stands between two lanes has none to lose. */
async function freezeAtWork(database: string, { child, pid }: Started): Promise<void> {
  const held = `select count(*) from lane join worker on lane.worker = worker.session where pid = ${pid}`;
  await until(async () => {
    child.kill('SIGSTOP');
    // What it sent before is done by then.
    await sleep(100);
    const amid = (await lab.psql(database, held)) !== '0';
    if (!amid) child.kill('SIGCONT');
    return amid;
  }, 90_000);
}

/** Each target once, with everything it should bring. */
async function expectWhole(store: Store, run: string): Promise<void> {
  expect(await store.targetCounts(run)).toEqual({ waiting: 0, done: many.length });
  const seen = await store.observations(run);
  const keys = seen.map(({ target, kind }) => `${target} ${kind}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(seen.map(({ target }) => target)).size).toBe(many.length);
  expect(seen.filter((one) => !one.ok && one.failure.code === 'not-run')).toEqual([]);
}

describe.concurrent('a run at workers', () => {
  it('goes on when one is killed, one frozen and its starter killed; counts nothing twice', async () => {
    const { out, store } = await place('killed');
    const [first, second] = [await worker(out, 'internet', 2), await worker(out, 'internet', 2)];
    const starter = await startStarter(out, folder.file('many.yaml'));
    await freezeAtWork('killed', second);
    await until(isAtWork(store, starter.run(), 1), 90_000);
    await freezeAtWork('killed', first);
    first.child.kill('SIGKILL');
    starter.child.kill('SIGKILL');
    const third = await worker(out);
    await until(isFinished(store, starter.run()), 120_000);
    second.child.kill('SIGCONT');
    await expectWhole(store, starter.run());
    const events = await store.runEvents(starter.run());
    const kinds = events.map(({ kind }) => kind);
    const lost = events.filter(({ kind }) => kind === 'worker-lost').map(({ detail }) => detail['pid']);
    expect(lost).toEqual(expect.arrayContaining([first.pid, second.pid]));
    expect(kinds).toContain('lane-again');
    expect(kinds.filter((kind) => kind === 'closed-by').length).toBe(1);
    const before = (await store.observations(starter.run())).length;
    second.child.kill('SIGTERM');
    third.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect((await third.ended).code).toBe(0);
    expect((await store.observations(starter.run())).length).toBe(before);
    const shown = await rasoat(['runs', 'show', starter.run(), '--out', out]);
    expect(shown.out).toMatch(/fell silent/);
    expect(shown.out).toMatch(/The run was closed by/);
  }, 300_000);

  it('pauses, stops and goes on by the switch, at a worker whose clock is 30 hours behind', async () => {
    const { out, store } = await place('switched');
    const turn = (position: 'on' | 'paused' | 'stopped') =>
      store.setFleetSwitch({ position, at: new Date().toISOString(), by: 'test', reason: 'test' });
    const starter = await startStarter(out, folder.file('many.yaml'));
    await until(async () => (await store.dispatches(starter.run()))[0]?.state === 'sent', 90_000);
    await turn('paused');
    const one = await worker(out, 'internet', 2, late);
    await sleep(1500);
    expect((await store.targetCounts(starter.run())).done).toBe(0);
    expect(await store.lanesUnderWay(starter.run())).toBe(0);
    await turn('on');
    await until(async () => (await store.lanesUnderWay(starter.run())) > 0, 90_000);
    await turn('stopped');
    await until(async () => (await store.lanesUnderWay(starter.run())) === 0, 20_000);
    expect((await store.targetCounts(starter.run())).waiting).toBeGreaterThan(0);
    await turn('on');
    expect((await starter.ended).code).toBe(3);
    await expectWhole(store, starter.run());
    const events = await store.runEvents(starter.run());
    expect(events.map(({ kind }) => kind)).toEqual(['clock-off']);
    // What half of an answer's way took is in it.
    expect(Math.abs(Number(events[0]?.detail['seconds']) - 108_000)).toBeLessThan(600);
    const started = (await store.run(starter.run()))?.startedAt ?? '';
    expect((await store.observations(starter.run())).filter(({ at }) => at < started)).toEqual([]);
    one.child.kill('SIGTERM');
    expect((await one.ended).code).toBe(0);
    expect((await store.workers()).map(({ state }) => state)).toEqual(['gone']);
  }, 300_000);
});

describe('two workers at one address', () => {
  it('of two zones come one after the other, and at its pace', async () => {
    const { out, store } = await place('zones');
    const here = shared.length;
    const [inside, outside] = [await worker(out, 'internet'), await worker(out, 'tslcd')];
    const before = web.contacts.length;
    const [one, other] = await Promise.all([
      startStarter(out, folder.file('zones.yaml'), ['--zone', 'internet']),
      startStarter(out, folder.file('zones.yaml'), ['--zone', 'tslcd']),
    ]);
    expect((await one.ended).code).toBe(3);
    expect((await other.ended).code).toBe(3);
    const contacts = web.contacts.slice(before);
    const byAddress = Map.groupBy(contacts, ({ address }) => address);
    const both = [...byAddress.values()].filter((own) => new Set(own.map(({ pid }) => pid)).size > 1);
    expect(both.length).toBe(here);
    expect(overlaps(contacts)).toEqual([]);
    expect(mostASecond(contacts)).toBeLessThanOrEqual(10);
    for (const { run } of [one, other]) {
      const seen = await store.observations(run());
      expect(seen.filter((look) => !look.ok)).toEqual([]);
    }
    inside.child.kill('SIGTERM');
    outside.child.kill('SIGTERM');
    await Promise.all([inside.ended, outside.ended]);
  }, 300_000);
});

describe('a server of PostgreSQL that falls', () => {
  it('is waited for: what was seen is kept, and the run goes on by itself', async () => {
    const { out, store } = await place('fallen');
    const one = await worker(out, 'internet', 2);
    const starter = await startStarter(out, folder.file('many.yaml'));
    await until(isAtWork(store, starter.run(), 2), 90_000);
    await lab.crash(1500);
    expect((await starter.ended).code).toBe(3);
    await expectWhole(store, starter.run());
    one.child.kill('SIGTERM');
    const { code, err } = await one.ended;
    expect(code).toBe(0);
    expect(err).toMatch(/The store cannot be reached/);
    expect(err).toMatch(/The store is back/);
  }, 300_000);
});
