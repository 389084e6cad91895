import { writeFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { storePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';
import { rasoat, scratch, startRasoat } from './cli.ts';
import { folderOn, startStarter, startWebLab, startWorker, until, type Started, type WebLab } from './fleet-lab.ts';
import { sketchInventory } from './inventory.ts';

const folder = scratch();
const port = 8080;
const addresses = Array.from({ length: 4 }, (_, i) => `127.80.12.${String(i + 1)}`);
let lab: PostgresLab;
let web: WebLab;
const running: Started[] = [];

beforeAll(async () => {
  lab = await startPostgresLab('127.80.4.1');
  web = await startWebLab(addresses, port, 20);
  const systems = addresses.map((address, i) => ({
    id: `he-thong-${String(i + 1)}`,
    endpoints: [{ kind: 'host', host: address, services: [{ port, service: 'http' }] }],
  }));
  writeFileSync(folder.file('inventory.yaml'), sketchInventory(systems));
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  web.stop();
  await lab.stop();
  folder.remove();
});

it('a worker frozen amid its commit keeps rows from nobody for longer than a lease; thawed, it writes nothing', async () => {
  const out = folderOn(folder.path, 'amid', await lab.database('amid'));
  const store = await openStore(storePlace(out));
  const starter = await startStarter(out, folder.file('inventory.yaml'));
  running.push(starter);
  await until(async () => (await store.dispatches(starter.run()))[0]?.state === 'sent');
  const blocker = new pg.Client({ connectionString: storePlaceUrl(out) });
  await blocker.connect();
  await blocker.query('begin');
  await blocker.query('select from target for update');
  const first = await startWorker(out);
  running.push(first);
  // Asked over one connection: what is looked for lasts as long as a lease.
  const asks = new pg.Client({ connectionString: storePlaceUrl(out) });
  await asks.connect();
  const backends = async (where: string) => {
    const sql = `select pid from pg_stat_activity where application_name = 'rasoat' and ${where}`;
    return (await asks.query<{ pid: number }>(sql)).rows.map(({ pid }) => String(pid));
  };
  await until(async () => (await backends("wait_event_type = 'Lock'")).length > 0);
  first.child.kill('SIGSTOP');
  const stuck = await backends("wait_event_type = 'Lock'");
  await blocker.query('rollback');
  await blocker.end();
  const mine = `pid in (${stuck.join(',')})`;
  await until(async () => (await backends(`${mine} and state = 'idle in transaction'`)).length > 0);
  const second = await startWorker(out);
  running.push(second);
  // The server's own timer: 10 s are the lease of these tests; it was a minute.
  await until(async () => (await backends(mine)).length === 0);
  expect((await starter.ended).code).toBe(3);
  expect(await store.targetCounts(starter.run())).toEqual({ waiting: 0, done: addresses.length });
  const seen = await store.observations(starter.run());
  const before = JSON.stringify(seen);
  first.child.kill('SIGCONT');
  for (const { child } of [first, second]) child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
  expect((await second.ended).code).toBe(0);
  expect(JSON.stringify(await store.observations(starter.run()))).toBe(before);
  expect(new Set(seen.map(({ target, kind }) => `${target} ${kind}`)).size).toBe(seen.length);
  await asks.end();
  await store.close();
});

it('a scan in one process that was frozen while another took its run up says so and ends with 2; nothing is doubled', async () => {
  const url = await lab.database('alone');
  const [own, others] = ['alone-1', 'alone-2'].map((name) => folderOn(folder.path, name, url));
  if (own === undefined || others === undefined) throw new Error('no folders');
  const store = await openStore(storePlace(own));
  const blocker = new pg.Client({ connectionString: url });
  await blocker.connect();
  const declared = ['--ports', 'connect', '--no-udp', '--port-list', 'declared', '--no-report'];
  const args = ['scan', '--inventory', folder.file('inventory.yaml'), '--out', own, ...declared];
  const first = startRasoat(args, { RASOAT_LEASE_SECONDS: '10' });
  running.push({ ...first, pid: first.child.pid ?? 0 });
  await until(async () => (await store.runs()).length > 0);
  await blocker.query('begin');
  await blocker.query('select from target for update');
  const waits = "select pid from pg_stat_activity where application_name = 'rasoat' and wait_event_type = 'Lock'";
  await until(async () => (await lab.psql('alone', waits)) !== '');
  first.child.kill('SIGSTOP');
  // What the server does to whoever is silent for two minutes, without the wait: its lock ends, and what it was amidst.
  const silent = await lab.psql(
    'alone',
    `select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'rasoat' and (wait_event_type = 'Lock'
      or pid in (select pid from pg_locks where locktype = 'advisory'))`,
  );
  expect(Number(silent)).toBeGreaterThan(1);
  // By then its right to the addresses has run out too.
  await blocker.query('rollback; delete from address_hold');
  await blocker.end();
  const run = (await store.runs())[0]?.id ?? '';
  const second = await rasoat(['scan', '--resume', run, '--out', others, '--no-report']);
  expect(second.code, second.err).toBe(3);
  const before = JSON.stringify([await store.observations(run), await store.run(run)]);
  first.child.kill('SIGCONT');
  const thawed = await first.ended;
  expect([thawed.code, thawed.err]).toEqual([2, expect.stringContaining(`no longer has run ${run}`)]);
  expect(JSON.stringify([await store.observations(run), await store.run(run)])).toBe(before);
  await store.close();
});

function storePlaceUrl(out: string): string {
  const place = storePlace(out);
  if (place.engine !== 'postgres') throw new Error('not a server');
  return place.url;
}
