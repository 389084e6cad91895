import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { scan } from '../../src/pipeline/scan.ts';
import type { ScanOptions } from '../../src/pipeline/scan-types.ts';
import { storePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';
import { rasoat, scratch, startRasoat } from './cli.ts';
import { folderOn, late, startWebLab, startWorker, until, type Started, type WebLab } from './fleet-lab.ts';
import { sketchInventory } from './inventory.ts';

// Two daemons with a folder each, one PostgreSQL, one worker, web servers that keep it waiting when told.
const folder = scratch();
const port = 8080;
const hosts = Array.from({ length: 6 }, (_, i) => `127.73.10.${String(i + 1)}`);
const file = folder.file('tinh.yaml');
let lab: PostgresLab;
let web: WebLab;
let store: Store;
let inside: Started;
const outs: string[] = [];
const stores: Store[] = [];
const running: ReturnType<typeof startRasoat>[] = [];

beforeAll(async () => {
  lab = await startPostgresLab('127.73.1.1');
  web = await startWebLab(hosts, port, 100);
  const url = await lab.database('lich');
  outs.push(folderOn(folder.path, 'mot', url), folderOn(folder.path, 'hai', url));
  store = await openStore(storePlace(outs[0] ?? ''));
  writeFileSync(file, inventoryOf(hosts));
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  for (const one of [store, ...stores]) await one.close();
  web.stop();
  await lab.stop();
  folder.remove();
});

const inventoryOf = (addresses: readonly string[], scope?: Readonly<Record<string, unknown>>): string =>
  sketchInventory(
    addresses.map((host, i) => ({
      id: `he-thong-${String(i + 1)}`,
      endpoints: [{ kind: 'host', host, services: [{ port, service: 'http' }] }],
    })),
    { zones: ['internet', 'tslcd'] },
    scope,
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
  });
/** Looks again what is due so many times. */
async function ticks(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const at = (await state())?.at;
    await until(async () => (await state())?.at !== at);
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

// Each command is a process of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 600_000 });

describe('the scheduler over workers', () => {
  it('is killed amid a run: the other takes the seat and goes on with that run, which stays the only one', async () => {
    const first = daemon(outs[0]);
    await phase('running', first);
    // A clock of its own that is three weeks ahead makes nothing due: runs at workers have the database's times.
    const other = daemon(outs[1], [], { ...late, FAKETIME: '+21d' });
    await until(() => other.log().includes('standing by'));
    const id = (await store.runs())[0]?.id ?? '';
    inside = await worker('internet');
    // Amid a look until the other is there: without it the worker would close the run by itself.
    web.watch(inside.pid);
    web.hold(inside.pid);
    await until(() => web.holds(inside.pid));
    first.child.kill('SIGKILL');
    await phase('running', other);
    expect((await state())?.run).toBe(id);
    web.release(inside.pid);
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
    await until(async () => (await of('internet')).filter(({ state: is }) => is === 'finished').length > before);
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
    await until(async () => (await of('tslcd'))[0]?.state === 'finished');
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

describe('a run taken up with another inventory', () => {
  it('is the same at workers as in one process: what today’s documents forbid is not asked', async () => {
    const [mine, theirs] = [await place('mot_minh'), await place('nhieu_may')];
    const now = folder.file('nay.yaml');
    const blackouts = [{ from: '2026-01-01', until: '2098-01-01', reason: 'x', systems: ['he-thong-2'] }];
    const scope = { networks: hosts.filter((_host, i) => i !== 2).map((host) => `${host}/32`) };
    writeFileSync(now, stringify({ ...(parse(inventoryOf(hosts, scope)) as object), blackouts }));
    for (const { out } of [mine, theirs]) {
      const stop = new AbortController();
      const how = { ...options(out), workers: out === theirs.out, signal: stop.signal };
      const left = await scan(
        { ...how, inventory: file },
        {
          started: () => {
            stop.abort();
          },
        },
      );
      expect(left.state).toBe(how.workers ? 'left' : 'interrupted');
    }
    const heard = web.contacts.length;
    const ending = [mine, theirs].map(({ out }) => scan({ ...options(out), inventory: now, resume: true }));
    const id = (await theirs.store.runs())[0]?.id ?? '';
    await until(async () => (await theirs.store.boundBy([id])).size > 0);
    const one = await startWorker(theirs.out, 'internet', 4);
    running.push(one);
    const ends = await Promise.all(ending);
    expect(ends.map(({ state: became }) => became)).toEqual(['finished', 'finished']);
    const [alone, together] = [await recordOf(mine.store), await recordOf(theirs.store)];
    expect(together).toEqual(alone);
    const refused = alone.observations.filter(([, , code]) => code === 'not-permitted').map(([target]) => target);
    expect([...new Set(refused)]).toEqual([hosts[1], hosts[2]].map((host = '') => `${host} [${host}]`));
    const asked = new Set(web.contacts.slice(heard).map(({ address }) => address));
    expect([...asked].sort()).toEqual(hosts.filter((_host, i) => i !== 1 && i !== 2));
    await end(one);
  });
});

async function place(name: string): Promise<{ readonly out: string; readonly store: Store }> {
  const out = folderOn(folder.path, name, await lab.database(name));
  const opened = await openStore(storePlace(out));
  stores.push(opened);
  return { out, store: opened };
}

const options = (out: string): ScanOptions => ({
  out,
  engine: 'connect',
  portList: 'declared',
  udp: false,
  dnsPort: 53,
  feeds: folder.file('no-feeds'),
  atOnce: 4,
  signal: new AbortController().signal,
});

/** The run of a store, without its times and names of its own. */
async function recordOf(of: Store) {
  const [run] = await of.runs();
  if (run === undefined) throw new Error('no run');
  const { id, startedAt: _from, endedAt: _until, ...about } = run;
  const judgement = await of.judgement(id);
  const findings = await of.findings(judgement.id);
  return {
    run: about,
    settings: await of.settings(id),
    targets: await of.targets(id, 'done'),
    observations: (await of.observations(id))
      .map((one) => [one.target, one.kind, one.ok ? 'ok' : one.failure.code] as const)
      .sort(),
    findings: findings.map((one) => [one.target, one.check, one.outcome, one.severity, one.cause]),
    assessments: (await of.assessments(judgement.id)).map((one) => [
      one.system,
      one.obligation,
      one.verdict,
      one.coverage,
    ]),
    costs: (await of.costs(id)).map(({ address, connections }) => [address, connections]),
  };
}
