import { expect, it } from 'vitest';
import { mostLosses } from '../../../src/pipeline/fleet/give-up.ts';
import type { FleetLab } from './lab.ts';
import { laneAt, resultsOf, run } from './lanes.ts';

/** Lanes go to one worker, what they bring is kept once, and what is lost goes to another. */
export function testDesk(lab: FleetLab): void {
  const { begin, desk, kinds, silence } = lab;

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
    expect(await lab.fleet.store.targetCounts(run.id)).toEqual({ waiting: 0, done: 4 });
    expect(await one.take(10)).toEqual([]);
    expect(await kinds()).toEqual([]);
    expect(await lab.psql("select count(*) from rasoat_queue.job where state = 'completed'")).toBe('3');
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
    const [cost] = (await lab.fleet.store.costs(run.id)).filter(({ address }) => address === '192.0.2.1');
    expect(cost?.connections).toBe(5 + 7);
    // Nothing of it waits any more, and nobody has told yet what the look that came to nothing sent.
    expect(await one.deliver(lane.lease, resultsOf(lane, 6).slice(1))).toEqual(['had']);
    const [last] = resultsOf(lane, 9);
    if (last === undefined) throw new Error('no result');
    await one.costs(run.id, last);
    const [all] = (await lab.fleet.store.costs(run.id)).filter(({ address }) => address === '192.0.2.1');
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
    expect(await lab.fleet.store.targetCounts(run.id)).toEqual({ waiting: 0, done: 4 });
    expect(await lab.fleet.store.bugs(run.id)).toBeGreaterThan(0);
    expect((await kinds()).filter((kind) => kind === 'lane-given-up').length).toBe(3);
  });

  it('hands out nothing while the switch is not on', async () => {
    await begin();
    const own = await desk();
    const set = (position: 'paused' | 'on') =>
      lab.fleet.store.setFleetSwitch({ position, at: '2026-11-26T00:00:00.000Z', by: 'x', reason: 'x' });
    await set('paused');
    expect(await own.take(10)).toEqual([]);
    expect((await own.touch([])).now).toBe('paused');
    await set('on');
    expect((await own.take(10)).length).toBe(3);
  });
}
