import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCentre } from '../../../src/engine/zones/centre.ts';
import { addAgentTo, emptySettings } from '../../../src/engine/zones/enrol.ts';
import { startGateway, type Gateway } from '../../../src/engine/zones/gateway.ts';
import { openOutbox } from '../../../src/engine/zones/outbox.ts';
import { protocolVersion, Refusal } from '../../../src/engine/zones/protocol.ts';
import { createRemoteDesk } from '../../../src/engine/zones/remote-desk.ts';
import { readZoneSettings, watchZoneSettings } from '../../../src/engine/zones/zone-settings.ts';
import { authorityFiles, makeAuthority, makeRequest, signRequest } from '../../../src/keys/authority.ts';
import type { Control } from '../../../src/model/inventory/control.ts';
import { DeskAway, type Desk, type Lane, type LookOrder, type LookResult } from '../../../src/model/desk.ts';
import { scratch } from '../../e2e/cli.ts';
import { inventory } from '../../inventory/make.ts';
import { startServer, type RunningServer } from '../../servers/process.ts';

const run = promisify(execFile);
const folder = scratch();
const host = '127.81.2.1';
const settingsFile = folder.file('pki/zones.yaml');
const heard: string[] = [];
const refused: string[] = [];
/** Results by target, as a desk keeps them: the first one. */
const kept = new Map<string, number>();
let gateway: Gateway;
let away = false;
/** Zones in which somebody works for the store itself. */
let workers: readonly string[] = [];
const lease = { run: 'r', lane: '10.0.0.1', job: 'j-1', attempt: 0 };
const result: LookResult = { target: 't', observations: [], costs: [], resolverCosts: [] };
const about = (zone = 'tslcd') => ({ session: randomUUID(), zone, host: 'h', pid: 1, version: 'rasoat 0.1.0' });

/** An order whose zone has a control; `order` of run `r` is a bug of the store's. */
const orderOf = (run: string): LookOrder => ({
  run,
  zone: 'tslcd',
  manner: {
    engine: 'connect',
    portList: { name: 'declared', ports: '' },
    udp: false,
    extraRoots: [],
    resolvers: [],
    dnsAnchors: '',
    dnsPort: 53,
  },
  inventory: { ...inventory({}), zones: [{ id: 'tslcd', name: 'TSLCD', controls: [control] }] },
  reference: {},
});
const control: Control = { id: 'tot', expects: 'good', endpoint: { kind: 'web', url: 'https://10.9.0.5/' } };

/** Work for one zone; the store's own desk is tried in test/e2e/zone-agents.test.ts. */
function deskOf(zone: string): Desk {
  const lanes: Lane[] = [{ lease, targets: [], unresolved: {} }];
  const note = (what: string) => {
    if (away) throw new DeskAway('postgres://secret-of-the-store is down');
    heard.push(`${zone} ${what}`);
  };
  return {
    hello: () => Promise.resolve({ now: '2026-11-26T03:00:00.000Z' }).then((now) => (note('hello'), now)),
    take: (atMost) =>
      Promise.resolve().then(() => (note(`take ${atMost}`), zone === 'tslcd' ? lanes.splice(0, atMost) : [])),
    order: (run) =>
      run === 'r' ? Promise.reject(new Error('select * from inventory_of_internet')) : Promise.resolve(orderOf(run)),
    touch: (leases) => Promise.resolve().then(() => (note(`touch ${leases.length}`), { lost: [], now: 'on' as const })),
    locate: (_lease, { name, addresses }) =>
      Promise.resolve().then(() => (note(`locate ${name} ${addresses.join()}`), 'kept' as const)),
    deliver: (_lease, results) =>
      Promise.resolve().then(() => {
        note('deliver');
        return results.map(({ target }) => {
          const times = (kept.get(target) ?? 0) + 1;
          kept.set(target, times);
          return times === 1 ? ('kept' as const) : ('had' as const);
        });
      }),
    costs: (run, { costs }) =>
      Promise.resolve().then(() => {
        note(`costs ${run} ${costs.length}`);
      }),
    controls: (run, round) =>
      Promise.resolve().then(() => {
        note(`controls ${run} ${round.at}`);
        const times = (kept.get(round.at) ?? 0) + 1;
        kept.set(round.at, times);
        return times === 1 ? ('kept' as const) : ('had' as const);
      }),
    finish: () =>
      Promise.resolve().then(() => {
        note('finish');
      }),
    giveBack: () =>
      Promise.resolve().then(() => {
        note('give-back');
      }),
    holds: {
      take: (address) => Promise.resolve().then(() => (note('hold'), { address, fence: 7, forMs: 20_000 })),
      renew: (hold) => Promise.resolve(hold),
      release: () => Promise.resolve(),
    },
    close: () => Promise.resolve(),
  };
}

