import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFeeds, type Feeds } from '../../src/feeds/open.ts';
import type { ControlReading } from '../../src/model/control.ts';
import type { Holds } from '../../src/model/desk.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Target } from '../../src/model/target.ts';
import { lookAtControls } from '../../src/pipeline/control-looks.ts';
import { betweenControls } from '../../src/pipeline/control-rounds.ts';
import { readLawbook } from '../../src/pipeline/lawbook.ts';
import type { Work } from '../../src/pipeline/work.ts';
import { namedPortList } from '../../src/probe/ports/named-lists.ts';
import { createHoldKeeper } from '../../src/probe/wire/hold-keeper.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { authorisation, inventory } from '../inventory/make.ts';

// Nothing listens at either: one is in scope and refuses, no document covers the other.
const service = { port: 9, tls: true };
const controls = [
  {
    id: 'dong',
    expects: 'good' as const,
    endpoint: { kind: 'host' as const, host: '127.83.3.1', services: [service] },
  },
  {
    id: 'ngoai',
    expects: 'bad' as const,
    endpoint: { kind: 'host' as const, host: '127.83.4.1', services: [service] },
  },
];
const folder = mkdtempSync(join(tmpdir(), 'rasoat-rounds-'));
const lawbook = await readLawbook();
const declared = await namedPortList('declared');
const target = { key: 't', kind: 'web', system: 's', endpoint: { kind: 'web', url: 'https://a.example/' } } as Target;
let store: Store;
let feeds: Feeds;

beforeAll(async () => {
  feeds = await openFeeds(join(folder, 'none'));
  store = await openStore(join(folder, 'rasoat.sqlite'));
});
afterAll(async () => {
  await store.close();
  feeds.close();
  rmSync(folder, { recursive: true });
});

async function work(run: string, wish: Partial<Work> = {}): Promise<Work> {
  const document = authorisation('vb', {
    scope: { networks: ['127.83.3.0/24'] },
    until: '2099-12-31',
    limits: { connections: 16, perSecond: 1000 },
  });
  const base = inventory({ authorisations: [document] });
  const own: Inventory = { ...base, zones: [{ id: 'internet', name: 'Internet', controls }, ...base.zones.slice(1)] };
  const manner = {
    engine: 'connect' as const,
    portList: declared,
    udp: false,
    extraRoots: [],
    resolvers: [],
    dnsAnchors: '',
    dnsPort: 53,
  };
  const made = {
    store,
    run,
    zone: 'internet',
    inventory: own,
    lawbook,
    targets: [target],
    unresolved: new Map(),
    ...manner,
    ...wish,
  };
  const { zone, targets } = made;
  await store.createRun({
    id: run,
    tool: 't',
    zone,
    startedAt: new Date().toISOString(),
    inventory: own,
    targets,
    settings: {},
    lawbook,
  });
  return made;
}

const quiet = () => ({ atOnce: 4, signal: new AbortController().signal });

