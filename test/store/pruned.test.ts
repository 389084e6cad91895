import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { canonicalJson } from '../../src/model/canonical.ts';
import type { Observation } from '../../src/model/observation.ts';
import { applyPrune, planPrune } from '../../src/pipeline/prune.ts';
import { judgeAgain } from '../../src/pipeline/rejudge.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import { verifyHistory } from '../../src/pipeline/verify-history.ts';
import { digestsOf } from '../../src/store/copy.ts';
import type { StorePlace } from '../../src/store/place.ts';
import { openDatabase, openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { scratch } from '../e2e/cli.ts';
import { engine } from './engine.ts';
import { addWideRun, systemsOf, targetKey } from './wide-runs.ts';

let folder: ReturnType<typeof scratch>;
let place: StorePlace;
let store: Store;
beforeEach(async () => {
  folder = scratch();
  place = await engine().place(folder.path);
  store = await openStore(place);
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const now = '2026-11-26T03:00:00.000Z';
const about = () => ({ out: folder.path, now });

/**
 * Five runs. Old ones of one zone: all fail; a is fixed; b is last seen failing in run 2, c in run 3. Then the newest of another zone,
 * and a run of last month.
 */
async function fiveRuns(): Promise<void> {
  await addWideRun(store, { id: 'r1', at: '2025-03-01', sees: { a: 'F', b: 'F', c: 'F' } });
  await addWideRun(store, { id: 'r2', at: '2025-04-01', sees: { a: 'P', b: 'F', c: 'F' } });
  await addWideRun(store, { id: 'r3', at: '2025-05-01', sees: { a: 'P', b: 'o', c: 'F' } });
  await addWideRun(store, { id: 'lan', at: '2025-06-01', zone: 'lan', sees: { a: 'F', b: 'F', c: 'F' } });
  await addWideRun(store, { id: 'r4', at: '2026-10-26', sees: { a: 'P', b: 'o', c: 'o' } });
  await trackRuns(store);
}

async function digests() {
  const db = await openDatabase(place);
  try {
    return new Map((await digestsOf(db)).map(({ table, rows, sha256 }) => [table as string, `${rows} ${sha256}`]));
  } finally {
    await db.destroy();
  }
}
const keysOf = (observations: readonly Observation[]) => [...new Set(observations.map(({ target }) => target))];

async function pruneAll(): Promise<void> {
  await applyPrune(store, await planPrune(store, about()), about());
}

describe('retention', () => {
  it('tells what would go and touches nothing', async () => {
    await fiveRuns();
    const before = await digests();
    const plan = await planPrune(store, about());
    expect(plan).toMatchObject({ months: 12, before: '2025-11-26', begun: [] });
    expect(plan.going.map(({ run, rows, keptRows }) => [run.id, rows, keptRows])).toEqual([
      ['r1', 6, 0],
      ['r2', 4, 2],
      ['r3', 4, 2],
    ]);
    expect(plan.going[0]?.bytes).toBeGreaterThan(500);
    expect(plan.held.map(({ run, because }) => [run.id, because])).toEqual([['lan', 'newest-of-zone']]);
    expect(await digests()).toEqual(before);
  });

  it('removes raw observations and nothing else, row for row', async () => {
    await fiveRuns();
    const before = await digests();
    const looks = await store.scanLooks(now);
    const seen = await store.lastSeen(now);
    const all = await store.observations('r1');
    const rows = all.map((one) => ({
      run: 'r1',
      target: one.target,
      kind: one.kind,
      at: one.at,
      ok: one.ok ? 1 : 0,
      failure: one.ok ? null : one.failure.code,
      body: canonicalJson(one),
    }));
    await pruneAll();
    const after = await digests();
    for (const [table, digest] of before)
      if (table !== 'observation' && table !== 'pruned') expect([table, after.get(table)]).toEqual([table, digest]);
    expect(after.get('pruned')).toMatch(/^3 /);
    expect(await store.observations('r1')).toEqual([]);
    // What each open finding was last seen by.
    expect(keysOf(await store.observations('r2'))).toEqual([targetKey('b')]);
    expect(keysOf(await store.observations('r3'))).toEqual([targetKey('c')]);
    expect(keysOf(await store.observations('lan'))).toHaveLength(3);
    expect(keysOf(await store.observations('r4'))).toHaveLength(3);
    // When and how well each system was looked at is known as before.
    expect(await store.scanLooks(now)).toEqual(looks);
    expect(await store.lastSeen(now)).toEqual(seen);
    expect(await store.scanLooks('2025-04-15T00:00:00.000Z')).toEqual(
      looks.filter(({ run }) => run === 'r1' || run === 'r2'),
    );
    const run = await store.run('r1');
    expect(run?.pruned).toEqual({ at: now, months: 12 });
    expect((await store.run('r4'))?.pruned).toBeUndefined();
    // A backup proves that these were the rows.
    const hash = createHash('sha256');
    for (const row of rows) hash.update(`${canonicalJson(row)}\n`);
    const db = await openDatabase(place);
    const noted = await db
      .selectFrom('pruned')
      .select(['sha256', 'removed'])
      .where('run', '=', 'r1')
      .executeTakeFirstOrThrow();
    await db.destroy();
    expect(noted).toMatchObject({ sha256: hash.digest('hex'), removed: 6 });
    expect((await verifyHistory(store)).faults).toEqual([]);
    expect((await planPrune(store, about())).going).toEqual([]);
  });

  it('judges a pruned run no more', async () => {
    await fiveRuns();
    await pruneAll();
    const run = await store.run('r2');
    if (run === undefined) throw new Error('no run');
    const { lawbook } = await store.judgement('r2');
    await expect(judgeAgain(store, run, lawbook)).rejects.toThrow(UserError);
    expect(await store.findings((await store.judgement('r2')).id)).toHaveLength(3);
  });

  it('keeps runs that are not finished, of which a pack was made, or that the history has not taken in', async () => {
    await addWideRun(store, { id: 'r0', at: '2025-01-01', sees: { a: 'F' } });
    await addWideRun(store, { id: 'r1', at: '2025-02-01', sees: { a: 'F' }, state: 'interrupted' });
    await addWideRun(store, { id: 'r2', at: '2025-03-01', sees: { a: 'F' } });
    await trackRuns(store);
    await addWideRun(store, { id: 'r3', at: '2026-11-01', sees: { a: 'F' } });
    await addWideRun(store, { id: 'r2b', at: '2025-03-02', sees: { a: 'F' } });
    mkdirSync(join(folder.path, '.evidence-salts'));
    writeFileSync(join(folder.path, '.evidence-salts', 'r2'), 'x');
    const plan = await planPrune(store, about());
    expect(plan.going.map(({ run }) => run.id)).toEqual(['r0']);
    expect(plan.held.map(({ run, because }) => [run.id, because])).toEqual([
      ['r1', 'unfinished'],
      ['r2', 'evidence-pack'],
      ['r2b', 'not-taken-in'],
    ]);
  });

  it('keeps what proves that markers of a detection check were sent', async () => {
    await addWideRun(store, { id: 'r1', at: '2025-03-01', sees: { a: 'F' }, settings: { detection: { seed: 'x' } } });
    await addWideRun(store, { id: 'r2', at: '2026-11-01', sees: { a: 'F' } });
    await trackRuns(store);
    await pruneAll();
    expect((await store.observations('r1')).map(({ kind }) => kind)).toEqual(['http']);
  });

  it('keeps no shorter than a text asks for by the levels of the inventory', async () => {
    await addWideRun(store, { id: 'r1', at: '2026-11-01', sees: { a: 'F' }, levels: { a: 3 } });
    await expect(planPrune(store, { ...about(), months: 2 })).rejects.toThrow('retention.too-short');
    expect((await planPrune(store, { ...about(), months: 3 })).months).toBe(3);
    await addWideRun(store, { id: 'r2', at: '2026-11-02', sees: { a: 'F', b: 'F' }, levels: { a: 1 } });
    // One that has declared no level counts as the highest.
    await expect(planPrune(store, { ...about(), months: 11 })).rejects.toThrow('retention.too-short');
  });

  it('goes on after kill -9 between two batches, with what was decided before it', async () => {
    await addWideRun(store, { id: 'r1', at: '2025-03-01', sees: systemsOf(12, 'F') });
    await addWideRun(store, { id: 'r2', at: '2026-11-01', sees: systemsOf(12, 'F') });
    await trackRuns(store);
    const whole = await store.scanLooks(now);
    const program = `
      import { openStore } from ${JSON.stringify(new URL('../../src/store/store.ts', import.meta.url).href)};
      const store = await openStore(${JSON.stringify(place)});
      await store.prune.begin({ run: 'r1', at: ${JSON.stringify(now)}, months: 12, kept: { targets: ['${targetKey('s3')}'], kinds: [] } }, 10);
      process.kill(process.pid, 'SIGKILL');`;
    const { signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect([signal, stderr]).toEqual(['SIGKILL', '']);
    expect(await store.observations('r1')).toHaveLength(14);
    // Nobody takes the half for the whole meanwhile.
    expect((await store.run('r1'))?.pruned).toEqual({ at: now, months: 12 });
    expect(await store.scanLooks(now)).toEqual(whole);
    const plan = await planPrune(store, about());
    expect(plan).toMatchObject({ begun: ['r1'], going: [{ run: { id: 'r1' } }] });
    await applyPrune(store, plan, about());
    expect(keysOf(await store.observations('r1'))).toEqual([targetKey('s3')]);
    expect(await store.prune.begun()).toEqual([]);
    expect(await store.scanLooks(now)).toEqual(whole);
  });

  it('gives the room back', async () => {
    await addWideRun(store, { id: 'r1', at: '2025-03-01', sees: systemsOf(40, 'F'), padding: 60_000 });
    await addWideRun(store, { id: 'r2', at: '2026-11-01', sees: systemsOf(40, 'F') });
    await trackRuns(store);
    const result = await applyPrune(store, await planPrune(store, about()), about());
    expect(result).toMatchObject({ runs: 1, rows: 80, vacuumed: true });
    if (place.engine === 'postgres') return;
    expect(result.bytesBefore).toBeGreaterThan(2_000_000);
    expect(result.bytesAfter).toBeLessThan(result.bytesBefore / 2);
    expect(statSync(place.path).size).toBeLessThan(result.bytesBefore / 2);
  });
});