async function enrol(name: string, zone: string): Promise<{ cert: Buffer; key: Buffer }> {
  const home = folder.file(name);
  const { key, request: csr } = await makeRequest(home, name);
  const { certificate, fingerprint } = await signRequest(folder.file('pki'), csr, name, 30);
  writeFileSync(`${home}/agent.pem`, certificate);
  addAgentTo(settingsFile, { name, zone, fingerprint });
  return { cert: Buffer.from(certificate), key: readFileSync(key) };
}

let one: { cert: Buffer; key: Buffer };
let other: { cert: Buffer; key: Buffer };
let ca: Buffer;

beforeAll(async () => {
  await makeAuthority(folder.file('pki'), ['centre.example', host], 30);
  writeFileSync(settingsFile, emptySettings(authorityFiles), { mode: 0o600 });
  one = await enrol('may-tslcd', 'tslcd');
  other = await enrol('may-huyen', 'lan-huyen');
  ca = readFileSync(folder.file('pki/ca.pem'));
  gateway = await startGateway(
    {
      host,
      port: 0,
      settings: readZoneSettings(settingsFile),
      version: 'rasoat 0.1.0',
      deskOf: ({ zone }) => deskOf(zone),
      workersAt: (zone) => Promise.resolve(workers.includes(zone)),
      limits: { headMs: 500, requestMs: 800, callsPerSecond: 20, burst: 300 },
    },
    { refused: (why) => refused.push(why) },
  );
});

afterAll(async () => {
  await gateway.close();
  folder.remove();
});

/** One request as anybody could send it. */
function ask(path: string, body: string, tls: RequestOptions = one): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host,
        port: gateway.port,
        path,
        method: 'POST',
        ca,
        agent: false,
        headers: { 'rasoat-protocol': String(protocolVersion) },
        ...tls,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text });
        });
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
const centreFor = (zone: string, secrets = one, more: object = {}) =>
  createCentre({
    url: `https://${host}:${gateway.port}`,
    zone,
    certificate: secrets.cert,
    key: secrets.key,
    ca,
    userAgent: 't',
    ...more,
  });

describe('certificates', () => {
  it('are what openssl makes of them', async () => {
    const verified = await run('openssl', [
      'verify',
      '-CAfile',
      folder.file('pki/ca.pem'),
      '-purpose',
      'sslclient',
      folder.file('may-tslcd/agent.pem'),
    ]);
    expect(verified.stdout).toContain('OK');
    const server = await run('openssl', [
      'verify',
      '-x509_strict',
      '-CAfile',
      folder.file('pki/ca.pem'),
      '-purpose',
      'sslserver',
      '-verify_ip',
      host,
      folder.file('pki/gateway.pem'),
    ]);
    expect(server.stdout).toContain('OK');
    const wrong = run('openssl', [
      'verify',
      '-CAfile',
      folder.file('pki/ca.pem'),
      '-purpose',
      'sslserver',
      folder.file('may-tslcd/agent.pem'),
    ]);
    await expect(wrong).rejects.toThrow();
    expect(
      (await run('openssl', ['req', '-in', folder.file('may-tslcd/agent.csr'), '-verify', '-noout'])).stderr,
    ).toContain('OK');
  });

  it('of a request made by openssl are signed as well', async () => {
    const [key, csr] = [folder.file('o.key'), folder.file('o.csr')];
    await run('openssl', [
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      key,
      '-out',
      csr,
      '-subj',
      '/CN=o',
    ]);
    const { certificate, fingerprint } = await signRequest(folder.file('pki'), csr, 'o', 30);
    writeFileSync(folder.file('o.pem'), certificate);
    const told = await run('openssl', ['x509', '-in', folder.file('o.pem'), '-noout', '-fingerprint', '-sha256']);
    expect(told.stdout.trim().split('=')[1]?.replaceAll(':', '').toLowerCase()).toBe(fingerprint);
    // Signed by our authority, and on no list.
    await expect(ask('/v1/zones/tslcd/take', '{}', { cert: certificate, key: readFileSync(key) })).rejects.toThrow();
    expect(refused).toContain('not-listed');
  });
});

