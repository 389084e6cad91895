import { expect, it } from 'vitest';
import { createDeskClock } from '../../../src/engine/desk-clock.ts';
import { runWorker } from '../../../src/engine/worker/run-worker.ts';
import type { Target } from '../../../src/model/target.ts';
import type { FleetLab } from './lab.ts';
import { idleLooker, run } from './lanes.ts';

/** A newer version changes the tables amid the lanes of a worker. */
export function testUpgrade(lab: FleetLab): void {
  const { begin, desk, kinds, strangersDesk } = lab;

  it('ends with what to do when it next says hello, and its lanes are there for others', async () => {
    await begin();
    const about = { session: 'before', zone: run.zone, host: 'may-1', pid: 1, version: 'rasoat 0' };
    let looking = 0;
    const looker = {
      ...idleLooker,
      look: (_target: Target, signal: AbortSignal) =>
        new Promise<never>((_resolve, reject) => {
          looking += 1;
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    };
    const signal = new AbortController().signal;
    const times0 = { beatMs: 50, idleMs: 50, helloMs: 100 };
    const working = runWorker({
      desk: strangersDesk(),
      about,
      clock: createDeskClock(),
      atOnce: 4,
      signal,
      looker: () => looker,
      ...times0,
    });
    const ended = expect(working).rejects.toMatchObject({ problems: [{ message: { key: 'db.newer-store' } }] });
    while (looking < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    await lab.psql("insert into kysely_migration (name, timestamp) values ('9999-later', '')");
    await ended;
    await lab.psql("delete from kysely_migration where name = '9999-later'");
    expect((await (await desk()).take(10)).map(({ lease }) => lease.lane).sort()).toEqual([
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.3',
    ]);
    expect(await kinds()).toEqual([]);
  });
}
