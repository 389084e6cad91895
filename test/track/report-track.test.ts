import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReportTrack, trackGround } from '../../src/pipeline/report-track.ts';
import { recordChange } from '../../src/pipeline/track-change.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { putAside, say } from '../../src/track/change.ts';
import { sumTrend, toMendOf, type Trend } from '../../src/model/track/trend.ts';
import { scratch } from '../e2e/cli.ts';
import { at } from './build.ts';
import { addRun, type RunSketch } from './store-runs.ts';

const here = scratch();
let store: Store;
beforeAll(async () => {
  store = await openStore(here.file('rasoat.sqlite'));
});
afterAll(async () => {
  await store.close();
  here.remove();
});

const scan = async (sketch: RunSketch) => {
  await addRun(store, sketch);
  await trackRuns(store);
};

async function load(id: string, how: Parameters<typeof loadReportTrack>[3] = {}) {
  const run = await store.run(id);
  if (run === undefined) throw new Error(id);
  const inventory = await store.inventory(id);
  const ground = await trackGround(store, run, { inventory, judgement: await store.judgement(id) });
  return loadReportTrack(store, run, ground, how);
}

const hand = (day: number) => ({ by: 'A', at: at(day), document: '1/QĐ' });
const change = async (check: string, entry: (life: Parameters<typeof say>[0]) => ReturnType<typeof say>) => {
  const life = (await store.track.lives()).find((one) => one.check === check);
  await recordChange(store, [life?.id ?? ''], entry);
};

const summed = (trend: Trend | undefined) => ({
  runs: trend?.runs,
  counts: trend === undefined ? [] : sumTrend(trend, trend.systems.keys()),
});

describe('the life of findings in a report', () => {
  it('is of the run, whatever was said or seen since', async () => {
    await scan({ day: 0, sees: { a: 'F', b: 'F', c: 'P' } });
    await change('a', (life) => say(life, 'in-progress', hand(1)));
    await scan({ day: 7, sees: { a: 'F', b: 'F', c: 'P' } });
    const then = await load('run-7');
    expect(then?.findings.map(({ state }) => state).sort()).toEqual(['in-progress', 'open']);
    expect(then?.tally.toMend).toBe(2);

    await change('a', (life) => say(life, 'claimed-fixed', hand(8)));
    await change('b', (life) =>
      putAside(life, { as: 'waived', reason: 'x', document: '2/QĐ', approvedBy: 'B', until: '2026-12-31' }, hand(8)),
    );
    expect(await load('run-7')).toEqual(then);
    await scan({ day: 7.5, sees: { a: 'F' }, zone: 'inside' });
    await scan({ day: 14, sees: { a: 'P', b: 'F', c: 'F' } });
    await scan({ day: 21, sees: { a: 'P', b: 'F', c: 'F' } });
    expect(await load('run-7')).toEqual(then);

    const now = await load('run-21');
    // What stands is read where it lies, of the run after which nothing was said; of any other it is told by the history.
    const present = await load('run-21', { present: true });
    expect({ ...present, trend: now?.trend }).toEqual({ ...now, strips: new Map(), history: new Map() });
    expect(summed(present?.trend)).toEqual(summed(now?.trend));
    expect(await load('run-7', { present: true })).toEqual(then);
    expect(now?.findings.map(({ state, life }) => `${life.check} ${state}`).sort()).toEqual([
      'a fixed-verified',
      'b waived',
      'c open',
    ]);
    // Of some systems: where something was seen or said since, their history is played; of the newest run it need not be.
    expect(await load('run-21', { systems: ['s'] })).toEqual(now);
    expect(await load('run-7', { systems: ['s'] })).toEqual(then);
    expect(await load('run-21', { systems: ['nobody'] })).toMatchObject({
      findings: [],
      trend: { runs: now?.trend?.runs },
    });
    const lives = await store.track.lives('internet');
    expect(now?.findings.map(({ life }) => life)).toEqual(lives);
    expect([...(now?.strips.values() ?? [])].map((strip) => strip.map(({ run }) => run).join(' ')).sort()).toEqual([
      'run-0 run-7 run-14 run-21',
      'run-0 run-7 run-14 run-21',
      'run-14 run-21',
    ]);
  });

  it('has the trend of its zone alone', async () => {
    const trend = (await load('run-21'))?.trend;
    if (trend === undefined) throw new Error('no trend');
    expect(trend.runs.map(({ run }) => run)).toEqual(['run-0', 'run-7', 'run-14', 'run-21']);
    const counts = sumTrend(trend, ['s']);
    expect(counts.map(toMendOf)).toEqual([0, 2, 1, 1]);
    expect(counts.map(({ fixed }) => fixed)).toEqual([0, 0, 0, 1]);
    expect(counts.map(({ setAside }) => setAside)).toEqual([0, 0, 1, 0]);
    expect(counts.map(({ coverage }) => coverage)).toEqual(Array.from({ length: 4 }, () => ({ seen: 3, needed: 3 })));
  });

  it('tells what it cannot tell apart: checks changed over observations that are not there', async () => {
    await scan({ day: 28, sees: { a: 'P', b: 'F', c: 'F', d: 'F' } });
    await scan({ day: 35, sees: { a: 'P', b: 'F', c: 'F', d: 'F' } });
    const trend = (await load('run-35'))?.trend;
    expect(trend?.runs.map(({ checks, toldApart }) => [checks, toldApart])).toEqual([
      [false, true],
      [false, true],
      [false, true],
      [false, true],
      [true, false],
      [false, true],
    ]);
    // A check that is new never makes the province worse.
    expect(sumTrend(trend ?? { runs: [], systems: new Map() }, ['s']).map(({ raised }) => raised)).toEqual([
      0, 0, 0, 0, 0, 1,
    ]);
  });

  it('is undefined for a run that was not taken in', async () => {
    await addRun(store, { day: 42, sees: { a: 'F' } });
    expect(await load('run-42')).toBeUndefined();
  });

  it('is noted later of a store from before there were trends', async () => {
    await trackRuns(store);
    expect((await store.track.glanceRuns()).length).toBe((await store.track.runs()).length);
    const before = await store.track.glances();
    await store.track.saveGlance('run-0', { checks: true, data: true, toldApart: false, origins: [], coverage: [] });
    expect(await store.track.glances()).toEqual(before);
  });
});
