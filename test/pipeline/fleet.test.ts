import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { createDeskClock } from '../../src/engine/desk-clock.ts';
import { runWorker } from '../../src/engine/worker/run-worker.ts';
import { openFeeds } from '../../src/feeds/open.ts';
import type { Desk, Lane, LookResult } from '../../src/model/desk.ts';
import { DeskAway } from '../../src/model/desk.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Endpoint } from '../../src/model/inventory/endpoint.ts';
import type { Target } from '../../src/model/target.ts';
import { dispatchRun, mendDispatch } from '../../src/pipeline/fleet/dispatch.ts';
import { openFleet, type Fleet } from '../../src/pipeline/fleet/fleet.ts';
import { mostLosses } from '../../src/pipeline/fleet/give-up.ts';
import { createFleetKeeper } from '../../src/pipeline/fleet/keeper.ts';
import { createLocalDesk } from '../../src/pipeline/fleet/local-desk.ts';
import { createLooker } from '../../src/pipeline/look.ts';
import { createHoldKeeper } from '../../src/probe/wire/hold-keeper.ts';
import { targetsOf } from '../../src/inventory/targets.ts';
import { pointTo } from '../../src/store/place.ts';
import type { NewRun } from '../../src/store/types.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';

const times = { leaseSeconds: 10, holdMs: 4000 };
const run = { id: '20261126-000000-00000000', zone: 'internet' };
const inventory = {
  schema: 1,
  province: { id: 'p', name: 'P' },
  zones: [],
  organisations: [],
  systems: [],
  authorisations: [],
};
const target = (address: string, port = 80): Target => ({
  key: `${address}:${String(port)}`,
  kind: 'web',
  system: 's',
  endpoint: { kind: 'web', url: `http://${address}:${String(port)}/` },
  address,
});
const targets = [target('192.0.2.1'), target('192.0.2.1', 81), target('192.0.2.2'), target('192.0.2.3')];

let lab: PostgresLab;
let folder: string;
let name = '';
let fleet: Fleet;
let count = 0;
const feeds = await openFeeds(join(tmpdir(), 'rasoat-no-feeds'));

// Made and brought to the newest shape once, store and queue: most of these tests' time would go into that.
const shaped = 'shaped';
beforeAll(async () => {
  lab = await startPostgresLab('127.80.2.1');
  const first = mkdtempSync(join(tmpdir(), 'rasoat-fleet-'));
  pointTo(first, await lab.database(shaped));
  await (await openFleet(first, times)).close();
  rmSync(first, { recursive: true });
});
afterAll(async () => {
  feeds.close();
  await lab.stop();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rasoat-fleet-'));
  name = `desk_${String((count += 1))}`;
  pointTo(folder, await lab.database(name, shaped));
  fleet = await openFleet(folder, times);
});
afterEach(async () => {
  await fleet.close();
  rmSync(folder, { recursive: true });
});

async function create(all: readonly Target[] = targets, more: Partial<NewRun> = {}): Promise<void> {
  const settings = { engine: 'connect', udp: false, extraRoots: [], resolvers: [], dnsAnchors: '', dnsPort: 53 };
  const what = { inventory: inventory as unknown as Inventory, targets: all, settings };
  const lawbook = { checks: [], frameworks: [], reference: {} };
  const startedAt = await fleet.store.storeTime();
  await fleet.store.createRun({ ...run, tool: 'rasoat 0', startedAt, ...what, lawbook, starter: 'starter', ...more });
}

async function begin(): Promise<void> {
  await create();
  await dispatchRun(fleet, run, targets, new Map());
}

let pid = 0;
async function desk(): Promise<Desk> {
  const one = createLocalDesk({ ...fleet, feeds, zone: run.zone, times });
  pid += 1;
  await one.hello({ session: `session-${String(pid)}`, zone: run.zone, host: 'may-1', pid, version: 'rasoat 0' });
  return one;
}

