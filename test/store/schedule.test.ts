import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure, type Failure } from '../../src/model/failure.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { ScanLook } from '../../src/model/scan-look.ts';
import type { SchedulerState } from '../../src/model/scheduler.ts';
import type { Target } from '../../src/model/target.ts';
import { knownLooks } from '../../src/pipeline/known-looks.ts';
import type { StorePlace } from '../../src/store/place.ts';
import { takeSeat } from '../../src/store/seat.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { engine } from './engine.ts';

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

const instant = (day: number, hour = 0): string => new Date(Date.UTC(2026, 10, day, hour)).toISOString();

/** A finished run that saw a target, was refused by the hour at it, or by its document. */
async function addRun(
  id: string,
  day: number,
  sees: Readonly<Record<string, 'seen' | 'hour' | 'never'>>,
  partial?: object,
): Promise<void> {
  const targets = Object.keys(sees).map((key): Target => {
    return {
      key: `${key} [192.0.2.1]`,
      kind: 'host',
      system: key.slice(0, 1),
      endpoint: { kind: 'host', host: key },
      address: '192.0.2.1',
    };
  });
  await store.createRun({
    id,
    tool: 't',
    zone: 'internet',
    startedAt: instant(day),
    inventory: { systems: [] } as unknown as Inventory,
    targets,
    ...(partial === undefined ? {} : { kind: 'partial' as const }),
    settings: partial === undefined ? {} : { partial },
    lawbook: { checks: [], frameworks: [], reference: {} },
  });
  for (const { key } of targets) {
    const saw = sees[key.slice(0, key.indexOf(' '))];
    const why: Failure = failure(
      'not-permitted',
      saw === 'hour' ? '192.0.2.1 port 22: outside-hours: vb permits 22:00-05:00' : 'x: no-authorisation',
    );
    const common = {
      kind: 'ports' as const,
      target: key,
      zone: 'internet',
      at: instant(day, 1),
      ms: 1,
      probe: 'ports/3',
    };
    const observation = {
      ...common,
      ...(saw === 'seen' ? { ok: true, facts: {} } : { ok: false, failure: why }),
    } as Observation;
    await store.commitTarget(id, 's', {
      target: key,
      observations: [observation],
      findings: [],
      costs: [],
      resolverCosts: [],
    });
  }
  await store.finishRun(id, 'finished', instant(day, 2));
}