describe('controls are read', () => {
  it('before the work and after it; what could not be read is told each time, and nothing went out of scope', async () => {
    const order: string[] = [];
    const heard: ControlReading[] = [];
    const events = { controls: (readings: readonly ControlReading[]) => order.push('read') && heard.push(...readings) };
    const done = await betweenControls(await work('r1'), feeds, quiet(), events, () => {
      order.push('work');
      return Promise.resolve({ stopped: false });
    });
    expect([order, done]).toEqual([['read', 'work', 'read'], { stopped: false }]);
    const rounds = await store.controls.rounds('r1');
    expect(rounds.map(({ costs }) => costs.map(({ address, connections }) => [address, connections > 0]))).toEqual(
      // The guard refuses before a packet is sent.
      [0, 1].map(() => [
        ['127.83.3.1', true],
        ['127.83.4.1', false],
      ]),
    );
    expect(new Set(heard.map(({ control, result, why }) => `${control} ${result} ${why?.code ?? ''}`))).toEqual(
      new Set(['dong unread refused', 'dong misread ', 'dong right ', 'ngoai unread not-permitted']),
    );
    const events1 = await store.runEvents('r1');
    expect(new Set(events1.map(({ kind, detail }) => `${kind} ${String(detail['control'])}`))).toEqual(
      new Set(['control-unread dong', 'control-misread dong', 'control-unread ngoai']),
    );
  });

  it('by the clock of the run: what feeds know of that day, and the day of the observations', async () => {
    const at = '2027-03-01T02:00:00.000Z';
    const asked: string[] = [];
    const dated: Feeds = { ...feeds, fingerprints: (day) => (asked.push(day), feeds.fingerprints(day)) };
    const options = { ...quiet(), now: () => at };
    await betweenControls(await work('r-clock'), dated, options, {}, () => Promise.resolve({ stopped: true }));
    const [round] = await store.controls.rounds('r-clock');
    expect([asked, round?.at]).toEqual([[at], at]);
    expect(new Set(round?.looks.flatMap(({ observations }) => observations.map((one) => one.at)))).toEqual(
      new Set([at]),
    );
  });

  it('once where the work was stopped, and once where a run taken up has nothing left to do', async () => {
    const stopped = await betweenControls(await work('r2'), feeds, quiet(), {}, () =>
      Promise.resolve({ stopped: true }),
    );
    expect([stopped, (await store.controls.rounds('r2')).length]).toEqual([{ stopped: true }, 1]);
    await betweenControls(await work('r3', { targets: [] }), feeds, quiet(), {}, () =>
      Promise.resolve({ stopped: false }),
    );
    expect((await store.controls.rounds('r3')).length).toBe(1);
  });

  it('whole or not at all: a stop keeps nothing of a round and stops the run', async () => {
    const stop = new AbortController();
    const options = { atOnce: 4, signal: stop.signal };
    const done = await betweenControls(await work('r4'), feeds, options, {}, () => {
      stop.abort(new Error('stopped'));
      return Promise.resolve({ stopped: false });
    });
    expect([done, (await store.controls.rounds('r4')).length]).toEqual([{ stopped: true }, 1]);
  });

  it('not at all where the zone has none, or none of the kinds that are looked by', async () => {
    const look = () => Promise.resolve({ stopped: false });
    await betweenControls(await work('r5', { zone: 'tslcd' }), feeds, quiet(), {}, look);
    await betweenControls(await work('r6'), feeds, { ...quiet(), kindsOf: () => ['dns'] }, {}, look);
    expect([(await store.controls.rounds('r5')).length, (await store.controls.rounds('r6')).length]).toEqual([0, 0]);
  });

  it('in turn: whoever waits long for another worker at the control reads it all the same', async () => {
    const taken = new Map<string, string>();
    const holdsOf = (who: string): Holds => ({
      take: (address) => {
        if ((taken.get(address) ?? who) !== who) return Promise.resolve(undefined);
        taken.set(address, who);
        return Promise.resolve({ address, fence: 1, forMs: 20_000 });
      },
      renew: (hold) => Promise.resolve(hold),
      release: ({ address }) => Promise.resolve(void taken.delete(address)),
    });
    const own = createHoldKeeper(holdsOf('own'), { waitMs: 200 });
    taken.set('127.83.3.1', 'other');
    setTimeout(() => taken.delete('127.83.3.1'), 1500);
    const { run, zone, inventory: whole, lawbook: law, ...manner } = await work('r9');
    const order = { run, zone, inventory: whole, manner, reference: law.reference };
    const round = await lookAtControls(order, { ...quiet(), holds: own.forWire() });
    await own.close();
    const codes = round?.looks
      .filter(({ control }) => control === 'dong')
      .flatMap(({ observations }) => observations.map((one) => (one.ok ? 'ok' : one.failure.code)));
    expect(codes).toContain('refused');
    expect(codes).not.toContain('not-run');
  });
});
