import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Target } from '../../src/model/target.ts';
import type { KnownSoftwareTable } from '../../src/model/vulnerability.ts';
import { contentHash } from '../../src/model/canonical.ts';
import { lockFolder } from '../../src/store/lock.ts';
import type { StorePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';
import type { Lawbook, NewRun, Store, TargetResult } from '../../src/store/types.ts';
import { engine } from './engine.ts';
import { asBefore } from './older.ts';

let folder: string;
let place: StorePlace;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rasoat-store-'));
  place = await engine().place(folder);
  store = await openStore(place);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const lawbook: Lawbook = { checks: [], frameworks: [], reference: {} };
const inventory = {
  schema: 1,
  province: { id: 'p', name: 'P' },
  zones: [],
  organisations: [],
  systems: [],
  authorisations: [],
};
const target = (key: string): Target => ({
  key,
  kind: 'web',
  system: 's',
  endpoint: { kind: 'web', url: 'https://a.example/' },
  address: '192.0.2.1',
});
const newRun = (id: string, startedAt = '2026-11-22T00:00:00.000Z'): NewRun => ({
  id,
  tool: 'rasoat 0',
  zone: 'internet',
  startedAt,
  inventory: inventory as unknown as Inventory,
  targets: [target('t1'), target('t2')],
  settings: { excludedSystems: 2 },
  lawbook,
});
const observation = (key: string): Observation => ({
  kind: 'software',
  target: key,
  zone: 'internet',
  at: '2026-11-22T00:00:01.000Z',
  ms: 5,
  probe: 'software/1',
  ok: true,
  facts: { items: [] },
});
const finding = (key: string): Finding => ({
  system: 's',
  target: key,
  check: 'c',
  severity: 'low',
  outcome: 'fail',
  evidence: [{ at: '/x', saw: '\u0000<script>', because: { vi: 'a', en: 'b' } }],
  at: '2026-11-22T00:00:01.000Z',
});
const result = (key: string, connections = 3): TargetResult => ({
  target: key,
  observations: [observation(key)],
  findings: [finding(key)],
  costs: [
    {
      address: '192.0.2.1',
      connections,
      datagrams: 1,
      refusedByGuard: 0,
      bytesSent: 10,
      bytesReceived: 20,
      peakPerSecond: 2,
    },
  ],
  resolverCosts: [{ server: '192.0.2.53 port 53', queries: connections, bytesSent: 30, bytesReceived: 60 }],
});

describe('store', () => {
  it('gives back what was put in', async () => {
    await store.createRun(newRun('r1'));
    await store.commitTarget('r1', 'session', result('t1'));
    const judgement = await store.judgement('r1');
    expect(await store.findings(judgement.id)).toEqual([finding('t1')]);
    expect(await store.observations('r1')).toEqual([observation('t1')]);
    expect(await store.inventory('r1')).toEqual(inventory);
    expect(judgement.lawbook).toEqual(lawbook);
    expect(await store.settings('r1')).toEqual({ excludedSystems: 2 });
    expect((await store.targets('r1', 'waiting')).map(({ key }) => key)).toEqual(['t2']);
  });

  it('refuses to count a target twice and leaves nothing of the second try', async () => {
    await store.createRun(newRun('r1'));
    await store.commitTarget('r1', 'session', result('t1'));
    await expect(store.commitTarget('r1', 'session', result('t1', 99))).rejects.toThrow('committed before');
    expect(await store.costs('r1')).toMatchObject([{ connections: 3 }]);
  });

  it('counts the most that a session told, though its results are committed out of their order', async () => {
    await store.createRun(newRun('r1'));
    await store.commitTarget('r1', 'one', result('t1', 7));
    await store.commitTarget('r1', 'one', result('t2', 6));
    expect(await store.costs('r1')).toMatchObject([{ connections: 7, datagrams: 1 }]);
    expect(await store.resolverCosts('r1')).toMatchObject([{ queries: 7 }]);
  });

  it('adds the cost of sessions and replaces within one', async () => {
    await store.createRun(newRun('r1'));
    await store.commitTarget('r1', 'one', result('t1', 3));
    await store.commitTarget('r1', 'two', result('t2', 4));
    expect(await store.costs('r1')).toEqual([
      {
        address: '192.0.2.1',
        connections: 7,
        datagrams: 2,
        refusedByGuard: 0,
        bytesSent: 20,
        bytesReceived: 40,
        peakPerSecond: 2,
      },
    ]);
    expect(await store.resolverCosts('r1')).toEqual([
      { server: '192.0.2.53 port 53', queries: 7, bytesSent: 60, bytesReceived: 120 },
    ]);
  });

  it('keeps older judgements when a run is judged again', async () => {
    await store.createRun(newRun('r1'));
    await store.commitTarget('r1', 's', result('t1'));
    const first = await store.judgement('r1');
    const second = await store.addJudgement('r1', '2026-11-23T00:00:00.000Z', lawbook, [], []);
    expect((await store.judgement('r1')).id).toBe(second);
    expect(await store.findings(second)).toEqual([]);
    expect(await store.findings(first.id)).toHaveLength(1);
  });

  it('keeps what the feeds answered beside each judgement, so that other feeds are told apart', async () => {
    const answer = (total: number) => ({
      askedOf: ['nvd' as const],
      vulnerabilities: [],
      total,
      undecided: 0,
      namedByKev: [],
    });
    await store.createRun(newRun('r1'));
    await store.commitTarget('r1', 's', { ...result('t1'), known: { 'nginx 1.18.0': answer(3) } });
    await store.commitTarget('r1', 's', { ...result('t2'), known: {} });
    const first = await store.judgement('r1');
    const known = new Map([['t1', { 'nginx 1.18.0': answer(4) }]]);
    const other: Lawbook = { ...lawbook, reference: { feeds: {} } };
    const second = await store.addJudgement('r1', '2026-11-23T00:00:00.000Z', other, [], [], known);
    expect([...(await store.known(first.id))]).toEqual([['t1', { 'nginx 1.18.0': answer(3) }]]);
    expect(await store.known(second)).toEqual(known);
    expect((await store.judgement('r1')).lawbook.reference).toEqual({ feeds: {} });
  });

  it.skipIf(engine().name !== 'sqlite')(
    'keeps laws of levels with a judgement, and reads one that is older than they are',
    async () => {
      await store.createRun(newRun('old'));
      await store.close();
      // The store as it was before laws of levels.
      const file = join(folder, 'rasoat.sqlite');
      asBefore(file, '0005-levels');
      store = await openStore(file);
      expect((await store.judgement('old')).lawbook).toEqual(lawbook);
      const levels = { laws: [], calendars: [] };
      await store.addJudgement('old', '2026-11-23T00:00:00.000Z', { ...lawbook, levels }, [], []);
      expect((await store.judgement('old')).lawbook).toEqual({ ...lawbook, levels });
    },
  );

  it('lists runs newest first and survives reopening', async () => {
    await store.createRun(newRun('r1'));
    await store.createRun(newRun('r2', '2026-11-23T00:00:00.000Z'));
    await store.finishRun('r1', 'finished', '2026-11-22T01:00:00.000Z');
    await store.close();
    store = await openStore(place);
    expect((await store.runs()).map(({ id, state }) => [id, state])).toEqual([
      ['r2', 'running'],
      ['r1', 'finished'],
    ]);
  });

  it('holds thousands of rows in one commit', async () => {
    await store.createRun({ ...newRun('r1'), targets: Array.from({ length: 3000 }, (_, i) => target(`t${i}`)) });
    expect(await store.targets('r1')).toHaveLength(3000);
  });

  it('keeps what a centre returned, only ever adds to it, and knows a repeated row and file', async () => {
    await store.createRun(newRun('r1'));
    const back = (hash: string, centre?: string) => ({
      run: 'r1',
      importedAt: '2026-11-23T00:00:00.000Z',
      hash,
      ...(centre === undefined ? {} : { centre }),
    });
    const seen = (seenAt: string, more = {}) => ({
      run: 'r1',
      system: 's',
      target: 't1',
      marker: 'rs-aaaaaaaaaaaaaaaa',
      seenAt,
      ...more,
    });
    const first = [seen('2026-11-22T01:00:00.000Z'), seen('2026-11-22T02:00:00.000Z', { source: '192.0.2.9' })];
    expect(await store.addReturns([back('h1')], first)).toBe(2);
    expect(await store.addReturns([back('h1')], first)).toBe(0);
    expect(await store.addReturns([back('h1', 'SOC')], [...first, seen('2026-11-22T00:30:00.000Z')])).toBe(1);
    expect(await store.addReturns([back('h2')], [])).toBe(0);
    expect((await store.sightings('r1')).map(({ seenAt }) => seenAt.slice(11, 16))).toEqual([
      '00:30',
      '01:00',
      '02:00',
    ]);
    expect((await store.sightings('r1'))[2]).toEqual(first[1]);
    expect((await store.detectionReturns('r1')).map(({ hash, centre }) => [hash, centre])).toEqual([
      ['h1', undefined],
      ['h1', 'SOC'],
      ['h2', undefined],
    ]);
    await expect(store.addReturns([], first)).rejects.toThrow('without its return');
    expect(await store.sightings('r2')).toEqual([]);
  });

  it('keeps what was seen of controls apart, round after round, each whole or not at all', async () => {
    await store.createRun(newRun('r1'));
    const look = (control: string) => ({ control, target: target('t1'), observations: [observation('t1')] });
    const costs = result('t1').costs;
    const round = { at: '2026-11-22T00:00:01.000Z', looks: [look('b'), look('a')], costs, resolverCosts: [] };
    expect(await store.controls.rounds('r1')).toEqual([]);
    expect(await store.controls.add('r1', round)).toBe('kept');
    await expect(store.controls.add('r1', { ...round, looks: [look('a'), look('a')] })).rejects.toThrow();
    const known = { x: { cves: [] } } as unknown as KnownSoftwareTable;
    const later = { ...round, at: '2026-11-22T00:00:09.000Z', looks: [{ ...look('a'), known }] };
    // A worker that heard no answer tells it again; another's of the same instant is another's.
    expect(await store.controls.add('r1', later, 'w1')).toBe('kept');
    expect(await store.controls.add('r1', later, 'w1')).toBe('had');
    expect(await store.controls.rounds('r1')).toEqual([{ ...round, looks: [look('a'), look('b')] }, later]);
    // Nothing of it is a target's, a cost of the province, or of another run.
    expect([await store.observations('r1'), await store.costs('r1')]).toEqual([[], []]);
    expect(await store.controls.add('r1', later, 'w2')).toBe('kept');
    expect(await store.controls.rounds('r1')).toHaveLength(3);
    await store.finishRun('r1', 'finished', '2026-11-22T00:01:00.000Z');
    expect(await store.controls.add('r1', later, 'w1')).toBe('had');
    expect(await store.controls.add('r1', later, 'w3')).toBe('fenced');
    await store.createRun(newRun('r2'));
    expect(await store.controls.rounds('r2')).toEqual([]);
  });

  it('tells what each finished run saw of each system', async () => {
    await store.createRun(newRun('r1'));
    await store.commitTarget('r1', 's1', {
      target: 't1',
      observations: [observation('t1')],
      findings: [],
      costs: [],
      resolverCosts: [],
    });
    expect(await store.scanLooks('2026-12-01T00:00:00.000Z')).toEqual([]);
    await store.finishRun('r1', 'finished', '2026-11-22T01:00:00.000Z');
    expect(await store.scanLooks('2026-12-01T00:00:00.000Z')).toEqual([
      { run: 'r1', system: 's', at: '2026-11-22T00:00:01.000Z', seen: 1, needed: 2 },
    ]);
    expect(await store.scanLooks('2026-11-21T00:00:00.000Z')).toEqual([]);
  });

  it.skipIf(engine().name !== 'sqlite')('takes up a store of before the detection check as it is', async () => {
    await store.createRun(newRun('r1'));
    await store.close();
    const file = join(folder, 'rasoat.sqlite');
    asBefore(file, '0004-detection');
    store = await openStore(file);
    expect((await store.runs()).map(({ id }) => id)).toEqual(['r1']);
    expect(await store.detectionReturns('r1')).toEqual([]);
  });

  it.skipIf(engine().name !== 'sqlite')('is readable by its owner alone', () => {
    expect(statSync(join(folder, 'rasoat.sqlite')).mode & 0o777).toBe(0o600);
  });
});

describe('lock of an output folder', () => {
  it('lets one in, refuses the second, and is free again after release', () => {
    const path = join(folder, 'rasoat.lock');
    const lock = lockFolder(path);
    expect(() => lockFolder(path)).toThrow('cli.store-locked');
    lock.release();
    lockFolder(path).release();
  });
});

describe('content hash', () => {
  it('does not depend on the order of keys', () => {
    expect(contentHash({ a: 1, b: [{ d: 1, c: 2 }] })).toBe(contentHash({ b: [{ c: 2, d: 1 }], a: 1 }));
    expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
  });

  it('tells when each system was last seen, by any run, up to an instant', async () => {
    const seen = (run: string, at: string, ok: boolean) => {
      const made = observation('t1');
      const one = ok
        ? { ...made, at }
        : ({
            ...made,
            at,
            ok: false,
            failure: { code: 'timeout', detail: '', retryable: true },
          } as unknown as Observation);
      return store.commitTarget(run, 'a', {
        target: 't1',
        observations: [one],
        findings: [],
        costs: [],
        resolverCosts: [],
      });
    };
    await store.createRun(newRun('r1'));
    await store.createRun(newRun('r2', '2026-11-23T00:00:00.000Z'));
    await store.createRun(newRun('r3', '2026-11-24T00:00:00.000Z'));
    await seen('r1', '2026-11-22T00:00:01.000Z', true);
    await seen('r2', '2026-11-23T00:00:01.000Z', true);
    await seen('r3', '2026-11-24T00:00:01.000Z', false);
    expect(await store.lastSeen('2026-12-01T00:00:00.000Z')).toEqual(new Map([['s', '2026-11-23T00:00:01.000Z']]));
    expect(await store.lastSeen('2026-11-22T12:00:00.000Z')).toEqual(new Map([['s', '2026-11-22T00:00:01.000Z']]));
    expect(await store.lastSeen('2026-11-21T00:00:00.000Z')).toEqual(new Map());
  });
});
