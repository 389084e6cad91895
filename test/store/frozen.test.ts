import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeSeat } from '../../src/store/seat.ts';
import { openStore } from '../../src/store/store.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';

// A process that is frozen keeps its connections: its kernel answers for it.
let lab: PostgresLab;
beforeAll(async () => {
  lab = await startPostgresLab('127.80.3.1');
});
afterAll(() => lab.stop());

const turn = { position: 'on', at: '2026-11-26T00:00:00.000Z', reason: 'test' } as const;
/** Of whoever says nothing for so long the right ends. Whoever moves may stand still for three seconds, as on a busy machine. */
const silentMs = 5000;

/** Another process, that runs `code`. */
function another(code: string): Another {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    said: async () => {
      const { value } = (await lines.next()) as { readonly value?: string };
      return value;
    },
  };
}
type Another = {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  /** Its next line. */
  readonly said: () => Promise<string | undefined>;
};

describe.concurrent('whoever is frozen', () => {
  it('loses the right to be alone, and can write nothing more', async () => {
    const url = await lab.database('alone');
    const store = await openStore({ engine: 'postgres', url });
    const { child, said } = another(`import { openStore } from './src/store/store.ts';
      const store = await openStore({ engine: 'postgres', url: '${url}' });
      const write = (to, by) => to.setFleetSwitch({ ...${JSON.stringify(turn)}, by });
      const alone = store.alone('close', ${silentMs}, async (own) => {
        await write(own, 'before');
        console.log('had');
        await new Promise((resolve) => process.stdin.once('data', resolve));
        await write(own, 'after');
      });
      console.log(await alone.then(() => 'written', (error) => error.message));
      process.exit();`);
    try {
      expect(await said()).toBe('had');
      const had = () => store.alone('close', 60_000, () => Promise.resolve('had'));
      expect(await had()).toBeUndefined();
      child.kill('SIGSTOP');
      while ((await had()) === undefined) await sleep(50);
      child.stdin.write('go on');
      child.kill('SIGCONT');
      expect(await said()).toMatch(/terminat|not queryable|connection error/i);
      expect((await store.fleetSwitch())?.by).toBe('before');
      // And may be had again.
      expect(await had()).toBe('had');
    } finally {
      child.kill('SIGKILL');
      await store.close();
    }
  });

  it('is told from whoever moves, and keeps the right to be alone', async () => {
    const url = await lab.database('moves');
    const store = await openStore({ engine: 'postgres', url });
    const kept = store.alone('close', silentMs, async (own) => {
      await sleep(silentMs + 1000);
      await own.setFleetSwitch({ ...turn, by: 'moves' });
      return 'kept';
    });
    expect(await kept).toBe('kept');
    await store.close();
  });

  it('lets go of the rows of a transaction', async () => {
    const url = await lab.database('rows');
    const second = await openStore({ engine: 'postgres', url });
    const first = await openStore({ engine: 'postgres', url }, { frozenMs: 300_000 });
    expect(await lab.psql('rows', 'show idle_in_transaction_session_timeout')).toBe('0');
    const { rows } = (await first.executeSql?.('show idle_in_transaction_session_timeout')) ?? { rows: [] };
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '5min' }]);
    await first.close();
    await second.close();
  });

  it('loses the seat of the scheduler', async () => {
    const url = await lab.database('seat');
    const { child, said } = another(`import { takeSeat } from './src/store/seat.ts';
      await takeSeat({ engine: 'postgres', url: '${url}' }, '');
      console.log('seated');
      setInterval(() => undefined, 1000);`);
    try {
      expect(await said()).toBe('seated');
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
  });
});