describe('what a store tells a schedule', () => {
  const ask = (at: string, rewind?: { at: string; runs: string[] }) =>
    knownLooks(store, {
      zone: 'internet',
      systems: new Set(['a', 'b', 'c']),
      at,
      ...(rewind === undefined ? {} : { rewind }),
    });

  it('is the latest look at the whole of each system, and what was left of it since', async () => {
    await addRun('r1', 1, { a1: 'seen', a2: 'hour', b1: 'seen', c1: 'never' });
    const first = await ask(instant(2));
    expect(first.get('a')).toMatchObject({
      last: { at: instant(1, 1), seen: 1, needed: 2 },
      left: [{ at: instant(1, 1) }],
    });
    expect(first.get('a')?.left.map(({ target }) => target.key)).toEqual(['a2 [192.0.2.1]']);
    expect(first.get('b')).toEqual({ last: { at: instant(1, 1), seen: 1, needed: 1 }, left: [] });
    // What no document covers waits for no hour; nothing of it was seen, so its look is the run's end.
    expect(first.get('c')).toEqual({ last: { at: instant(1, 2), seen: 0, needed: 1 }, left: [] });

    await addRun('r2', 3, { a2: 'seen', b1: 'seen' }, { systems: ['b'], left: [{ system: 'a', places: ['a2'] }] });
    const second = await ask(instant(4));
    // The rest of a system is no look at the whole of it.
    expect(second.get('a')).toEqual({ last: { at: instant(1, 1), seen: 1, needed: 2 }, left: [] });
    expect(second.get('b')).toMatchObject({ last: { at: instant(3, 1) } });
    expect((await store.scanLooks(instant(4))).map(({ run, system }) => `${run} ${system}`)).toEqual([
      'r1 a',
      'r1 b',
      'r2 b',
    ]);
    // What an interval is counted from is told without a year of looks.
    const newest = (looks: readonly ScanLook[], system: string) =>
      looks
        .filter((look) => look.system === system && look.seen === look.needed && look.at < instant(4))
        .sort((one, other) => (one.at < other.at ? 1 : -1))[0];
    const all = await store.scanLooks(instant(4));
    const asked = { until: instant(4), before: instant(4) };
    const whole = await store.wholeLooks(asked);
    for (const system of ['a', 'b', 'c']) expect(newest(whole, system)).toEqual(newest(all, system));
    expect(newest(whole, 'b')?.run).toBe('r2');
    expect(await store.wholeLooks({ ...asked, systems: ['a', 'c'] })).toEqual([]);
    expect((await store.wholeLooks({ ...asked, before: instant(2) })).map(({ run }) => run)).toEqual(['r1']);
    // What began later is not asked about.
    expect((await store.wholeLooks({ ...asked, until: instant(2) })).map(({ run }) => run)).toEqual(['r1']);
    expect([...(await store.lastSeen(instant(4)))]).toEqual(
      expect.arrayContaining([
        ['a', instant(3, 1)],
        ['b', instant(3, 1)],
      ]),
    );
    expect([(await store.runs()).length, (await store.partials()).length]).toEqual([1, 1]);
  });

  it('leaves out what lies after a day gone by, and counts what a clock set back since has put in the future', async () => {
    await addRun('r1', 1, { a1: 'seen' });
    await addRun('r2', 20, { a1: 'seen' });
    expect((await ask(instant(5))).get('a')?.last?.at).toBe(instant(1, 1));
    expect((await ask(instant(5), { at: instant(4), runs: [] })).get('a')?.last?.at).toBe(instant(20, 1));
    expect((await ask(instant(5), { at: instant(4), runs: ['r2'] })).get('a')?.last?.at).toBe(instant(4));
    // Even when the clock has come to where the run seems to be: it was made before.
    await addRun('r3', 12, { a1: 'seen' });
    expect((await ask(instant(25), { at: instant(4), runs: ['r2'] })).get('a')?.last?.at).toBe(instant(12, 1));
  });

  it('holds what its scheduler last said', async () => {
    expect(await store.schedulerState()).toBeUndefined();
    const state: SchedulerState = {
      host: 'h',
      pid: 1,
      startedAt: instant(1),
      at: instant(1),
      phase: 'waiting',
      zones: ['internet'],
    };
    await store.saveSchedulerState(state);
    const later: SchedulerState = {
      ...state,
      at: instant(2),
      phase: 'error',
      problems: [{ file: 'x', line: 3, message: { key: 'k', params: {} } }],
    };
    await store.saveSchedulerState(later);
    expect(await store.schedulerState()).toEqual(later);
  });
});

describe('the seat of the scheduler', () => {
  it('is one; the next has it when it is given back', async () => {
    const first = await takeSeat(place, folder);
    expect(first).toBeDefined();
    expect(await takeSeat(place, folder)).toBeUndefined();
    await first?.release();
    const second = await takeSeat(place, folder);
    expect(second).toBeDefined();
    expect(first?.lost.aborted).toBe(false);
    await second?.release();
  });

  it.skipIf(engine().name === 'sqlite')(
    'is lost with the connection that holds it, which its holder learns',
    async () => {
      const first = await takeSeat(place, folder);
      await engine().exec(
        place,
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rasoat scheduler' and datname = current_database()",
      );
      await new Promise<void>((resolve) => {
        if (first?.lost.aborted === true) resolve();
        else
          first?.lost.addEventListener('abort', () => {
            resolve();
          });
      });
      const second = await takeSeat(place, folder);
      expect(second).toBeDefined();
      await first?.release();
      await second?.release();
    },
  );
});
