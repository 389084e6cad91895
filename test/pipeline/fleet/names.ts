import { expect, it } from 'vitest';
import { targetsOf } from '../../../src/inventory/targets.ts';
import type { Endpoint } from '../../../src/model/inventory/endpoint.ts';
import type { Target } from '../../../src/model/target.ts';
import { dispatchRun, mendDispatch } from '../../../src/pipeline/fleet/dispatch.ts';
import type { FleetLab } from './lab.ts';
import { laneAt, resultsOf, run, target } from './lanes.ts';

/** The lane of a name becomes lanes of the addresses that it leads to. */
export function testNames(lab: FleetLab): void {
  const { create, desk, silence } = lab;

  const endpoint: Endpoint = { kind: 'host', host: 'srv.kin', services: [{ port: 993, tls: true }] };
  const pinned = target('192.0.2.1');
  const nameless = targetsOf({ id: 's' }, endpoint, []);

  async function beginWith(all: readonly Target[]): Promise<void> {
    await create(all);
    await dispatchRun(lab.fleet, run, all, new Map());
  }
  const keysOf = async (state: 'waiting' | 'done') =>
    (await lab.fleet.store.targets(run.id, state)).map(({ key }) => key);

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
    expect(await lab.fleet.store.targetCounts(run.id)).toEqual({ waiting: 0, done: 5 });
    expect(await mendDispatch(lab.fleet, run)).toBe(0);
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
    await lab.psql('delete from rasoat_queue.job');
    expect(await mendDispatch(lab.fleet, run)).toBe(1);
    const [lane] = await one.take(10);
    expect(lane?.targets.map(({ key }) => key)).toEqual(['srv.kin [192.0.2.8]', 'srv.kin:993 [192.0.2.8]']);
  });
}
