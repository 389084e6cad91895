import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import type { NewRun } from '../../src/store/types.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';

const host = '127.85.3.1';
const url = (role: string) => `postgres://${role}@${host}:5432/rasoat`;
const open = (role: string) => openStore({ engine: 'postgres', url: url(role) });
const roles = () =>
  promisify(execFile)('/usr/lib/postgresql/15/bin/psql', [
    ...['-h', host, '-U', 'postgres', '-d', 'rasoat', '-q', '-v', 'ON_ERROR_STOP=1'],
    ...['-f', 'src/engine/postgres/roles.sql'],
  ]);
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
beforeAll(async () => {
  lab = await startPostgresLab(host);
  await lab.database('rasoat');
  // As the guide has it: the roles, the tables by their owner, the roles again for what is evidence.
  await roles();
  await (await open('rasoat_owner')).close();
  await roles();
}, 60_000);
afterAll(async () => {
  await lab.stop();
});

async function tried(role: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: url(role) });
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

  it.each([
    ['rasoat_worker', `delete from observation`],
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

  it('say the same when given twice', async () => {
    await expect(roles()).resolves.toBeDefined();
  });
});