/** What a lane brings, when everything answers. */
function resultsOf(lane: Lane, sent = 1): readonly LookResult[] {
  return lane.targets.map(({ key, address = '' }) => ({
    target: key,
    observations: [
      {
        kind: 'software',
        target: key,
        zone: run.zone,
        at: '2026-11-26T00:00:00.000Z',
        ms: 1,
        probe: 'software/2',
        ok: true,
        facts: { items: [] },
      },
    ] as unknown as LookResult['observations'],
    costs: [
      {
        address,
        connections: sent,
        datagrams: 0,
        refusedByGuard: 0,
        bytesSent: 10,
        bytesReceived: 20,
        peakPerSecond: 1,
      },
    ],
    resolverCosts: [],
  }));
}

const laneAt = (lanes: readonly Lane[], address: string): Lane => {
  const lane = lanes.find(({ lease }) => lease.lane === address);
  if (lane === undefined) throw new Error(`no lane ${address}`);
  return lane;
};

/** As if the workers that have jobs had given no sign of life for a lease. */
async function silence(): Promise<void> {
  await lab.psql(name, "update rasoat_queue.job set heartbeat_on = now() - interval '1 hour' where state = 'active'");
  await lab.psql(name, 'update rasoat_queue.queue set monitor_on = null, monitor_claim_on = null');
  await fleet.queue.supervise();
}

const kinds = async () => (await fleet.store.runEvents(run.id)).map(({ kind }) => kind);

