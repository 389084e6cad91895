import { expect, it } from 'vitest';
import { mendDispatch } from '../../../src/pipeline/fleet/dispatch.ts';
import type { FleetLab } from './lab.ts';
import { resultsOf, run } from './lanes.ts';

/** Lanes of which the queue knows nothing, or nothing any more, are sent by whoever comes to them. */
export function testSending(lab: FleetLab): void {
  const { begin, create, desk } = lab;

  it('is finished by whoever takes it up, however often', async () => {
    await create();
    await lab.fleet.queue.send(run.zone, [{ run: run.id, lane: '192.0.2.2', keys: ['192.0.2.2:80'] }]);
    expect(await mendDispatch(lab.fleet, run)).toBe(2);
    expect(await mendDispatch(lab.fleet, run)).toBe(0);
    const own = await desk();
    expect((await own.take(10)).length).toBe(3);
    expect(await mendDispatch(lab.fleet, run)).toBe(0);
  });

  it('makes lanes of jobs that ended anew, as after a backup was put back', async () => {
    await begin();
    const own = await desk();
    for (const lane of await own.take(10)) await own.deliver(lane.lease, resultsOf(lane));
    await lab.psql("delete from finding; delete from observation; update target set state = 'waiting'");
    expect(await mendDispatch(lab.fleet, run)).toBe(3);
    expect((await own.take(10)).flatMap((lane) => lane.targets).length).toBe(4);
  });

  it('waits for no worker that is lost: lanes came back with a backup, the queue and who had them did not', async () => {
    await begin();
    await (await desk()).take(2);
    expect(await lab.fleet.store.lanesUnderWay(run.id)).toBe(2);
    await lab.psql("delete from rasoat_queue.job; update worker set seen_at = '2026-01-01T00:00:00.000Z'");
    await lab.fleet.store.loseWorkers(10_000);
    expect(await lab.fleet.store.lanesUnderWay(run.id)).toBe(0);
    expect(await mendDispatch(lab.fleet, run)).toBe(3);
    expect((await (await desk()).take(10)).flatMap((lane) => lane.targets).length).toBe(4);
  });
}
