import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { doorOf, leaseSeconds, type Base } from './base.ts';
import { cameTo, firstOf, type FleetStrike } from './fleet-faults.ts';
import type { FleetRun } from './fleet.ts';
import { until } from './patience.ts';

/** Rows that we hold, and who waits for them. */
type Grip = {
  /** How many of them are still to be committed. */
  readonly open: number;
  readonly waiting: () => Promise<readonly number[]>;
  readonly release: () => Promise<void>;
};

/** Holds the rows of targets, so that whoever commits one of them stands still amid its transaction. */
async function gripTargets({ postgres }: Base, run: FleetRun, targets: readonly string[]): Promise<Grip> {
  const client = new pg.Client({ connectionString: postgres.url(run.database, doorOf(0)) });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin');
  const open = "select 1 from target where key = any($1::text[]) and state = 'waiting' for update";
  const { rowCount } = await client.query(open, [targets]);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const own = String(rows[0]?.pid);
  return {
    open: rowCount ?? 0,
    waiting: async () =>
      (await run.ask(`select pid from pg_stat_activity where ${own} = any(pg_blocking_pids(pid))`)).map(Number),
    release: async () => {
      await client.query('rollback').catch(() => undefined);
      await client.end();
    },
  };
}

/**
 * A worker stopped between two statements of a commit, which then holds the rows of its target and of its job: its transaction is
 * held up from outside, the process stopped there, and the transaction let go on to where it waits for that process.
 */
export const stopWorkerInTransaction: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets * 0.4);
  for (;;) {
    const { worker, underWay } = await firstOf(run);
    const grip = await gripTargets(base, run, underWay);
    let stoppedAt: number | undefined;
    let held: readonly string[] = [];
    try {
      // All were done meanwhile.
      if (grip.open === 0) continue;
      // Nobody else commits those.
      let waiting: readonly number[] = [];
      await until(stage.patienceMs, 'a commit of the worker', async () => {
        waiting = await grip.waiting();
        return waiting.length > 0;
      });
      worker.child.kill('SIGSTOP');
      stoppedAt = Date.now();
      held = waiting.map(String);
    } finally {
      await grip.release();
    }
    const standing = `select 1 from pg_stat_activity where state = 'idle in transaction' and pid in (${held.join(', ')})`;
    await until(
      10_000,
      'a transaction that waits for the stopped worker',
      async () => (await run.ask(standing)).length > 0,
    );
    await run.untilAll(underWay);
    const recoverMs = [Date.now() - stoppedAt];
    await wait(Math.max(0, stoppedAt + (leaseSeconds + 4) * 1000 - Date.now()) + random() * 4000);
    worker.child.kill('SIGCONT');
    await run.finish();
    return { out: run.out, killed: new Map(), frozen: new Map([[worker.source, stoppedAt]]), recoverMs };
  }
};