describe('the desk over store and queue', () => {
  it('hands each lane to one worker, and keeps what it brings once', async () => {
    await begin();
    const [one, other] = [await desk(), await desk()];
    const lanes = await one.take(2);
    const rest = await other.take(10);
    expect([...lanes, ...rest].map(({ lease }) => lease.lane).sort()).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3']);
    const both = laneAt([...lanes, ...rest], '192.0.2.1');
    expect(both.targets.map(({ key }) => key)).toEqual(['192.0.2.1:80', '192.0.2.1:81']);
    for (const [own, had] of [
      [one, lanes],
      [other, rest],
    ] as const) {
      for (const lane of had) {
        const results = resultsOf(lane);
        expect(await own.deliver(lane.lease, results)).toEqual(results.map(() => 'kept'));
        // As when the answer was not heard.
        expect(await own.deliver(lane.lease, results)).toEqual(results.map(() => 'had'));
        await own.finish(lane.lease);
      }
    }
    expect(await fleet.store.targetCounts(run.id)).toEqual({ waiting: 0, done: 4 });
    expect(await one.take(10)).toEqual([]);
    expect(await kinds()).toEqual([]);
    expect(await lab.psql(name, "select count(*) from rasoat_queue.job where state = 'completed'")).toBe('3');
  });

  it('refuses what comes late, says so, and still counts what it cost', async () => {
    await begin();
    const [one, other] = [await desk(), await desk()];
    const lane = laneAt(await one.take(10), '192.0.2.1');
    await one.deliver(lane.lease, resultsOf(lane, 3).slice(0, 1));
    await silence();
    const again = laneAt(await other.take(10), '192.0.2.1');
    expect(again.targets.map(({ key }) => key)).toEqual(['192.0.2.1:81']);
    expect(again.lease.attempt).toBe(lane.lease.attempt + 1);
    expect(await one.deliver(lane.lease, resultsOf(lane, 5).slice(1))).toEqual(['fenced']);
    expect((await one.touch([lane.lease])).lost).toEqual([lane.lease.job]);
    expect(await other.deliver(again.lease, resultsOf(again, 7))).toEqual(['kept']);
    const [cost] = (await fleet.store.costs(run.id)).filter(({ address }) => address === '192.0.2.1');
    expect(cost?.connections).toBe(5 + 7);
    // Nothing of it waits any more, and nobody has told yet what the look that came to nothing sent.
    expect(await one.deliver(lane.lease, resultsOf(lane, 6).slice(1))).toEqual(['had']);
    const [last] = resultsOf(lane, 9);
    if (last === undefined) throw new Error('no result');
    await one.costs(run.id, last);
    const [all] = (await fleet.store.costs(run.id)).filter(({ address }) => address === '192.0.2.1');
    expect(all?.connections).toBe(9 + 7);
    const told = await kinds();
    expect(told.filter((kind) => kind === 'late-refused')).toEqual(['late-refused']);
    expect(told.filter((kind) => kind === 'lane-again').length).toBe(3);
  });

  it('gives back without counting a loss, and gives a lane up over which too many were lost', async () => {
    await begin();
    for (let i = 0; i < 3; i += 1) {
      const own = await desk();
      for (const { lease } of await own.take(10)) await own.giveBack(lease);
    }
    expect(await kinds()).toEqual([]);
    const deadly = await desk();
    for (let losses = 0; losses < mostLosses; losses += 1) {
      const lanes = await (losses === 0 ? deadly : await desk()).take(10);
      expect(lanes.length).toBe(3);
      await silence();
    }
    expect(await (await desk()).take(10)).toEqual([]);
    expect(await fleet.store.targetCounts(run.id)).toEqual({ waiting: 0, done: 4 });
    expect(await fleet.store.bugs(run.id)).toBeGreaterThan(0);
    expect((await kinds()).filter((kind) => kind === 'lane-given-up').length).toBe(3);
  }, 40_000);

  it('hands out nothing while the switch is not on', async () => {
    await begin();
    const own = await desk();
    const set = (position: 'paused' | 'on') =>
      fleet.store.setFleetSwitch({ position, at: '2026-11-26T00:00:00.000Z', by: 'x', reason: 'x' });
    await set('paused');
    expect(await own.take(10)).toEqual([]);
    expect((await own.touch([])).now).toBe('paused');
    await set('on');
    expect((await own.take(10)).length).toBe(3);
  });

  it('notes a clock that is off with the runs it works at', async () => {
    await begin();
    const own = await desk();
    const about = { session: `session-${String(pid)}`, zone: run.zone, host: 'may-1', pid, version: 'rasoat 0' };
    await own.hello({ ...about, clockOffsetMs: -7_200_000 });
    await own.take(1);
    await own.take(1);
    const events = await fleet.store.runEvents(run.id);
    expect(events.map(({ kind, detail }) => [kind, detail['seconds']])).toEqual([['clock-off', -7200]]);
    expect((await fleet.store.workers()).at(-1)?.clockOffsetMs).toBe(-7_200_000);
    // One that is set amid the lanes in hand is noted then, for it may be right again before others are taken.
    const set = await desk();
    const [lane] = await set.take(1);
    if (lane === undefined) throw new Error('no lane');
    await set.touch([lane.lease]);
    await set.hello({ ...about, session: `session-${String(pid)}`, pid, clockOffsetMs: 10_800_000 });
    await set.hello({ ...about, session: `session-${String(pid)}`, pid, clockOffsetMs: 3 });
    expect((await fleet.store.runEvents(run.id)).map(({ detail }) => detail['seconds'])).toEqual([-7200, 10_800]);
  });

  it('marks who fell silent once, with the runs whose lanes they had', async () => {
    await begin();
    const own = await desk();
    await own.take(2);
    await lab.psql(name, "update worker set seen_at = '2026-01-01T00:00:00.000Z'");
    expect((await fleet.store.loseWorkers(10_000)).length).toBe(1);
    expect(await fleet.store.loseWorkers(10_000)).toEqual([]);
    const events = await fleet.store.runEvents(run.id);
    expect(events.map(({ kind, detail }) => [kind, detail['lanes']])).toEqual([['worker-lost', 2]]);
  });

  it('notes who is lost though others took its lanes first, once, and not who is only late', async () => {
    await begin();
    const first = await desk();
    const mine = pid;
    await first.take(10);
    await silence();
    // Its lane went to another, and it gives signs of life: late, not lost.
    const second = await desk();
    expect((await second.take(10)).length).toBe(3);
    expect(await kinds()).toEqual(['lane-again', 'lane-again', 'lane-again']);
    await lab.psql(
      name,
      `update worker set seen_at = to_char(now() at time zone 'utc' - interval '6 s', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    );
    await silence();
    const third = await desk();
    expect((await third.take(10)).length).toBe(3);
    await lab.psql(name, `update worker set seen_at = '2026-01-01T00:00:00.000Z' where pid <= ${String(mine + 1)}`);
    await fleet.store.loseWorkers(10_000);
    const lost = (await fleet.store.runEvents(run.id)).filter(({ kind }) => kind === 'worker-lost');
    expect(lost.map(({ detail }) => [detail['pid'], detail['lanes']])).toEqual([[mine + 1, 3]]);
  });
});

describe('a name that only the zone can look up', () => {
  const endpoint: Endpoint = { kind: 'host', host: 'srv.kin', services: [{ port: 993, tls: true }] };
  const pinned = target('192.0.2.1');
  const nameless = targetsOf({ id: 's' }, endpoint, []);

  async function beginWith(all: readonly Target[]): Promise<void> {
    await create(all);
    await dispatchRun(fleet, run, all, new Map());
  }
  const keysOf = async (state: 'waiting' | 'done') => (await fleet.store.targets(run.id, state)).map(({ key }) => key);

  it('becomes targets of the addresses that it leads to, once, in lanes of those addresses', async () => {
    await beginWith([pinned, ...nameless]);
    const [one, other] = [await desk(), await desk()];
    const lanes = await one.take(10);
    expect(lanes.map(({ lease }) => lease.lane).sort()).toEqual(['192.0.2.1', 'srv.kin [?]']);
    const [named, first] = [laneAt(lanes, 'srv.kin [?]'), laneAt(lanes, '192.0.2.1')];
    expect(named.targets.map(({ key }) => key)).toEqual(['srv.kin [?]', 'srv.kin:993 [?]']);
    const told = { name: 'srv.kin', addresses: ['192.0.2.1', '192.0.2.9'] };
    // Not what was asked.
    expect(await one.locate(named.lease, { ...told, name: 'khac.kin' })).toBe('fenced');
    expect(await keysOf('waiting')).toEqual([pinned.key, 'srv.kin [?]', 'srv.kin:993 [?]']);
    expect(await one.locate(named.lease, told)).toBe('kept');
    // The answer was not heard, and another was had meanwhile: the first one counts.
    expect(await one.locate(named.lease, { ...told, addresses: ['192.0.2.66'] })).toBe('had');
    expect(await keysOf('waiting')).toEqual([
      pinned.key,
      'srv.kin [192.0.2.1]',
      'srv.kin [192.0.2.9]',
      'srv.kin:993 [192.0.2.1]',
      'srv.kin:993 [192.0.2.9]',
    ]);
    // Somebody is at the first address: its other lane is handed out after that.
    const more = await other.take(10);
    expect(more.map(({ lease }) => lease.lane)).toEqual(['192.0.2.9']);
    await one.deliver(first.lease, resultsOf(first));
    const rest = [...more, ...(await other.take(10))];
    expect(rest.map(({ lease }) => lease.lane)).toEqual(['192.0.2.9', '192.0.2.1']);
    for (const lane of rest) {
      expect(lane.targets.map(({ key }) => key.replace(/ .*/, ''))).toEqual(['srv.kin', 'srv.kin:993']);
      expect(await other.deliver(lane.lease, resultsOf(lane))).toEqual(['kept', 'kept']);
    }
    expect(await fleet.store.targetCounts(run.id)).toEqual({ waiting: 0, done: 5 });
    expect(await mendDispatch(fleet, run)).toBe(0);
  });

  it('is located by who has its lane alone, and its lanes are sent by anybody where they were lost', async () => {
    await beginWith(nameless);
    const [one, other] = [await desk(), await desk()];
    const late = laneAt(await one.take(10), 'srv.kin [?]');
    await silence();
    const again = laneAt(await other.take(10), 'srv.kin [?]');
    expect(await one.locate(late.lease, { name: 'srv.kin', addresses: ['192.0.2.7'] })).toBe('fenced');
    expect(await keysOf('waiting')).toEqual(['srv.kin [?]', 'srv.kin:993 [?]']);
    expect(await other.locate(again.lease, { name: 'srv.kin', addresses: ['192.0.2.8'] })).toBe('kept');
    await lab.psql(name, 'delete from rasoat_queue.job');
    expect(await mendDispatch(fleet, run)).toBe(1);
    const [lane] = await one.take(10);
    expect(lane?.targets.map(({ key }) => key)).toEqual(['srv.kin [192.0.2.8]', 'srv.kin:993 [192.0.2.8]']);
  });
});

describe('a worker of before an upgrade', () => {
  it('ends with what to do when it next says hello, and its lanes are there for others', async () => {
    await begin();
    const about = { session: 'before', zone: run.zone, host: 'may-1', pid: 1, version: 'rasoat 0' };
    let looking = 0;
    const looker = {
      ready: () => Promise.resolve(true),
      look: (_target: Target, signal: AbortSignal) =>
        new Promise<never>((_resolve, reject) => {
          looking += 1;
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
      lookUp: () => Promise.reject(new Error('no name was asked for')),
      controls: () => Promise.resolve(undefined),
      bound: () => undefined,
      bindBy: () => undefined,
      costs: () => [],
      resolverCosts: () => [],
    };
    const [own, signal] = [createLocalDesk({ ...fleet, feeds, zone: run.zone, times }), new AbortController().signal];
    const times0 = { beatMs: 50, idleMs: 50, helloMs: 100 };
    const working = runWorker({
      desk: own,
      about,
      clock: createDeskClock(),
      atOnce: 4,
      signal,
      looker: () => looker,
      ...times0,
    });
    const ended = expect(working).rejects.toMatchObject({ problems: [{ message: { key: 'db.newer-store' } }] });
    while (looking < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    await lab.psql(name, "insert into kysely_migration (name, timestamp) values ('9999-later', '')");
    await ended;
    await lab.psql(name, "delete from kysely_migration where name = '9999-later'");
    expect((await (await desk()).take(10)).map(({ lease }) => lease.lane).sort()).toEqual([
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.3',
    ]);
    expect(await kinds()).toEqual([]);
  });
});

describe('the deadline of a run', () => {
  const hence = async (ms: number) => new Date(Date.parse(await fleet.store.storeTime()) + ms).toISOString();
  const causes = async () =>
    (await fleet.store.observations(run.id)).map((seen) => `${seen.target} ${seen.ok ? 'ok' : seen.failure.code}`);

  it('is told to whoever looks, counts anew when the run is taken up with one, and lets nothing be begun after it', async () => {
    await create(targets, { endsAt: await hence(60_000) });
    await dispatchRun(fleet, run, targets, new Map());
    const own = await desk();
    const [lane] = await own.take(1);
    const order = await own.order(run.id);
    expect([order.endsAt, order.bound]).toEqual([lane?.bound, lane?.bound]);
    const later = await hence(90_000);
    await fleet.store.addDispatch(run.id, run.zone, 'other', { endsAt: later });
    // Who only watches changes nothing.
    await fleet.store.addDispatch(run.id, run.zone, 'third');
    expect((await own.order(run.id)).endsAt).toBe(later);
    expect((await own.take(1))[0]?.bound).toBe(later);
    const signal = new AbortController().signal;
    const clock = { at: order.endsAt ?? '' };
    const looker = createLooker(order, { unresolved: new Map(), signal, now: () => clock.at });
    const look = async () => (await looker.look(target('192.0.2.1'))).map((seen) => seen.ok || seen.failure.code);
    expect(new Set(await look())).toEqual(new Set(['not-run']));
    looker.bindBy({ endsAt: later });
    // No document covers it: the address is asked about, which is not done after the end.
    expect(new Set(await look())).toEqual(new Set(['not-permitted']));
  });

  it('ends what no worker came to a lease later, once, as not observed; what is brought then is there already', async () => {
    await create(targets, { endsAt: await hence(-11_000) });
    await dispatchRun(fleet, run, targets, new Map());
    const own = await desk();
    const lane = laneAt(await own.take(10), '192.0.2.1');
    await own.deliver(lane.lease, resultsOf(lane).slice(0, 1));
    const keepers = ['a', 'b'].map((by) => createFleetKeeper(fleet, { by, starter: 'starter' }));
    await Promise.all(keepers.map((one) => one.round()));
    expect(await fleet.store.targetCounts(run.id)).toEqual({ waiting: 0, done: 4 });
    const told = await causes();
    expect(told.filter((one) => one.endsWith(' ok'))).toEqual(['192.0.2.1:80 ok']);
    expect(new Set(told.filter((one) => !one.endsWith(' ok')))).toEqual(
      new Set(['192.0.2.1:81', '192.0.2.2:80', '192.0.2.3:80'].map((key) => `${key} not-run`)),
    );
    expect(await own.deliver(lane.lease, resultsOf(lane).slice(1))).toEqual(['had']);
    expect(await causes()).toEqual(told);
    const events = await fleet.store.runEvents(run.id);
    expect(events.map(({ kind, detail }) => [kind, detail['targets']])).toEqual([['deadline-passed', 3]]);
    await Promise.all(keepers.map((one) => one.round()));
    expect((await fleet.store.run(run.id))?.state).toBe('finished');
  });

  it('is waited for with a lease of grace: workers tell what they saw by then', async () => {
    await create(targets, { endsAt: await hence(-5000) });
    await dispatchRun(fleet, run, targets, new Map());
    await createFleetKeeper(fleet, { by: 'a', starter: 'starter' }).round();
    expect(await fleet.store.targetCounts(run.id)).toEqual({ waiting: 4, done: 0 });
  });
});

describe('sending lanes', () => {
  it('is finished by whoever takes it up, however often', async () => {
    await create();
    await fleet.queue.send(run.zone, [{ run: run.id, lane: '192.0.2.2', keys: ['192.0.2.2:80'] }]);
    expect(await mendDispatch(fleet, run)).toBe(2);
    expect(await mendDispatch(fleet, run)).toBe(0);
    const own = await desk();
    expect((await own.take(10)).length).toBe(3);
    expect(await mendDispatch(fleet, run)).toBe(0);
  });

  it('makes lanes of jobs that ended anew, as after a backup was put back', async () => {
    await begin();
    const own = await desk();
    for (const lane of await own.take(10)) await own.deliver(lane.lease, resultsOf(lane));
    await lab.psql(name, "delete from finding; delete from observation; update target set state = 'waiting'");
    expect(await mendDispatch(fleet, run)).toBe(3);
    expect((await own.take(10)).flatMap((lane) => lane.targets).length).toBe(4);
  });

  it('waits for no worker that is lost: lanes came back with a backup, the queue and who had them did not', async () => {
    await begin();
    await (await desk()).take(2);
    expect(await fleet.store.lanesUnderWay(run.id)).toBe(2);
    await lab.psql(name, "delete from rasoat_queue.job; update worker set seen_at = '2026-01-01T00:00:00.000Z'");
    await fleet.store.loseWorkers(10_000);
    expect(await fleet.store.lanesUnderWay(run.id)).toBe(0);
    expect(await mendDispatch(fleet, run)).toBe(3);
    expect((await (await desk()).take(10)).flatMap((lane) => lane.targets).length).toBe(4);
  });
});

describe('readings of controls', () => {
  it('of several workers at once are all kept, once each, and none after the end', async () => {
    await begin();
    const desks = [await desk(), await desk(), await desk()];
    const round = { at: '2026-11-26T00:00:00.000Z', looks: [], costs: [], resolverCosts: [] };
    const tell = () => Promise.all(desks.map((one) => one.controls(run.id, round)));
    expect(await tell()).toEqual(['kept', 'kept', 'kept']);
    expect(await tell()).toEqual(['had', 'had', 'had']);
    expect(await fleet.store.controls.rounds(run.id)).toEqual([round, round, round]);
    await fleet.store.finishRun(run.id, 'finished', await fleet.store.storeTime());
    const late = { ...round, at: '2026-11-26T00:00:01.000Z' };
    expect(await desks[0]?.controls(run.id, late)).toBe('fenced');
    expect(await fleet.store.controls.rounds(run.id)).toHaveLength(3);
  });
});

describe('holds of addresses', () => {
  it('go from one to the next, never to two, and come back when nothing renews them', async () => {
    const [one, other] = [await desk(), await desk()];
    const held = await Promise.all(['10.0.0.1', '10.0.0.2'].map((address) => one.holds.take(address)));
    expect(held.map((hold) => hold?.forMs)).toEqual([4000, 4000]);
    expect(await other.holds.take('10.0.0.1')).toBeUndefined();
    const [first, second] = held;
    if (first === undefined || second === undefined) throw new Error('not held');
    expect(await one.holds.renew(first)).toBeDefined();
    await one.holds.release(first);
    expect((await other.holds.take('10.0.0.1'))?.fence).toBe(first.fence + 1);
    expect(await one.holds.renew(first)).toBeUndefined();
    await lab.psql(name, "update address_hold set until_ms = 1 where address = '10.0.0.2'");
    expect(await other.holds.take('10.0.0.2')).toBeDefined();
    expect(await one.holds.renew(second)).toBeUndefined();
  });

  it('are let go of when idle, so that two who want each other’s address both get on', async () => {
    const [one, other] = [await desk(), await desk()];
    const [a, b] = [createHoldKeeper(one.holds), createHoldKeeper(other.holds)];
    const [mine, theirs] = [a.forWire(), b.forWire()];
    const [first, second] = [await mine.enter('10.0.1.1'), await theirs.enter('10.0.1.2')];
    first.leave();
    second.leave();
    const crossed = await Promise.all([mine.enter('10.0.1.2'), theirs.enter('10.0.1.1')]);
    expect(crossed.map((use) => use.isValid())).toEqual([true, true]);
    for (const use of crossed) use.leave();
    await Promise.all([a.close(), b.close()]);
  });

  it('are let go of though whoever asked was stopped before it opened anything', async () => {
    const [one, other] = [await desk(), await desk()];
    const stop = new AbortController();
    const holds = {
      ...one.holds,
      take: async (address: string) => {
        const hold = await one.holds.take(address);
        stop.abort(new Error('stopped'));
        return hold;
      },
    };
    await expect(createHoldKeeper(holds).forWire().enter('10.0.3.1', stop.signal)).rejects.toThrow('stopped');
    const keeper = createHoldKeeper(other.holds);
    const use = await keeper.forWire().enter('10.0.3.1');
    use.leave();
    await keeper.close();
  });

  it('end here before they end at the desk: nothing is opened past that, and what is open is closed', async () => {
    const own = await desk();
    const keeper = createHoldKeeper({ ...own.holds, renew: () => Promise.reject(new DeskAway('cut')) });
    const since = performance.now();
    const use = await keeper.forWire().enter('10.0.2.1');
    expect(use.isValid()).toBe(true);
    await new Promise((resolve) => {
      use.lost.addEventListener('abort', resolve);
    });
    expect(performance.now() - since).toBeLessThan(times.holdMs);
    expect(use.isValid()).toBe(false);
    expect(keeper.lostSince('10.0.2.1', since)).toBe(true);
    expect(await lab.psql(name, 'select until_ms > extract(epoch from now()) * 1000 from address_hold')).toBe('t');
    use.leave();
  });
});
