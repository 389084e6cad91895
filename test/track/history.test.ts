import { spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepStrips, mostMarks, stripsOf } from '../../src/pipeline/strips.ts';
import { recordChange } from '../../src/pipeline/track-change.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import { loadFindings, loadTasks } from '../../src/pipeline/track-view.ts';
import { verifyHistory } from '../../src/pipeline/verify-history.ts';
import type { StorePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { putAside, say } from '../../src/track/change.ts';
import { rasoat, scratch } from '../e2e/cli.ts';
import { engine } from '../store/engine.ts';
import { asBefore } from '../store/older.ts';
import { addRun, type RunSketch } from './store-runs.ts';

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

const days = (sketches: readonly RunSketch['sees'][]) =>
  sketches.reduce(async (before, sees, day) => {
    await before;
    await addRun(store, { day, sees });
    await trackRuns(store);
  }, Promise.resolve());

async function only() {
  const [life] = await store.track.lives();
  if (life === undefined) throw new Error('nothing is tracked');
  return life;
}

/** Changes the file behind the program's back. */
const tamper = (sql: string, ...values: (string | number)[]) => engine().exec(place, sql, ...values);

const faults = async (head?: { seq: number; hash: string }) => (await verifyHistory(store, head)).faults;

describe('history in the store', () => {
  it('takes each run in once, in the order of their ends, those of an older store too', async () => {
    for (const day of [0, 1, 2]) await addRun(store, { day, sees: { a: 'F' } });
    expect(await trackRuns(store)).toBe(3);
    expect(await trackRuns(store)).toBe(0);
    expect((await only()).state).toBe('open');
    expect((await store.track.sightingsOf([(await only()).id])).map(({ run }) => run)).toEqual([
      'run-0',
      'run-1',
      'run-2',
    ]);
    expect(await faults()).toEqual([]);
  });

  it('lists no host of a system that may not be looked at any more, and calls nothing of it fixed', async () => {
    await days([{ a: 'F' }, { a: 'F' }]);
    expect((await loadFindings(store, '2026-01-10')).findings).toHaveLength(1);
    for (const day of [2, 3, 4]) await addRun(store, { day, sees: { a: 'F' }, excluded: true });
    await trackRuns(store);
    expect(await loadFindings(store, '2026-01-10')).toMatchObject({ findings: [], tally: { toMend: 0 } });
    expect(await loadTasks(store, '2026-01-10')).toEqual([]);
    expect((await only()).state).toBe('not-seen-lately');
  });

  it('tells of the systems asked for, and counts those alone', async () => {
    await days([{ a: 'F' }, { a: 'F' }]);
    const [life] = await store.track.lives();
    const own = await loadFindings(store, '2026-01-10', [life?.system ?? '']);
    expect(own).toEqual(await loadFindings(store, '2026-01-10'));
    expect(await loadFindings(store, '2026-01-10', ['other'])).toMatchObject({ findings: [], tally: { toMend: 0 } });
    expect((await loadFindings(store, '2026-01-10', [])).findings).toEqual([]);
  });

  it('keeps the last marks of all findings for lists, and anew when a run brings more', async () => {
    const sees = (day: number): RunSketch['sees'] =>
      day % 5 === 4 ? { a: 'P', b: 'o' } : { a: 'F', ...(day === 0 ? {} : { b: day % 2 === 0 ? 'F' : 'P' }) };
    const weeks = mostMarks + 2;
    for (let day = 0; day < weeks; day += 1) await addRun(store, { day, sees: sees(day) });
    await trackRuns(store);
    const ids = (await store.track.lives()).map(({ id }) => id);
    const many = [...ids, ...Array.from({ length: 300 }, (_, n) => `nobody-${n}`)];
    const lasts = async () =>
      new Map([...(await store.track.marks())].map(([id, marks]) => [id, marks.slice(-mostMarks)] as const));
    expect(ids).toHaveLength(2);
    expect(await stripsOf(store, many)).toEqual(await lasts());
    expect((await stripsOf(store, many)).get(ids[0] ?? '')).toHaveLength(mostMarks);
    // What is kept is what is given, and only as long as no run came since.
    await engine().exec(place, `UPDATE kept SET body = replace(body, '1', '3') WHERE what = ?`, 'strips');
    expect(await stripsOf(store, many)).not.toEqual(await lasts());
    await addRun(store, { day: weeks, sees: { a: 'o', b: 'F' } });
    await trackRuns(store);
    expect(await stripsOf(store, many)).toEqual(await lasts());
    await keepStrips(store);
    expect(await stripsOf(store, many)).toEqual(await lasts());
    const few = await stripsOf(store, ids.slice(0, 1));
    expect(few.get(ids[0] ?? '')?.at(-1)).toBe((await lasts()).get(ids[0] ?? '')?.at(-1));
  });

  it('lists from all sightings where nothing was kept', async () => {
    await days([{ a: 'F' }, { a: 'P' }]);
    const many = [...(await store.track.lives()).map(({ id }) => id), ...Array.from({ length: 300 }, String)];
    const kept = await stripsOf(store, many);
    await engine().exec(place, 'DELETE FROM kept WHERE what = ?', 'strips');
    expect(await stripsOf(store, many)).toEqual(kept);
    expect([...kept.values()]).toEqual([['fail', 'pass']]);
  });

  it('keeps what zones see apart', async () => {
    await addRun(store, { day: 0, sees: { a: 'F' } });
    await addRun(store, { day: 1, sees: { a: 'P' }, zone: 'lan' });
    await addRun(store, { day: 2, sees: { a: 'P' }, zone: 'lan' });
    await addRun(store, { day: 3, sees: { a: 'F' } });
    await trackRuns(store);
    expect(await store.track.lives()).toMatchObject([{ zone: 'internet', state: 'open', fails: 2 }]);
  });

  it.each<[string, string, (string | number)[]]>([
    ['altered', 'UPDATE history SET body = replace(body, ?, ?) WHERE seq = 6', ['Lò A', 'Lò B']],
    ['missing', 'DELETE FROM history WHERE seq = ?', [6]],
    ['cut', 'DELETE FROM history WHERE seq >= ?', [6]],
    [
      'unlinked',
      "INSERT INTO history SELECT seq + 1000, finding, run, 'x', hash, body FROM history WHERE seq = ?",
      [6],
    ],
    ['sightings', "UPDATE sighting SET mark = 'pass', evidence = NULL WHERE run = ?", ['run-1']],
    ['sightings', 'DELETE FROM sighting WHERE run = ?', ['run-1']],
    ['life', `UPDATE life SET body = replace(body, '"state":"in-progress"', ?)`, ['"state":"fixed-verified"']],
    ['life', 'DELETE FROM life WHERE finding <> ?', ['']],
  ])('finds what was done behind its back: %s', async (fault, sql, values) => {
    await days([{ a: 'F' }, { a: 'F' }]);
    const life = await only();
    await recordChange(store, [life.id], (one) =>
      say(one, 'in-progress', { by: 'Lò A', at: '2026-02-01T00:00:00.000Z' }),
    );
    expect(await faults()).toEqual([]);
    const records = (await store.track.head()).seq;
    expect(records).toBe(7);
    await store.close();
    await tamper(sql, ...values);
    store = await openStore(place);
    const found = await faults();
    expect(found.length).toBeGreaterThan(0);
    if (fault === 'unlinked') expect(found[0]).toMatchObject({ seq: 8, fault: 'missing' });
    else expect(found[0]).toMatchObject({ fault });
    if (fault === 'altered' || fault === 'missing' || fault === 'cut') expect(found[0]).toMatchObject({ seq: 6 });
    const { code, out } = await rasoat(['history', 'verify', '--out', folder.path]);
    expect(code).toBe(1);
    expect(out).toContain('NOT whole');
  });

  it('finds sightings of a run that the history does not hold', async () => {
    await days([{ a: 'F' }]);
    await addRun(store, { day: 9, sees: { a: 'P' } });
    await tamper("INSERT INTO sighting SELECT 'run-9', finding, 'pass', at, NULL, NULL FROM sighting");
    expect(await faults()).toEqual([{ run: 'run-9', fault: 'sightings-unsealed' }]);
  });

  it('knows by a noted head that the whole was written anew', async () => {
    await days([{ a: 'F' }, { a: 'F' }]);
    const noted = await store.track.head();
    expect(await faults(noted)).toEqual([]);
    const other = await openStore(folder.file('other.sqlite'));
    for (const day of [0, 1]) await addRun(other, { day, sees: { b: 'F' } });
    await trackRuns(other);
    expect((await verifyHistory(other)).faults).toEqual([]);
    expect((await verifyHistory(other, noted)).faults).toEqual([{ seq: noted.seq, fault: 'rewritten' }]);
    expect((await verifyHistory(other, { seq: 99, hash: noted.hash })).faults).toMatchObject([{ fault: 'cut' }]);
    await other.close();
  });

  it('loses nothing when two people change one finding at once', async () => {
    await days([{ a: 'F' }, { a: 'F' }]);
    const { id } = await only();
    const before = (await store.track.head()).seq;
    const each = 40;
    const codes = await Promise.all(
      ['An', 'Bình'].map(
        (by) =>
          new Promise<number | null>((resolve) => {
            const child = spawn(process.execPath, ['test/track/say-main.ts', folder.path, id, by, String(each)], {
              stdio: 'inherit',
            });
            child.once('close', resolve);
          }),
      ),
    );
    expect(codes).toEqual([0, 0]);
    const records = (await store.track.recordsOf([id])).slice(-2 * each).map(({ body }) => body as { by: string });
    expect(records.filter(({ by }) => by === 'An')).toHaveLength(each);
    expect(records.filter(({ by }) => by === 'Bình')).toHaveLength(each);
    expect((await store.track.head()).seq).toBe(before + 2 * each);
    expect(await faults()).toEqual([]);
  });

  it('writes nothing of a change that does not follow the head it read', async () => {
    await days([{ a: 'F' }]);
    const head = await store.track.head();
    const [record] = (await store.track.recordsOf([(await only()).id])).slice(-1);
    await expect(
      store.track.change(() =>
        Promise.resolve({
          records: [{ ...(record?.body as never as object), seq: 99, prev: head.hash, hash: 'x' } as never],
          lives: [],
        }),
      ),
    ).rejects.toThrow('another head');
    expect(await store.track.head()).toEqual(head);
  });

  it('takes all of a change of several findings or nothing', async () => {
    await days([
      { a: 'F', b: 'P' },
      { a: 'F', b: 'F' },
    ]);
    const [one, other] = await store.track.lives();
    const at = '2026-02-01T00:00:00.000Z';
    await recordChange(store, [one?.id ?? ''], (life) =>
      putAside(life, { as: 'waived', reason: 'r', document: 'd', approvedBy: 'B' }, { by: 'A', at }),
    );
    const head = await store.track.head();
    await expect(
      recordChange(store, [other?.id ?? '', one?.id ?? ''], (life) => say(life, 'in-progress', { by: 'A', at })),
    ).rejects.toThrow('track.refused');
    expect(await store.track.head()).toEqual(head);
  });
});

it.skipIf(engine().name !== 'sqlite')('opens a store from before there was a history', async () => {
  const old = folder.file('old.sqlite');
  const made = await openStore(old);
  await addRun(made, { day: 0, sees: { a: 'F' } });
  await made.close();
  asBefore(old, '0006-track');
  const opened = await openStore(old);
  expect(await trackRuns(opened)).toBe(1);
  expect(await opened.track.lives()).toMatchObject([{ check: 'a', state: 'new' }]);
  await opened.close();
});
