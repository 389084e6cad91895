import { expect, it } from 'vitest';
import type { FleetLab } from './lab.ts';
import { run } from './lanes.ts';

/** What the desk notes of those who work: a clock that is off, and who fell silent. */
export function testWorkers(lab: FleetLab): void {
  const { begin, desk, kinds, silence, worker } = lab;

  it('notes a clock that is off with the runs it works at', async () => {
    await begin();
    const { desk: own, about } = await worker();
    await own.hello({ ...about, clockOffsetMs: -7_200_000 });
    await own.take(1);
    await own.take(1);
    const events = await lab.fleet.store.runEvents(run.id);
    expect(events.map(({ kind, detail }) => [kind, detail['seconds']])).toEqual([['clock-off', -7200]]);
    expect((await lab.fleet.store.workers()).at(-1)?.clockOffsetMs).toBe(-7_200_000);
    // One that is set amid the lanes in hand is noted then, for it may be right again before others are taken.
    const { desk: set, about: its } = await worker();
    const [lane] = await set.take(1);
    if (lane === undefined) throw new Error('no lane');
    await set.touch([lane.lease]);
    await set.hello({ ...its, clockOffsetMs: 10_800_000 });
    await set.hello({ ...its, clockOffsetMs: 3 });
    expect((await lab.fleet.store.runEvents(run.id)).map(({ detail }) => detail['seconds'])).toEqual([-7200, 10_800]);
  });

  it('marks who fell silent once, with the runs whose lanes they had', async () => {
    await begin();
    const own = await desk();
    await own.take(2);
    await lab.psql("update worker set seen_at = '2026-01-01T00:00:00.000Z'");
    expect((await lab.fleet.store.loseWorkers(10_000)).length).toBe(1);
    expect(await lab.fleet.store.loseWorkers(10_000)).toEqual([]);
    const events = await lab.fleet.store.runEvents(run.id);
    expect(events.map(({ kind, detail }) => [kind, detail['lanes']])).toEqual([['worker-lost', 2]]);
  });

  it('notes who is lost though others took its lanes first, once, and not who is only late', async () => {
    await begin();
    const first = await desk();
    await first.take(10);
    await silence();
    // Its lane went to another, and it gives signs of life: late, not lost.
    const { desk: second, about } = await worker();
    expect((await second.take(10)).length).toBe(3);
    expect(await kinds()).toEqual(['lane-again', 'lane-again', 'lane-again']);
    await lab.psql(
      `update worker set seen_at = to_char(now() at time zone 'utc' - interval '6 s', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    );
    await silence();
    const third = await desk();
    expect((await third.take(10)).length).toBe(3);
    await lab.psql(`update worker set seen_at = '2026-01-01T00:00:00.000Z' where pid <= ${String(about.pid)}`);
    await lab.fleet.store.loseWorkers(10_000);
    const lost = (await lab.fleet.store.runEvents(run.id)).filter(({ kind }) => kind === 'worker-lost');
    expect(lost.map(({ detail }) => [detail['pid'], detail['lanes']])).toEqual([[about.pid, 3]]);
  });
}
