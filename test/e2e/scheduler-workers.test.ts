import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { storePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';
import { rasoat, scratch, startRasoat } from './cli.ts';
import { folderOn, late, startWebLab, startWorker, until, type Started, type WebLab } from './fleet-lab.ts';
import { sketchInventory } from './inventory.ts';

// Two daemons with a folder each, one PostgreSQL, one worker, slow web servers.
const folder = scratch();
const port = 8080;
const hosts = Array.from({ length: 6 }, (_, i) => `127.73.10.${String(i + 1)}`);
const file = folder.file('tinh.yaml');
let lab: PostgresLab;
let web: WebLab;
let store: Store;
let inside: Started;
const outs: string[] = [];
const running: ReturnType<typeof startRasoat>[] = [];

beforeAll(async () => {
  lab = await startPostgresLab('127.73.1.1');
  web = await startWebLab(hosts, port, 600);
  const url = await lab.database('lich');
  outs.push(folderOn(folder.path, 'mot', url), folderOn(folder.path, 'hai', url));
  store = await openStore(storePlace(outs[0] ?? ''));
  writeFileSync(file, inventoryOf(hosts));
}, 60_000);
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await store.close();
  web.stop();
  await lab.stop();
  folder.remove();
});

const inventoryOf = (addresses: readonly string[]): string =>
  sketchInventory(
    addresses.map((host, i) => ({
      id: `he-thong-${String(i + 1)}`,
      endpoints: [{ kind: 'host', host, services: [{ port, service: 'http' }] }],
    })),
    { zones: ['internet', 'tslcd'] },
  ).replace('    name: Internet\n', '    name: Internet\n  - id: tslcd\n    name: TSLCD\n');

const asked = ['--ports', 'connect', '--port-list', 'declared', '--no-udp'];
const short = { RASOAT_LEASE_SECONDS: '10' };

type Daemon = Started & { readonly log: () => string };
function daemon(out = '', more: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Daemon {
  const args = ['serve', '--scheduler', '--workers', '--inventory', file, '--out', out, '--tick', '* * * * * *'];
  const started = startRasoat([...args, ...asked, ...more], { ...short, ...env });
  running.push(started);
  let log = '';
  started.child.stderr?.on('data', (data: Buffer) => (log += data.toString()));
  return { ...started, log: () => log, pid: started.child.pid ?? 0 };
}
async function worker(zone: string): Promise<Started> {
  const started = await startWorker(outs[0] ?? '', zone, 2);
  running.push(started);
  return started;
}
const state = () => store.schedulerState();
const phase = (wanted: string, { pid }: Daemon) =>
  until(async () => {
    const said = await state();
    return said?.phase === wanted && said.pid === pid;
  }, 90_000);
/** Looks again what is due so many times. */
async function ticks(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const at = (await state())?.at;
    await until(async () => (await state())?.at !== at, 30_000);
  }
}
/** As if everything had been looked at three weeks earlier. */
const backdate = () =>
  lab.psql(
    'lich',
    [
      ['run', 'started_at', 'ended_at'],
      ['observation', 'at'],
      ['system_look', 'first_at', 'at'],
    ]
      .flatMap(([table, ...columns]) => columns.map((column) => [table, column]))
      .map(
        ([table = '', column = '']) =>
          `update ${table} set ${column} = to_char(${column}::timestamptz at time zone 'UTC' - interval '21 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      )
      .join(';'),
  );
const runs = async () => [...(await store.runs()), ...(await store.partials())];
async function end({ child, ended }: Started): Promise<string> {
  child.kill('SIGTERM');
  const { code, err } = await ended;
  expect(code).toBe(0);
  return err;
}
const due = () => {
  const args = ['scan', '--due', '--workers', '--inventory', file, '--out', outs[0] ?? '', '--no-report'];
  return rasoat([...args, ...asked], short);
};

vi.setConfig({ testTimeout: 120_000 });

describe('the scheduler over workers', () => {
  it('is killed amid a run: the other takes the seat and goes on with that run, which stays the only one', async () => {
    const first = daemon(outs[0]);
    await phase('running', first);
    // A clock of its own that is three weeks ahead makes nothing due: runs at workers have the database's times.
    const other = daemon(outs[1], [], { ...late, FAKETIME: '+21d' });
    await until(() => other.log().includes('standing by'), 90_000);
    const id = (await store.runs())[0]?.id ?? '';
    inside = await worker('internet');
    await until(async () => (await store.targetCounts(id)).done > 0, 90_000);
    first.child.kill('SIGKILL');
    await phase('running', other);
    expect((await state())?.run).toBe(id);
    await phase('waiting', other);
    await ticks(2);
    expect((await runs()).map((run) => [run.id, run.state])).toEqual([[id, 'finished']]);
    expect(await store.targetCounts(id)).toEqual({ waiting: 0, done: hosts.length });
    expect((await store.runEvents(id)).map(({ kind }) => kind)).toEqual(['taken-up']);
    const shown = await rasoat(['schedule', 'show', '--inventory', file, '--out', outs[0] ?? '']);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain(`Its last run: ${id}`);
    expect(shown.out).toMatch(/Next that may be looked at: .+ \(6 systems\)/);
    await end(other);
  });

  it('catches up once what was missed, and a zone without workers keeps no other waiting', async () => {
    await backdate();
    const before = (await runs()).length;
    const one = daemon(outs[0], ['--zone', 'tslcd', 'internet']);
    const of = async (zone: string) => (await runs()).filter((run) => run.zone === zone);
    await until(
      async () => (await of('internet')).filter(({ state: is }) => is === 'finished').length > before,
      90_000,
    );
    await ticks(3);
    expect(await of('internet')).toHaveLength(before + 1);
    const [waiting] = await of('tslcd');
    expect((await state())?.run).toBe(waiting?.id);
    // Whoever asks meanwhile begins nothing beside it.
    const busy = await rasoat([
      ...['scan', '--due', '--workers', '--zone', 'tslcd', '--inventory', file, '--out', outs[1] ?? ''],
      ...asked,
    ]);
    expect([busy.code, busy.err]).toEqual([2, expect.stringContaining(`is at run ${waiting?.id ?? ''}`)]);
    await end(one);

    // Workers close what it left; the next one hears of it and draws its report.
    const there = await worker('tslcd');
    await until(async () => (await of('tslcd'))[0]?.state === 'finished', 90_000);
    const next = daemon(outs[1], ['--zone', 'tslcd', 'internet']);
    await phase('waiting', next);
    expect(await end(next)).toContain(`Run ${waiting?.id ?? ''} ended`);
    expect(existsSync(join(outs[1] ?? '', 'report', 'index.html'))).toBe(true);
    await end(there);
  });

  it('is done once for a timer: what is due now, and nothing again', async () => {
    const before = (await runs()).length;
    await backdate();
    const { code, err } = await due();
    expect([code, err]).toEqual([3, expect.stringContaining(': 6 targets')]);
    expect(await due()).toMatchObject({ code: 0, out: 'Nothing is due.\n' });
    expect(await runs()).toHaveLength(before + 1);
    await end(inside);
  });
});
