import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asidesOfRun } from '../../src/pipeline/run-asides.ts';
import { recordChange } from '../../src/pipeline/track-change.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import { verifyHistory } from '../../src/pipeline/verify-history.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { putAside } from '../../src/track/change.ts';
import { asidesAgain } from '../../src/track/asides.ts';
import { scratch } from '../e2e/cli.ts';
import { addRun, type RunSketch } from './store-runs.ts';

let folder: ReturnType<typeof scratch>;
let store: Store;
beforeEach(async () => {
  folder = scratch();
  store = await openStore(folder.file('rasoat.sqlite'));
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const runs = async (...sketches: readonly RunSketch[]) => {
  for (const sketch of sketches) await addRun(store, sketch);
  await trackRuns(store);
};
const lifeOf = async (check: string) => {
  const found = (await store.track.lives()).find((one) => one.check === check);
  if (found === undefined) throw new Error(check);
  return found;
};
const marksOf = async (check: string) => {
  const { id } = await lifeOf(check);
  return (await store.track.sightingsOf([id])).map(({ mark }) => mark);
};
const verify = async (sketch: RunSketch, ...checks: readonly string[]) => {
  const findings: string[] = [];
  for (const check of checks) findings.push((await lifeOf(check)).id);
  await runs({ ...sketch, verification: findings });
};

describe('a verification taken in', () => {
  it('sees what was asked about and says nothing of the rest', async () => {
    await runs({ day: 0, sees: { a: 'F', b: 'F' } }, { day: 1, sees: { a: 'F', b: 'F' } });
    const before = await lifeOf('b');
    await verify({ day: 2, sees: { a: 'P' } }, 'a');
    expect([await marksOf('a'), await marksOf('b')]).toEqual([
      ['fail', 'fail', 'pass'],
      ['fail', 'fail'],
    ]);
    expect(await lifeOf('b')).toEqual(before);
    await verify({ day: 3, sees: { a: 'P' } }, 'a');
    expect((await lifeOf('a')).state).toBe('fixed-verified');
    expect((await verifyHistory(store)).faults).toEqual([]);
  });

  it('lets nothing be born, and is taken in once, by whoever comes first', async () => {
    await runs({ day: 0, sees: { a: 'F' } });
    await verify({ day: 1, sees: { a: 'F', other: 'F' } }, 'a');
    expect((await store.track.lives()).map(({ check }) => check)).toEqual(['a']);
    expect(await trackRuns(store)).toBe(0);
    expect((await store.runs()).map(({ id }) => id)).toEqual(['run-0']);
    expect((await store.verifications()).map(({ id }) => id)).toEqual(['run-1']);
  });

  it('moves every finding of a name that leads elsewhere, so that the next scan finds all of them again', async () => {
    await runs({ day: 0, sees: { a: 'F', b: 'F' } }, { day: 1, sees: { a: 'F', b: 'F' } });
    await verify({ day: 2, sees: { a: 'P' }, address: '192.0.2.9' }, 'a');
    for (const check of ['a', 'b']) expect((await lifeOf(check)).target).toContain('192.0.2.9');
    await runs({ day: 3, sees: { a: 'P', b: 'F' }, address: '192.0.2.9' });
    expect([(await lifeOf('a')).state, (await lifeOf('b')).state]).toEqual(['fixed-verified', 'open']);
    expect(await store.track.lives()).toHaveLength(2);
    expect((await verifyHistory(store)).faults).toEqual([]);
  });

  it('does not see where nothing was asked', async () => {
    await runs({ day: 0, sees: { a: 'F' } });
    await verify({ day: 1, sees: { a: 'x' } }, 'a');
    expect(await marksOf('a')).toEqual(['fail']);
    await verify({ day: 2, sees: { a: 'o' } }, 'a');
    expect(await marksOf('a')).toEqual(['fail', 'not-observed']);
    expect((await verifyHistory(store)).faults).toEqual([]);
  });
});

describe('what sets fails of a run aside', () => {
  const hand = { by: 'A', at: '2026-01-06T04:00:00.000Z' };
  const asides = async (day: number) => {
    const run = await store.run(`run-${day}`);
    if (run === undefined) throw new Error(String(day));
    const { id } = await store.judgement(run.id);
    const [inventory, findings] = [await store.inventory(run.id), await store.findings(id)];
    const at = run.endedAt ?? '';
    return { inventory, findings, asides: await asidesOfRun(store, { zone: run.zone, findings, inventory, at }) };
  };
  const waive = async (check: string, until: string) => {
    const request = { as: 'waived' as const, reason: 'r', document: 'd', approvedBy: 'B', until };
    await recordChange(store, [(await lifeOf(check)).id], (life) => putAside(life, request, hand));
  };

  it('is the life of the finding, for its evidence, up to its day', async () => {
    await runs({ day: 0, sees: { a: 'F', b: 'F' } }, { day: 1, sees: { a: 'F', b: 'F' } });
    await waive('a', '2026-01-08');
    await runs({ day: 2, sees: { a: 'F', b: 'F' } });
    const { id } = await lifeOf('a');
    expect((await asides(2)).asides).toMatchObject([{ finding: id, check: 'a', as: 'waived', until: '2026-01-08' }]);
    await runs({ day: 4, sees: { a: 'F', b: 'F' } });
    expect((await asides(4)).asides).toEqual([]);
  });

  it('ends with the evidence that it was given for', async () => {
    await runs({ day: 0, sees: { a: 'F' } });
    await waive('a', '2026-12-31');
    await runs({ day: 1, sees: { a: 'G' } });
    expect((await asides(1)).asides).toEqual([]);
  });

  it('is the same for old evidence judged again, and a waiver of the inventory sets new fails aside unless used up', async () => {
    await runs({ day: 0, sees: { a: 'F', b: 'P' } });
    await waive('a', '2026-12-31');
    await runs({ day: 1, sees: { a: 'F', b: 'P' } });
    const { inventory, findings: before, asides: held } = await asides(1);
    const [fail, pass] = before;
    if (fail === undefined || pass === undefined) throw new Error('two findings');
    const person = { name: 'A', position: 'B' };
    const waiver = { check: 'b', until: '2026-12-31', reason: 'r', requestedBy: person, approvedBy: person };
    const given = { ...inventory, systems: inventory.systems.map((one) => ({ ...one, waivers: [waiver] })) };
    const common = { before, asides: held, renamed: (id: string) => (id === 'a' ? 'new-a' : id), lives: [] };
    const again = (after: typeof before, spent: readonly string[] = []) =>
      asidesAgain({
        ...common,
        after,
        inventory: given,
        day: '2026-01-06',
        lives: [{ system: 's', target: pass.target, check: 'b', spent }],
      });
    const other = [{ at: '/y', saw: 2, because: { vi: 'y', en: 'y' } }];
    expect(again([{ ...fail, check: 'new-a' }])).toMatchObject([{ check: 'new-a', as: 'waived', reason: 'r' }]);
    expect(again([{ ...fail, evidence: other }])).toEqual([]);
    const fresh = again([{ ...pass, outcome: 'fail', evidence: other }]);
    expect(fresh).toMatchObject([{ check: 'b', requestedBy: 'A, B', until: '2026-12-31' }]);
    expect(again([{ ...pass, outcome: 'fail', evidence: other }], [fresh[0]?.inventory ?? ''])).toEqual([]);
  });
});

describe('a verdict that a control took away', () => {
  it('opens nothing, closes nothing and brings nothing back', async () => {
    await runs({ day: 0, sees: { a: 'F', b: 'F', never: 'c' } }, { day: 1, sees: { a: 'F', b: 'F', never: 'c' } });
    // One pass proves no fix, and what was withheld is no second one.
    await runs({ day: 2, sees: { a: 'c', b: 'P', never: 'c' } }, { day: 3, sees: { a: 'c', b: 'c', never: 'c' } });
    expect([(await lifeOf('a')).state, (await lifeOf('b')).state]).toEqual(['open', 'open']);
    await runs({ day: 4, sees: { a: 'P', b: 'P', never: 'c' } }, { day: 5, sees: { a: 'P', b: 'P', never: 'c' } });
    await runs({ day: 6, sees: { a: 'c', b: 'c', never: 'c' } }, { day: 7, sees: { a: 'c', b: 'c', never: 'c' } });
    expect([(await lifeOf('a')).state, (await lifeOf('b')).state]).toEqual(['fixed-verified', 'fixed-verified']);
    expect((await store.track.lives()).map(({ check }) => check).toSorted()).toEqual(['a', 'b']);
    expect(await marksOf('a')).toContain('not-observed');
  });
});
