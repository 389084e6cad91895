import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { createCentre } from '../../src/engine/zones/centre.ts';
import { plainFingerprint, readZoneSettings } from '../../src/engine/zones/zone-settings.ts';
import { openFleet, type Fleet } from '../../src/pipeline/fleet/fleet.ts';
import type { Store } from '../../src/store/types.ts';
import { makeZone, serve, startNamed } from '../servers/bind.ts';
import { freePort } from '../servers/free-port.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';
import { rasoat, scratch, startRasoat } from './cli.ts';
import { folderOn, startStarter, startWebLab, until, type WebLab } from './fleet-lab.ts';
import { sketchInventory } from './inventory.ts';

// A real PostgreSQL, a gateway and agents as processes of their own. Agents know no database.
const folder = scratch();
const host = '127.81.3.1';
const port = 8443;
const many = Array.from({ length: 12 }, (_, i) => `127.81.3.${101 + i}`);
const short = { RASOAT_LEASE_SECONDS: '10' };
const processes: ReturnType<typeof startRasoat>[] = [];
let lab: PostgresLab;
let web: WebLab;
let fleet: Fleet;
let store: Store;
let out: string;

type Yaml = Record<string, unknown> & { zones: object[]; systems: object[]; authorisations: { zones: string[] }[] };

function inventory(): string {
  const systems = many.map((address, i) => ({
    id: `cua-vung-${i + 1}`,
    endpoints: [
      {
        kind: 'host',
        host: address,
        services: [{ port: 8080, service: 'http' }],
        zones: ['tslcd'],
        note: 'ghi-chu-kin',
      },
    ],
  }));
  const hidden = { id: 'vung-khac-kin', endpoints: [{ kind: 'host', host: '127.81.3.250', zones: ['internet'] }] };
  const whole = parse(sketchInventory([...systems, hidden])) as Yaml;
  whole.zones.push({ id: 'tslcd', name: 'TSLCD' });
  for (const one of whole.authorisations) one.zones.push('tslcd');
  return stringify(whole);
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const started = startRasoat(args, env);
  let said = '';
  started.child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  processes.push(started);
  return { ...started, said: () => said };
}

async function startGateway() {
  const args = [
    'zones',
    'serve',
    '--out',
    out,
    '--listen',
    `${host}:${port}`,
    '--settings',
    folder.file('pki/zones.yaml'),
  ];
  const gateway = start(args, short);
  await until(() => gateway.said().includes('listens at') || gateway.child.exitCode !== null);
  expect(gateway.said()).toContain('listens at');
  return gateway;
}

const secretsOf = (name: string) => [
  '--cert',
  folder.file(`${name}/agent.pem`),
  '--key',
  folder.file(`${name}/agent.key`),
  '--ca',
  folder.file('pki/ca.pem'),
];
const spoolOf = (name: string) => folder.file(`${name}/spool`);

function startAgent(name: string, ...more: readonly string[]) {
  return start([
    'agent',
    'serve',
    '--centre',
    `https://${host}:${port}`,
    ...secretsOf(name),
    '--spool',
    spoolOf(name),
    '--at-once',
    '2',
    '--ahead',
    '6',
    ...more,
  ]);
}

async function enrol(name: string, zone: string): Promise<void> {
  const made = await rasoat(['agent', 'request', '--to', folder.file(name), '--name', name]);
  expect(made.code, made.err).toBe(0);
  const signed = await rasoat([
    'zones',
    'enroll',
    folder.file(`${name}/agent.csr`),
    '--settings',
    folder.file('pki/zones.yaml'),
    '--zone',
    zone,
    '--name',
    name,
    '--to',
    folder.file(`${name}/agent.pem`),
  ]);
  expect(signed.code, signed.err).toBe(0);
}

beforeAll(async () => {
  lab = await startPostgresLab(host);
  out = folderOn(folder.path, 'centre', await lab.database('zones'));
  web = await startWebLab(many, 8080, 300);
  writeFileSync(folder.file('inventory.yaml'), inventory());
  const made = await rasoat(['zones', 'keygen', '--to', folder.file('pki'), '--host', host]);
  expect(made.code, made.err).toBe(0);
  await enrol('may-1', 'tslcd');
  await enrol('may-2', 'lan-khac');
  fleet = await openFleet(out, { leaseSeconds: 10, holdMs: 8000 });
  store = fleet.store;
});
afterAll(async () => {
  for (const { child } of processes) child.kill('SIGKILL');
  await fleet.close();
  web.stop();
  await lab.stop();
  folder.remove();
});

