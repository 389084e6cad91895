import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tablesOf } from '../../src/pipeline/db.ts';
import { openFleet } from '../../src/pipeline/fleet/fleet.ts';
import { openStore } from '../../src/store/store.ts';
import type { NewRun } from '../../src/store/types.ts';
import { rasoat, scratch } from '../e2e/cli.ts';
import { folderOn, startWebLab, startWorker } from '../e2e/fleet-lab.ts';
import { sketchInventory } from '../e2e/inventory.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';

const host = '127.85.3.1';
const url = (role: string, database = 'rasoat') => `postgres://${role}@${host}:5432/${database}`;
const open = (role: string, database = 'rasoat') => openStore({ engine: 'postgres', url: url(role, database) });
const admin = (tool: string, args: readonly string[]) =>
  promisify(execFile)(`/usr/lib/postgresql/15/bin/${tool}`, ['-h', host, '-U', 'postgres', ...args]);
const roles = (database = 'rasoat') =>
  admin('psql', ['-d', database, '-q', '-v', 'ON_ERROR_STOP=1', '-f', 'src/engine/postgres/roles.sql']);
const run: NewRun = {
  id: 'r',
  tool: 't',
  zone: 'internet',
  startedAt: '2026-11-01T00:00:00.000Z',
  inventory: {
    schema: 1,
    province: { id: 'p', name: 'P' },
    zones: [],
    organisations: [],
    systems: [],
    authorisations: [],
  },
  targets: [{ key: 't1', kind: 'web', system: 's', endpoint: { kind: 'web', url: 'https://a.example/' } }],
  settings: {},
  lawbook: { checks: [], frameworks: [], reference: {} },
};

let lab: PostgresLab;
const here = scratch();
beforeAll(async () => {
  lab = await startPostgresLab(host);
  await lab.database('rasoat');
  // As the guide has it: the roles, the tables by their owner, the roles again for what is evidence.
  await roles();
  const made = await rasoat(['db', 'migrate', '--out', folderOn(here.path, 'owner', url('rasoat_owner'))]);
  expect(made).toMatchObject({ code: 0 });
  await roles();
});
afterAll(async () => {
  await lab.stop();
  here.remove();
});

async function tried(role: string, sql: string, database = 'rasoat'): Promise<string> {
  const client = new pg.Client({ connectionString: url(role, database) });
  await client.connect();
  try {
    await client.query(sql);
    return 'done';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.end();
  }
}

