import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeSeat } from '../../src/store/seat.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';

// A process that is frozen keeps its connections: its kernel answers for it.
let lab: PostgresLab;
beforeAll(async () => {
  lab = await startPostgresLab('127.80.3.1');
});
afterAll(() => lab.stop());

const write = (store: Store, by: string) =>
  store.setFleetSwitch({ position: 'on', at: '2026-11-26T00:00:00.000Z', by, reason: 'test' });
/** Nothing of this process moves. */
const freeze = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe.concurrent('whoever is frozen', () => {
  it('loses the right to be alone, and can write nothing more', async () => {
    const url = await lab.database('alone');
    const stores: readonly Store[] = [
      await openStore({ engine: 'postgres', url }),
      await openStore({ engine: 'postgres', url }),
    ];
    const [first, second] = stores as [Store, Store];
    const told: string[] = [];
    const frozen = first.alone('close', 200, async (own) => {
      await write(own, 'before');
      expect(await second.alone('close', 200, () => Promise.resolve('had'))).toBeUndefined();
      freeze(1000);
      while ((await second.alone('close', 60_000, () => Promise.resolve('had'))) === undefined) await sleep(20);
      told.push('another had it');
      await write(own, 'after');
      told.push('written');
    });
    await expect(frozen).rejects.toThrow(/terminat|not queryable|connection error/i);
    expect(told).toEqual(['another had it']);
    expect((await second.fleetSwitch())?.by).toBe('before');
    // And may have it again; whoever moves keeps it.
    const again = first.alone('close', 400, async (own) => {
      await sleep(1500);
      await write(own, 'again');
      return 'kept';
    });
    expect(await again).toBe('kept');
    expect(await second.alone('close', 400, () => Promise.resolve('had'))).toBe('had');
    for (const store of stores) await store.close();
  }, 60_000);

  it('lets go of the rows of a transaction', async () => {
    const url = await lab.database('rows');
    // Shaped by the patient one: the test beside freezes this process for longer than the other allows a transaction.
    const second = await openStore({ engine: 'postgres', url });
    const first = await openStore({ engine: 'postgres', url }, { frozenMs: 300 });
    expect(await lab.psql('rows', 'show idle_in_transaction_session_timeout')).toBe('0');
    const { rows } = (await first.executeSql?.('show idle_in_transaction_session_timeout')) ?? { rows: [] };
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '300ms' }]);
    await first.close();
    await second.close();
  });

  it('loses the seat of the scheduler', async () => {
    const url = await lab.database('seat');
    const code = `import { takeSeat } from './src/store/seat.ts';
      await takeSeat({ engine: 'postgres', url: '${url}' }, '');
      console.log('seated');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(child.stdout, 'data');
      const place = { engine: 'postgres', url } as const;
      expect(await takeSeat(place, '')).toBeUndefined();
      child.kill('SIGSTOP');
      let seat = await takeSeat(place, '');
      while (seat === undefined) {
        await sleep(250);
        seat = await takeSeat(place, '');
      }
      expect(seat.lost.aborted).toBe(false);
      await seat.release();
    } finally {
      child.kill('SIGKILL');
    }
  }, 90_000);
});