describe('agents of another network', () => {
  it('work through a cut, are killed, and nothing is lost or doubled', async () => {
    let gateway = await startGateway();
    const starter = await startStarter(out, folder.file('inventory.yaml'), ['--zone', 'tslcd']);
    processes.push(starter);
    const run = starter.run();
    // All of it lies ready: what it is handed out at once is what it has in the cut.
    await until(async () => (await store.dispatches(run))[0]?.state === 'sent');
    let agent = startAgent('may-1');
    const looked = () => new Set(web.contacts.map(({ address }) => address)).size;
    await until(() => looked() > 0);
    expect(agent.said()).toContain('Agent of zone tslcd');

    // The centre falls silent; the eight lanes that were handed out are looked at all the same, and what they bring lies on the disk.
    gateway.child.kill('SIGKILL');
    await gateway.ended;
    await until(() => looked() >= 7);
    await until(() => agent.said().includes('cannot be reached'));
    agent.child.kill('SIGKILL');
    await agent.ended;
    const { done } = await store.targetCounts(run);
    expect(done).toBeLessThan(many.length);

    gateway = await startGateway();
    agent = startAgent('may-1');
    await until(async () => (await store.run(run))?.state === 'finished');
    expect(await store.targetCounts(run)).toEqual({ waiting: 0, done: many.length + 1 });
    const seen = await store.observations(run);
    expect(new Set(seen.map(({ target, kind }) => `${target} ${kind}`)).size).toBe(seen.length);
    // What is meant for another zone was not even told.
    const unseen = seen.filter(({ ok }) => !ok);
    expect(unseen.map((one) => [one.target, one.ok || one.failure.code])).toEqual([
      ['127.81.3.250 [127.81.3.250]', 'not-permitted'],
    ]);
    expect(agent.said()).toMatch(/Agent of zone tslcd, centre .*; \d{1,2} entr/);
    expect(agent.said()).not.toMatch(/; 0 entries/);
    // A verdict, whichever.
    expect([1, 3]).toContain((await starter.ended).code);
    agent.child.kill('SIGTERM');
    expect((await agent.ended).code).toBe(0);
    expect(agent.said()).toContain('0 entries wait');
    const workers = await store.workers();
    expect(workers.filter(({ zone }) => zone === 'tslcd').map(({ host: name }) => name)).toContain('may-1');
  });

  it('are told of their zone and nothing else, and hold no key to the store', async () => {
    const at = (zone: string) =>
      createCentre({
        url: `https://${host}:${port}`,
        zone,
        certificate: readFileSync(folder.file('may-1/agent.pem')),
        key: readFileSync(folder.file('may-1/agent.key')),
        ca: readFileSync(folder.file('pki/ca.pem')),
        userAgent: 'test',
      });
    const session = randomUUID();
    const centre = at('tslcd');
    const about = { session, zone: 'tslcd', host: 'x', pid: 1, version: 'rasoat 9.9.9' };
    expect((await centre.call('hello', session, { about })).version).toMatch(/^rasoat /);
    const id = (await store.runs())[0]?.id ?? '';
    const { order } = await centre.call('order', session, { run: id });
    const text = JSON.stringify([order.inventory, order.manner]);
    expect(text).toContain('cua-vung-1');
    for (const secret of ['internet', 'vung-khac', '127.81.3.250', 'ghi-chu-kin', 'postgres', 'classification'])
      expect(text, secret).not.toContain(secret);
    // Rights are had to addresses of the zone's own documents, and to no other.
    expect(await centre.call('hold-take', session, { address: '127.81.3.101' })).toHaveProperty('hold');
    expect(await centre.call('hold-take', session, { address: '198.51.100.7' })).toEqual({});
    await centre.close();
    const stranger = at('lan-khac');
    await expect(stranger.call('hello', session, { about: { ...about, zone: 'lan-khac' } })).rejects.toThrow(
      'another zone',
    );
    await stranger.close();
    const lying = await rasoat([
      'agent',
      'serve',
      '--centre',
      `https://${host}:${port}`,
      ...secretsOf('may-2'),
      '--spool',
      spoolOf('may-2'),
      '--zone',
      'tslcd',
    ]);
    expect([lying.code, lying.err]).toEqual([2, expect.stringContaining('works for another zone')]);
    const settings = readZoneSettings(join(folder.file('pki'), 'zones.yaml'));
    expect([...settings.agents.values()].map(({ name }) => name)).toEqual(['may-1', 'may-2']);
    expect(plainFingerprint('AB:CD')).toBe('abcd');
  });

  it('look up the names that only the zone knows; the centre says where they may go, and two names of one address are one host', async () => {
    const zone = await makeZone(folder.path, {
      origin: 'kin.test',
      lines: [
        '@ IN NS ns',
        'ns IN A 127.0.0.1',
        'a IN A 127.81.3.101',
        'b IN CNAME a',
        'c IN A 127.81.3.102',
        // Of no document, and one that is out of bounds.
        'la IN A 10.99.0.1',
        'cam IN A 127.81.3.103',
      ],
    });
    const listen = await freePort();
    const named = await startNamed(folder.file('named'), {
      listen,
      port: listen,
      options: 'recursion no; dnssec-validation no;',
      zones: serve(zone),
    });
    try {
      const whole = parse(inventory()) as Yaml;
      const host = (name: string) => ({ kind: 'host', host: name, services: [{ port: 8080 }], zones: ['tslcd'] });
      const endpoints = ['a', 'b', 'c', 'la', 'cam', 'khong'].map((one) => host(`${one}.kin.test`));
      whole.systems = [{ ...whole.systems[0], id: 'ten-kin', endpoints: [...endpoints, host('127.81.3.101')] }];
      const exclusions = [{ networks: ['127.81.3.103'], reason: 'kin' }];
      writeFileSync(folder.file('names.yaml'), stringify({ ...whole, exclusions }));
      const before = web.contacts.length;
      const agent = startAgent('may-1', '--resolver', `127.0.0.1:${String(listen)}`);
      const starter = await startStarter(out, folder.file('names.yaml'), ['--zone', 'tslcd']);
      processes.push(starter);
      const run = starter.run();
      await starter.ended;
      agent.child.kill('SIGTERM');
      const ended = await agent.ended;
      expect(ended.code, agent.said()).toBe(0);
      expect((await store.run(run))?.state).toBe('finished');
      const seen = await store.observations(run);
      const outcome = new Map(seen.map((one) => [`${one.target} ${one.kind}`, one.ok ? 'ok' : one.failure]));
      const of = (target: string) => outcome.get(`${target} ports`);
      for (const target of ['a.kin.test', 'b.kin.test', '127.81.3.101'])
        expect(of(`${target} [127.81.3.101]`), target).toBe('ok');
      expect(of('c.kin.test [127.81.3.102]')).toBe('ok');
      expect(of('la.kin.test [10.99.0.1]')).toMatchObject({ code: 'not-permitted' });
      expect(JSON.stringify(of('la.kin.test [10.99.0.1]'))).toContain('10.99.0.1: no-auth');
      expect(of('cam.kin.test [127.81.3.103]')).toMatchObject({
        code: 'not-permitted',
        detail: '127.81.3.103: excluded',
      });
      expect(of('khong.kin.test [?]')).toMatchObject({ code: 'dns', detail: 'khong.kin.test: has no address' });
      expect(new Set(seen.map(({ target }) => target)).size).toBe(7);
      const contacts = web.contacts.slice(before);
      expect(new Set(contacts.map(({ address }) => address))).toEqual(new Set(['127.81.3.101', '127.81.3.102']));
      expect(agent.said()).toContain('c.kin.test');
    } finally {
      await named.stop();
    }
  });

  it('whose results come late have them taken while nobody else is at it, and refused else', async () => {
    const { queue } = fleet;
    await queue.send('muon', [{ run: 'r', lane: 'l', keys: [] }]);
    const [first] = await queue.take('muon', 1);
    if (first === undefined || store.executeSql === undefined) throw new Error('no lane');
    expect(await queue.holds('muon', first.lease, store.executeSql)).toBe('held');
    await queue.giveBack('muon', first.lease);
    expect(await queue.holds('muon', first.lease, store.executeSql)).toBe('held');
    await until(async () => (await queue.take('muon', 1)).length === 1);
    expect(await queue.holds('muon', first.lease, store.executeSql)).toBe('lost');
  });
});
