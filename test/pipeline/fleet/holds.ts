import { expect, it } from 'vitest';
import { DeskAway } from '../../../src/model/desk.ts';
import { createHoldKeeper } from '../../../src/probe/wire/hold-keeper.ts';
import { times, type FleetLab } from './lab.ts';

/** Who may open sockets to an address: one at a time, over all workers. */
export function testHolds({ desk, psql }: FleetLab): void {
  it('go from one to the next, never to two, and come back when nothing renews them', async () => {
    const [one, other] = [await desk(), await desk()];
    const held = await Promise.all(['10.0.0.1', '10.0.0.2'].map((address) => one.holds.take(address)));
    expect(held.map((hold) => hold?.forMs)).toEqual([4000, 4000]);
    expect(await other.holds.take('10.0.0.1')).toBeUndefined();
    const [first, second] = held;
    if (first === undefined || second === undefined) throw new Error('not held');
    expect(await one.holds.renew(first)).toBeDefined();
    await one.holds.release(first);
    expect((await other.holds.take('10.0.0.1'))?.fence).toBe(first.fence + 1);
    expect(await one.holds.renew(first)).toBeUndefined();
    await psql("update address_hold set until_ms = 1 where address = '10.0.0.2'");
    expect(await other.holds.take('10.0.0.2')).toBeDefined();
    expect(await one.holds.renew(second)).toBeUndefined();
  });

  it('are let go of when idle, so that two who want each other’s address both get on', async () => {
    const [one, other] = [await desk(), await desk()];
    const [a, b] = [createHoldKeeper(one.holds), createHoldKeeper(other.holds)];
    const [mine, theirs] = [a.forWire(), b.forWire()];
    const [first, second] = [await mine.enter('10.0.1.1'), await theirs.enter('10.0.1.2')];
    first.leave();
    second.leave();
    const crossed = await Promise.all([mine.enter('10.0.1.2'), theirs.enter('10.0.1.1')]);
    expect(crossed.map((use) => use.isValid())).toEqual([true, true]);
    for (const use of crossed) use.leave();
    await Promise.all([a.close(), b.close()]);
  });

  it('are let go of though whoever asked was stopped before it opened anything', async () => {
    const [one, other] = [await desk(), await desk()];
    const stop = new AbortController();
    const holds = {
      ...one.holds,
      take: async (address: string) => {
        const hold = await one.holds.take(address);
        stop.abort(new Error('stopped'));
        return hold;
      },
    };
    await expect(createHoldKeeper(holds).forWire().enter('10.0.3.1', stop.signal)).rejects.toThrow('stopped');
    const keeper = createHoldKeeper(other.holds);
    const use = await keeper.forWire().enter('10.0.3.1');
    use.leave();
    await keeper.close();
  });

  it('end here before they end at the desk: nothing is opened past that, and what is open is closed', async () => {
    const own = await desk();
    const keeper = createHoldKeeper({ ...own.holds, renew: () => Promise.reject(new DeskAway('cut')) });
    // Whoever stands still on a busy machine hears of the end too late to say which came first: it is tried again.
    for (let tries = 1; ; tries += 1) {
      const address = `10.0.2.${String(tries)}`;
      const since = performance.now();
      const use = await keeper.forWire().enter(address);
      expect(use.isValid()).toBe(true);
      await new Promise((resolve) => {
        use.lost.addEventListener('abort', resolve);
      });
      expect(use.isValid()).toBe(false);
      expect(keeper.lostSince(address, since)).toBe(true);
      const told = performance.now() - since;
      const stands = `select until_ms > extract(epoch from now()) * 1000 from address_hold where address = '${address}'`;
      const held = await psql(stands);
      use.leave();
      if (performance.now() - since > times.holdMs - 200 && tries < 5) continue;
      expect(told).toBeLessThan(times.holdMs);
      expect(held).toBe('t');
      break;
    }
  });
}
