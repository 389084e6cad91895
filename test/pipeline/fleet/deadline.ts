import { expect, it } from 'vitest';
import { dispatchRun } from '../../../src/pipeline/fleet/dispatch.ts';
import { createFleetKeeper } from '../../../src/pipeline/fleet/keeper.ts';
import { createLooker } from '../../../src/pipeline/look.ts';
import type { FleetLab } from './lab.ts';
import { laneAt, resultsOf, run, target, targets } from './lanes.ts';

/** A run ends at its deadline, whether workers come to it or not. */
export function testDeadline(lab: FleetLab): void {
  const { create, desk } = lab;

  const hence = async (ms: number) => new Date(Date.parse(await lab.fleet.store.storeTime()) + ms).toISOString();
  const causes = async () =>
    (await lab.fleet.store.observations(run.id)).map((seen) => `${seen.target} ${seen.ok ? 'ok' : seen.failure.code}`);

  it('is told to whoever looks, counts anew when the run is taken up with one, and lets nothing be begun after it', async () => {
    await create(targets, { endsAt: await hence(60_000) });
    await dispatchRun(lab.fleet, run, targets, new Map());
    const own = await desk();
    const [lane] = await own.take(1);
    const order = await own.order(run.id);
    expect([order.endsAt, order.bound]).toEqual([lane?.bound, lane?.bound]);
    const later = await hence(90_000);
    await lab.fleet.store.addDispatch(run.id, run.zone, 'other', { endsAt: later });
    // Who only watches changes nothing.
    await lab.fleet.store.addDispatch(run.id, run.zone, 'third');
    expect((await own.order(run.id)).endsAt).toBe(later);
    expect((await own.take(1))[0]?.bound).toBe(later);
    const signal = new AbortController().signal;
    const clock = { at: order.endsAt ?? '' };
    const looker = createLooker(order, { unresolved: new Map(), signal, now: () => clock.at });
    const look = async () => (await looker.look(target('192.0.2.1'))).map((seen) => seen.ok || seen.failure.code);
    expect(new Set(await look())).toEqual(new Set(['not-run']));
    looker.bindBy({ endsAt: later });
    // No document covers it: the address is asked about, which is not done after the end.
    expect(new Set(await look())).toEqual(new Set(['not-permitted']));
  });

  it('ends what no worker came to a lease later, once, as not observed; what is brought then is there already', async () => {
    await create(targets, { endsAt: await hence(-11_000) });
    await dispatchRun(lab.fleet, run, targets, new Map());
    const own = await desk();
    const lane = laneAt(await own.take(10), '192.0.2.1');
    await own.deliver(lane.lease, resultsOf(lane).slice(0, 1));
    const keepers = ['a', 'b'].map((by) => createFleetKeeper(lab.fleet, { by, starter: 'starter' }));
    await Promise.all(keepers.map((one) => one.round()));
    expect(await lab.fleet.store.targetCounts(run.id)).toEqual({ waiting: 0, done: 4 });
    const told = await causes();
    expect(told.filter((one) => one.endsWith(' ok'))).toEqual(['192.0.2.1:80 ok']);
    expect(new Set(told.filter((one) => !one.endsWith(' ok')))).toEqual(
      new Set(['192.0.2.1:81', '192.0.2.2:80', '192.0.2.3:80'].map((key) => `${key} not-run`)),
    );
    expect(await own.deliver(lane.lease, resultsOf(lane).slice(1))).toEqual(['had']);
    expect(await causes()).toEqual(told);
    const events = await lab.fleet.store.runEvents(run.id);
    expect(events.map(({ kind, detail }) => [kind, detail['targets']])).toEqual([['deadline-passed', 3]]);
    await Promise.all(keepers.map((one) => one.round()));
    expect((await lab.fleet.store.run(run.id))?.state).toBe('finished');
  });

  it('is waited for with a lease of grace: workers tell what they saw by then', async () => {
    await create(targets, { endsAt: await hence(-5000) });
    await dispatchRun(lab.fleet, run, targets, new Map());
    await createFleetKeeper(lab.fleet, { by: 'a', starter: 'starter' }).round();
    expect(await lab.fleet.store.targetCounts(run.id)).toEqual({ waiting: 4, done: 0 });
  });
}