describe('the gateway', () => {
  it('speaks TLS 1.3 alone, and to nobody without a certificate of its authority', async () => {
    const place = `${host}:${gateway.port}`;
    const files = [
      '-CAfile',
      folder.file('pki/ca.pem'),
      '-cert',
      folder.file('may-tslcd/agent.pem'),
      '-key',
      folder.file('may-tslcd/agent.key'),
    ];
    const s_client = async (...more: string[]) => {
      const done = await promisify(execFile)(
        'sh',
        ['-c', `echo | openssl s_client -connect ${place} -ign_eof ${more.join(' ')} 2>&1 || true`],
        { timeout: 10_000 },
      );
      return done.stdout;
    };
    expect(await s_client('-tls1_2', ...files)).toMatch(/alert|no protocols|wrong version/i);
    expect(await s_client('-tls1_3')).toMatch(/alert certificate required|alert/i);
    await expect(ask('/v1/zones/tslcd/take', '{}', { cert: '', key: '' })).rejects.toThrow();
  });

  it('gives an agent its own zone and says nothing of another', async () => {
    const body = JSON.stringify({ session: randomUUID(), about: about('lan-huyen') });
    const answer = await ask('/v1/zones/lan-huyen/hello', body);
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain('lan-huyen');
    // Nor by a path of its own and words of another.
    const [session] = [randomUUID()];
    const lying = await ask(
      '/v1/zones/tslcd/hello',
      JSON.stringify({ session, about: { ...about('lan-huyen'), session } }),
    );
    expect(lying.status).toBe(403);
    const other404 = await ask('/v1/zones/tslcd/constructor', '{}');
    expect(other404.status).toBe(404);
    expect(heard.filter((line) => line.startsWith('lan-huyen'))).toEqual([]);
  });

  it('tells of no error of the store, and of no other session', async () => {
    const session = randomUUID();
    expect(
      (await ask('/v1/zones/tslcd/hello', JSON.stringify({ session, about: { ...about(), session } }))).status,
    ).toBe(200);
    const bug = await ask('/v1/zones/tslcd/order', JSON.stringify({ session, run: 'r' }));
    expect([bug.status, bug.text]).toEqual([500, '{"error":"bug","detail":"bug"}']);
    away = true;
    const gone = await ask('/v1/zones/tslcd/take', JSON.stringify({ session, atMost: 1 }));
    away = false;
    expect([gone.status, gone.text]).toEqual([503, '{"error":"away","detail":"away"}']);
    // The session of one agent is nothing to another.
    const stolen = await ask('/v1/zones/lan-huyen/take', JSON.stringify({ session, atMost: 1 }), other);
    expect([stolen.status, stolen.text]).toEqual([409, '{"error":"session","detail":"say hello first"}']);
  });

  it('holds what is asked to its shape and size', async () => {
    const session = randomUUID();
    for (const body of [
      '',
      '[]',
      '{}',
      '{"session":1}',
      JSON.stringify({ session, atMost: 1e9 }),
      JSON.stringify({ session, atMost: 1, more: 1 }),
    ])
      expect((await ask('/v1/zones/tslcd/take', body)).status, body).toBe(400);
    expect((await ask('/v1/zones/tslcd/take', `"${'x'.repeat(70_000)}"`)).status).toBe(413);
    expect((await ask('/v1/zones/tslcd/take', '{}', { ...one, headers: { 'rasoat-protocol': '99' } })).status).toBe(
      426,
    );
    expect((await ask('/v1/zones/tslcd/take', '{}', { ...one, method: 'GET' })).status).toBe(400);
  });

  it('waits for nobody who is slow', async () => {
    const startedAt = performance.now();
    const socket = connectTcp({ host, port: gateway.port });
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) =>
      socket.once('close', () => {
        resolve();
      }),
    );
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    // A request whose body never comes.
    const hanging = new Promise((resolve) => {
      const sent = request({
        host,
        port: gateway.port,
        path: '/v1/zones/tslcd/take',
        method: 'POST',
        ca,
        agent: false,
        ...one,
        headers: { 'rasoat-protocol': String(protocolVersion), 'content-length': '100' },
      });
      sent.on('error', resolve).on('response', resolve);
      sent.write('{');
    });
    await hanging;
  }, 30_000);

  it('limits how often one agent may call', async () => {
    const centre = centreFor('lan-huyen', other);
    const statuses = await Promise.allSettled(
      Array.from({ length: 500 }, () => centre.call('whoami', randomUUID(), {})),
    );
    await centre.close();
    const away429 = statuses.filter((one) => one.status === 'rejected' && one.reason instanceof DeskAway);
    expect(away429.length).toBeGreaterThan(0);
    // The other agent notices nothing.
    const first = centreFor('tslcd');
    expect(await first.call('whoami', randomUUID(), {})).toEqual({ zone: 'tslcd', name: 'may-tslcd' });
    await first.close();
  });
});