describe('roles of PostgreSQL', () => {
  it('let the scheduler open and end a run, and a worker add what it saw', async () => {
    const serve = await open('rasoat_serve');
    await serve.createRun(run);
    const worker = await open('rasoat_worker');
    await worker.commitTarget('r', '1', { target: 't1', observations: [], findings: [], costs: [], resolverCosts: [] });
    await worker.close();
    await serve.finishRun('r', 'finished', '2026-11-01T01:00:00.000Z');
    expect((await serve.runs())[0]?.state).toBe('finished');
    await serve.close();
    const reader = await open('rasoat_reader');
    expect(await reader.targets('r', 'done')).toHaveLength(1);
    await reader.close();
  });

  it('let a worker carry out a whole run that the scheduler began, close it and tend the queue', async () => {
    const address = '127.73.2.1';
    const web = await startWebLab([address], 8080, 20);
    const endpoint = { kind: 'host', host: address, services: [{ port: 8080, service: 'http' }] };
    writeFileSync(here.file('tinh.yaml'), sketchInventory([{ id: 'a', endpoints: [endpoint] }]));
    const worker = await startWorker(folderOn(here.path, 'worker', url('rasoat_worker')));
    try {
      const out = folderOn(here.path, 'serve', url('rasoat_serve'));
      const asked = ['--ports', 'connect', '--port-list', 'declared', '--no-udp', '--no-report'];
      const more = ['--workers', '--inventory', here.file('tinh.yaml'), '--out', out, ...asked];
      const scan = await rasoat(['scan', ...more], { RASOAT_LEASE_SECONDS: '10' });
      expect([scan.code, scan.err]).toEqual([3, expect.stringContaining('1 target')]);
      // One that nobody follows: the worker itself closes it, and takes it into the history.
      await lab.psql('rasoat', `update run set state = 'running', ended_at = null where id <> 'r'`);
      await lab.psql('rasoat', `update dispatch set state = 'sent', seen_at = '2026-01-01T00:00:00.000Z'`);
      await expect.poll(() => lab.psql('rasoat', `select state from dispatch`)).toBe('closed');
      expect(await lab.psql('rasoat', `select distinct state from run`)).toBe('finished');
    } finally {
      worker.child.kill('SIGTERM');
      web.stop();
    }
    const { code, err } = await worker.ended;
    expect([code, err]).toEqual([0, expect.not.stringContaining('permission')]);
  });

  it.each([
    ['rasoat_worker', `delete from observation`],
    ['rasoat_worker', `drop table target`],
    ['rasoat_worker', `drop schema rasoat_queue cascade`],
    ['rasoat_worker', `create table rasoat_queue.x (a int)`],
    ['rasoat_worker', `select body from notice`],
    ['rasoat_worker', `select body from answer_sheet`],
    ['rasoat_worker', `insert into fleet_switch (position, at, by, reason) values ('on', '', '', '')`],
    ['rasoat_worker', `select body from carried_plan`],
    ['rasoat_worker', `update scheduler set body = ''`],
    ['rasoat_worker', `select pg_read_file('/etc/passwd')`],
    ['rasoat_worker', `update observation set ok = 1`],
    ['rasoat_worker', `update history set body = ''`],
    ['rasoat_worker', `delete from sighting`],
    ['rasoat_worker', `update snapshot set body = ''`],
    ['rasoat_worker', `delete from run`],
    ['rasoat_worker', `truncate finding`],
    ['rasoat_worker', `delete from kysely_migration`],
    ['rasoat_worker', `create table x (a int)`],
    ['rasoat_serve', `create table x (a int)`],
    ['rasoat_serve', `drop table run`],
    ['rasoat_reader', `update run set state = 'x'`],
    ['rasoat_reader', `insert into snapshot values ('a', 'b', 'c')`],
  ])('refuse %s to %s', async (role, sql) => {
    expect(await tried(role, sql)).toMatch(/permission denied|must be owner/);
  });

  it('come back with a dump, as the guide has it: the same rows, rights and queue', async () => {
    await admin('pg_dump', ['-Fc', '-f', here.file('rasoat.dump'), 'rasoat']);
    await lab.database('rasoat2');
    await roles('rasoat2');
    await admin('pg_restore', ['--exit-on-error', '-d', 'rasoat2', here.file('rasoat.dump')]);
    await roles('rasoat2');
    const back = folderOn(here.path, 'back', url('rasoat_owner', 'rasoat2'));
    expect((await tablesOf(back)).tables).toEqual((await tablesOf(here.file('owner'))).tables);
    expect(await tried('rasoat_worker', 'delete from observation', 'rasoat2')).toMatch(/permission denied/);
    const fleet = await openFleet(folderOn(here.path, 'again', url('rasoat_worker', 'rasoat2')));
    expect(await fleet.queue.take('internet', 1)).toEqual([]);
    await fleet.close();
  });

  it('say what to do where nobody made the queue, or the store is older or newer', async () => {
    await lab.database('bare');
    await roles('bare');
    await (await open('rasoat_owner', 'bare')).close();
    const out = folderOn(here.path, 'bare', url('rasoat_worker', 'bare'));
    await expect(openFleet(out)).rejects.toThrow('fleet.no-queue');
    // As a new program finds the store of an older one, and an old program that of a newer one.
    await lab.psql('bare', `update kysely_migration set name = '9999-later' where name = '0024-run-deadline'`);
    await expect(open('rasoat_worker', 'bare')).rejects.toThrow('db.newer-store');
    await lab.psql('bare', `delete from kysely_migration where name = '9999-later'; alter table dispatch drop ends_at`);
    await expect(open('rasoat_worker', 'bare')).rejects.toThrow('db.owner-needed');
    await (await open('rasoat_owner', 'bare')).close();
    await expect(openFleet(out)).rejects.toThrow('fleet.no-queue');
  });

  it('say the same when given twice', async () => {
    await expect(roles()).resolves.toBeDefined();
  });
});
