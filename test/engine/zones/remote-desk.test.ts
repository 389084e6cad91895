import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOutbox } from '../../../src/engine/zones/outbox.ts';
import { Refusal } from '../../../src/engine/zones/protocol.ts';
import { createRemoteDesk } from '../../../src/engine/zones/remote-desk.ts';
import { readZoneSettings } from '../../../src/engine/zones/zone-settings.ts';
import { DeskAway, type Desk, type LookResult } from '../../../src/model/desk.ts';
import { startServer, type RunningServer } from '../../servers/process.ts';
import { lease } from './gateway-desk.ts';
import { about, startGatewayLab } from './gateway-lab.ts';

const lab = await startGatewayLab('127.77.2.1');
const { host, folder, settingsFile, gateway, one, heard, kept, centreFor } = lab;
afterAll(lab.stop);

const result: LookResult = { target: 't', observations: [], costs: [], resolverCosts: [] };

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
  lab.store.away = true;
  await expect(holds.take('10.9.0.5')).rejects.toThrow(DeskAway);
  await expect(holds.renew({ address: '10.9.0.5', fence: 3, forMs: 9000 })).rejects.toThrow(DeskAway);
  lab.store.away = false;
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
    lab.store.away = true;
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
    lab.store.away = false;
    const next = createRemoteDesk({ centre: centreFor('tslcd'), outbox: again, ahead: 4 });
    await next.hello(about());
    const began = performance.now();
    while (next.waiting() > 0 && performance.now() - began < 60_000) await sleep(100);
    expect(next.waiting()).toBe(0);
    expect(kept.get('cut')).toBe(1);
    expect(kept.get(at)).toBe(1);
    expect(heard.filter((line) => line === 'tslcd costs r 0')).toHaveLength(1);
    // The reading first: with the last result a run may be closed.
    const told = heard.filter((line) => line === `tslcd controls r ${at}` || line === 'tslcd deliver');
    expect(told.slice(-2)).toEqual([`tslcd controls r ${at}`, 'tslcd deliver']);
    await next.close();
    again.close();
  });

  it('lets its worker go to the zone’s own controls in a cut, and to no address beside', async () => {
    const outbox = openOutbox(folder.file('cut-spool'), () => {
      throw new Error('busy');
    });
    const controlAddresses = () => ['10.9.0.5'];
    const desk = createRemoteDesk({ centre: centreFor('tslcd'), outbox, ahead: 0, controlAddresses });
    await desk.hello(about());
    expect((await desk.order('r-2')).inventory.zones[0]?.controls).toHaveLength(1);
    lab.store.away = true;
    // Nobody has told it yet that it is the only one.
    await expect(desk.holds.take('10.9.0.5')).rejects.toThrow(DeskAway);
    lab.store.away = false;
    expect(await back(desk)).toEqual({ lost: [], now: 'on' });
    lab.store.away = true;
    const hold = await desk.holds.take('10.9.0.5');
    expect(hold?.address).toBe('10.9.0.5');
    await expect(desk.holds.take('10.9.0.6')).rejects.toThrow(DeskAway);
    lab.store.away = false;
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
    lab.store.workers = ['tslcd'];
    await back(desk);
    await expectNoRight(desk);
    lab.store.workers = ['lan-huyen'];
    await back(desk);
    lab.store.away = true;
    expect(await desk.holds.take('10.9.0.5')).toBeDefined();
    lab.store.away = false;
    await desk.close();
    outbox.close();
  });

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