describe('an agent that is taken off the list', () => {
  it('is out within seconds, and its connections with it', async () => {
    const watch = watchZoneSettings(
      settingsFile,
      {
        changed: (next) => {
          gateway.use(next);
        },
        failed: () => undefined,
      },
      100,
    );
    const gone = await enrol('may-bi-lay', 'tslcd');
    await sleep(400);
    const centre = centreFor('tslcd', gone);
    expect((await centre.call('whoami', randomUUID(), {})).name).toBe('may-bi-lay');
    const text = readFileSync(settingsFile, 'utf8');
    // Half a file takes nobody out.
    writeFileSync(settingsFile, text.slice(0, 60));
    await sleep(400);
    expect((await centre.call('whoami', randomUUID(), {})).name).toBe('may-bi-lay');
    writeFileSync(settingsFile, text.replace(/ {2}- name: may-bi-lay\n.*\n.*\n/, ''));
    await sleep(400);
    await expect(centre.call('whoami', randomUUID(), {})).rejects.toThrow(DeskAway);
    watch.close();
    await centre.close();
  }, 20_000);
});

/** A sign of life that is heard: whoever was away is asked again after a while only. */
async function back(desk: Desk): ReturnType<Desk['touch']> {
  for (;;) {
    try {
      return await desk.touch([]);
    } catch (error) {
      if (!(error instanceof DeskAway)) throw error;
      await sleep(100);
    }
  }
}

/** In a cut neither a right that is new nor one that goes on. */
async function expectNoRight({ holds }: Desk): Promise<void> {
  away = true;
  await expect(holds.take('10.9.0.5')).rejects.toThrow(DeskAway);
  await expect(holds.renew({ address: '10.9.0.5', fence: 3, forMs: 9000 })).rejects.toThrow(DeskAway);
  away = false;
}

