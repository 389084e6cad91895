import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadTrend } from '../../src/pipeline/load-trend.ts';
import { recordChange } from '../../src/pipeline/track-change.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import { readTrendState } from '../../src/pipeline/trend-state.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { putAside, say } from '../../src/track/change.ts';
import { scratch } from '../e2e/cli.ts';
import { at } from './build.ts';
import { countedWhole, grown } from './grown-trend.ts';
import { addRun, type RunSketch } from './store-runs.ts';

const here = scratch();
let stores = 0;
let store: Store;
beforeAll(async () => {
  store = await openStore(here.file('first.sqlite'));
});
afterAll(async () => {
  await store.close();
  here.remove();
});

const letter = fc.constantFrom<'F' | 'G' | 'P' | 'o'>('F', 'F', 'F', 'G', 'P', 'P', 'o');
const week = fc.record({
  sees: fc.record({ a: letter, b: letter, c: letter }),
  // Another check, or none: the lawbook is another then.
  d: fc.option(letter, { freq: 3 }),
  address: fc.constantFrom('192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'),
  excluded: fc.constantFrom(false, false, false, false, false, true),
  deed: fc.constantFrom('none', 'none', 'say', 'aside', 'verify', 'other-zone'),
});

const change = async (entry: (life: Parameters<typeof say>[0]) => ReturnType<typeof say>) => {
  const open = (await store.track.lives('internet')).find(({ state }) => state === 'open' || state === 'new');
  if (open !== undefined) await recordChange(store, [open.id], entry);
};
const newest = async (zone = 'internet') => {
  const run = (await store.runs()).find((one) => one.zone === zone);
  if (run === undefined) throw new Error('no run');
  return run;
};

async function carryOut(deed: string, day: number): Promise<void> {
  const hand = { by: 'A', at: at(day), document: '1/QĐ' };
  const aside = { as: 'waived', reason: 'x', document: '2/QĐ', approvedBy: 'B', until: '2026-12-31' } as const;
  if (deed === 'say') await change((life) => say(life, 'claimed-fixed', hand));
  if (deed === 'aside') await change((life) => putAside(life, aside, hand));
  if (deed === 'other-zone') await addRun(store, { day, sees: { a: 'F' }, zone: 'inside' });
  const [life] = await store.track.lives('internet');
  if (deed === 'verify' && life !== undefined)
    await addRun(store, { day, sees: { [life.check]: 'P' }, verification: [life.id] });
}

it('grows by a run to what counting the whole history comes to, week after week', async () => {
  let grew = 0;
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(week, { minLength: 4, maxLength: 7 }), async (weeks) => {
      await store.close();
      store = await openStore(here.file(`${String((stores += 1))}.sqlite`));
      let wasExcluded = false;
      for (const [index, { sees, d, address, excluded, deed }] of weeks.entries()) {
        await carryOut(deed, index * 7 + 3);
        await trackRuns(store);
        const sketch: RunSketch = { day: index * 7 + 7, sees: { ...sees, ...(d && { d }) }, address };
        await addRun(store, excluded ? { ...sketch, excluded } : sketch);
        await trackRuns(store);
        const run = await newest();
        const whole = await countedWhole(store, run);
        const kept = await grown(store, run);
        counted += 1;
        if (kept !== undefined) {
          grew += 1;
          expect(kept).toEqual(whole);
        }
        // What may not be spoken of any more was counted until then: that is no beginning.
        if (index > 0 && excluded === wasExcluded) expect(kept).toBeDefined();
        wasExcluded = excluded;
        const { points } = await loadTrend(store, { zone: 'internet' });
        expect(points.map((point) => point.run)).toEqual(whole.runs);
        expect(await grown(store, run)).toEqual(whole);
      }
    }),
    { numRuns: 6 },
  );
  expect(grew).toBeGreaterThan(counted / 2);
});

it('goes on where the newest run was judged again, and is kept once a zone', async () => {
  await store.close();
  store = await openStore(here.file('again.sqlite'));
  for (const day of [0, 7, 14]) {
    await addRun(store, { day, sees: { a: 'F', b: day === 14 ? 'P' : 'F' } });
    await trackRuns(store);
  }
  await addRun(store, { day: 14.5, sees: { a: 'F' }, zone: 'inside' });
  await trackRuns(store);
  const run = await newest();
  const { lawbook } = await store.judgement(run.id);
  const before = await grown(store, run);
  await store.addJudgement(run.id, at(15), lawbook, [], []);
  expect(await grown(store, run)).toBeUndefined();
  await loadTrend(store, { zone: 'internet' });
  expect(await grown(store, run)).toEqual(before);
  await addRun(store, { day: 21, sees: { a: 'P', b: 'P' } });
  await trackRuns(store);
  const later = await newest();
  expect(await grown(store, later)).toEqual(await countedWhole(store, later));
  expect(await readTrendState(store, run.id)).toBeUndefined();
  expect(await readTrendState(store, (await newest('inside')).id)).toBeDefined();
});