describe('a remote desk', () => {
  it('keeps on its disk what the centre has not, through a cut and its own death, and tells it once', async () => {
    const spool = folder.file('spool');
    const busy = (): never => {
      throw new Error('busy');
    };
    const outbox = openOutbox(spool, busy);
    expect(() => openOutbox(spool, busy)).toThrow('busy');
    const desk = createRemoteDesk({ centre: centreFor('tslcd'), outbox, ahead: 4 });
    await desk.hello(about());
    // What is handed out is worked on though its order could not be fetched yet: the worker asks for that again.
    expect(await desk.take(1)).toHaveLength(1);
    away = true;
    const at = '2026-11-26T03:00:09.000Z';
    const round = { at, looks: [], costs: [], resolverCosts: [] };
    expect(await desk.controls(lease.run, round)).toBe('kept');
    await desk.deliver(lease, [{ ...result, target: 'cut' }]);
    await desk.costs(lease.run, { costs: [], resolverCosts: [] });
    await desk.finish(lease);
    await sleep(800);
    expect(desk.waiting()).toBe(4);
    expect(kept.has('cut')).toBe(false);
    await desk.close();
    outbox.close();
    // Another process of the same machine, and the centre is back.
    const again = openOutbox(spool, busy);
    expect(again.count()).toBe(4);
    expect(again.leases()).toEqual([lease]);
    away = false;
    const next = createRemoteDesk({ centre: centreFor('tslcd'), outbox: again, ahead: 4 });
    await next.hello(about());
    const began = performance.now();
    while (next.waiting() > 0 && performance.now() - began < 15_000) await sleep(100);
    expect(next.waiting()).toBe(0);
    expect(kept.get('cut')).toBe(1);
    expect(kept.get(at)).toBe(1);
    expect(heard.filter((line) => line === 'tslcd costs r 0')).toHaveLength(1);
    // The reading first: with the last result a run may be closed.
    const told = heard.filter((line) => line === `tslcd controls r ${at}` || line === 'tslcd deliver');
    expect(told.slice(-2)).toEqual([`tslcd controls r ${at}`, 'tslcd deliver']);
    await next.close();
    again.close();
  }, 40_000);

  it('lets its worker go to the zone’s own controls in a cut, and to no address beside', async () => {
    const outbox = openOutbox(folder.file('cut-spool'), () => {
      throw new Error('busy');
    });
    const controlAddresses = () => ['10.9.0.5'];
    const desk = createRemoteDesk({ centre: centreFor('tslcd'), outbox, ahead: 0, controlAddresses });
    await desk.hello(about());
    expect((await desk.order('r-2')).inventory.zones[0]?.controls).toHaveLength(1);
    away = true;
    // Nobody has told it yet that it is the only one.
    await expect(desk.holds.take('10.9.0.5')).rejects.toThrow(DeskAway);
    away = false;
    expect(await back(desk)).toEqual({ lost: [], now: 'on' });
    away = true;
    const hold = await desk.holds.take('10.9.0.5');
    expect(hold?.address).toBe('10.9.0.5');
    await expect(desk.holds.take('10.9.0.6')).rejects.toThrow(DeskAway);
    away = false;
    // With another in the zone, or a worker at the store, who may be given its lanes in the next cut, it waits.
    const alone = readZoneSettings(settingsFile);
    const fingerprint = 'ab'.repeat(32);
    gateway.use({
      ...alone,
      agents: new Map([...alone.agents, [fingerprint, { name: 'may-2', zone: 'tslcd', fingerprint }]]),
    });
    await back(desk);
    await expectNoRight(desk);
    gateway.use(alone);
    await back(desk);
    workers = ['tslcd'];
    await back(desk);
    await expectNoRight(desk);
    workers = ['lan-huyen'];
    await back(desk);
    away = true;
    expect(await desk.holds.take('10.9.0.5')).toBeDefined();
    away = false;
    await desk.close();
    outbox.close();
  }, 20_000);

  it('is refused for good where asking again changes nothing', async () => {
    const centre = centreFor('lan-huyen');
    await expect(centre.call('whoami', randomUUID(), {})).rejects.toThrow(Refusal);
    await centre.close();
  });
});

describe('through a proxy', () => {
  let proxy: RunningServer;
  const port = 8899;
  beforeAll(async () => {
    const file = folder.file('tinyproxy.conf');
    writeFileSync(
      file,
      [
        `Port ${port}`,
        `Listen ${host}`,
        'Timeout 60',
        'MaxClients 20',
        'Allow 127.0.0.0/8',
        `ConnectPort ${gateway.port}`,
        'BasicAuth may mat-khau',
        '',
      ].join('\n'),
    );
    proxy = await startServer('/usr/bin/tinyproxy', ['-d', '-c', file], [{ host, port }]);
  });
  afterAll(() => proxy.stop());

  it('of Debian (tinyproxy), with user and password', async () => {
    const url = `http://${host}:${port}`;
    const through = centreFor('tslcd', one, { proxy: { url, user: 'may', password: 'mat-khau' } });
    expect(await through.call('whoami', randomUUID(), {})).toEqual({ zone: 'tslcd', name: 'may-tslcd' });
    await through.close();
    const without = centreFor('tslcd', one, { proxy: { url } });
    await expect(without.call('whoami', randomUUID(), {})).rejects.toThrow(/407|Proxy/);
    await without.close();
    expect(proxy.log()).toMatch(/CONNECT|Established/i);
  });
});
