import { setTimeout as wait } from 'node:timers/promises';
import { cutOff, leaseSeconds, startFleetRun, type Base, type FleetRun } from './fleet.ts';
import type { Stage } from './stage.ts';
import type { Struck } from './trial.ts';

export type FleetStrike = (stage: Stage, base: Base, random: () => number, targets: number) => Promise<Struck>;

const crew = 3;

/** A run of three workers that nothing happens to; gives its folder. */
export async function calmFleet(stage: Stage, base: Base): Promise<string> {
  const run = await startFleetRun(stage, base, crew);
  await run.finish();
  return run.out;
}

/** Starts a run and lets it come to a moment between its first target and four fifths of them. */
async function cameTo(stage: Stage, base: Base, random: () => number, targets: number): Promise<FleetRun> {
  const run = await startFleetRun(stage, base, crew);
  await run.untilDone(Math.floor(random() * targets * 0.8));
  return run;
}

/** Two workers, one after the other; another is hired in the place of each. */
export const killWorkers: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets * 0.4);
  const killed = new Map<string, number>();
  const recovered: Promise<number>[] = [];
  for (const worker of run.workers.slice(0, 2)) {
    await wait(random() * 1500);
    const underWay = await run.underWayOf(worker.child.pid ?? 0);
    worker.child.kill('SIGKILL');
    const at = Date.now();
    killed.set(worker.source, at);
    run.hire();
    // The second is killed before a lease of the first is over: by then the others would have done all of it.
    recovered.push(run.untilAll(underWay).then(() => Date.now() - at));
  }
  const recoverMs = await Promise.all(recovered);
  await run.finish();
  return { out: run.out, killed, recoverMs };
};

/** Whoever started the run, and would end it. */
export const killStarter: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets);
  run.starter().child.kill('SIGKILL');
  const [at, before] = [Date.now(), await run.done()];
  await run.untilDone(Math.min(before, targets - 1));
  const recoverMs = [Date.now() - at];
  run.resume();
  await run.finish();
  return { out: run.out, killed: new Map(), recoverMs };
};

/** The whole of PostgreSQL at once, and again ten seconds of nothing before it comes back. */
export const killDatabase: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets);
  await base.postgres.kill();
  await wait(3000 + random() * 7000);
  await base.postgres.start();
  const [at, before] = [Date.now(), await run.done()];
  await run.untilDone(Math.min(before, targets - 1));
  const recoverMs = [Date.now() - at];
  await run.finish();
  return { out: run.out, killed: new Map(), recoverMs };
};

/** A worker sleeps for longer than its lanes are its own, and wakes. */
export const stopWorker: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets * 0.4);
  const [worker] = run.workers;
  if (worker === undefined) throw new Error('no worker');
  const underWay = await run.underWayOf(worker.child.pid ?? 0);
  worker.child.kill('SIGSTOP');
  const at = Date.now();
  const woken = wait(leaseSeconds * 1000 + 4000 + random() * 6000).then(() => worker.child.kill('SIGCONT'));
  await run.untilAll(underWay);
  const recoverMs = [Date.now() - at];
  await woken;
  await run.finish();
  return { out: run.out, killed: new Map(), frozen: new Map([[worker.source, at]]), recoverMs };
};

/** The network between one worker and the database, for longer than its lanes are its own. */
export const cutNetwork: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets * 0.4);
  const [worker] = run.workers;
  const underWay = await run.underWayOf(worker?.child.pid ?? 0);
  const heal = cutOff(1);
  const at = Date.now();
  const healed = wait(leaseSeconds * 1000 + 5000 + random() * 10_000).then(heal);
  await run.untilAll(underWay);
  const recoverMs = [Date.now() - at];
  await healed;
  await run.finish();
  return { out: run.out, killed: new Map(), recoverMs };
};

/** The disk under PostgreSQL: it panics or refuses, and has room again after a while. */
export const fillDatabaseDisk: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets * 0.4);
  base.disk.fill();
  await wait(8000 + random() * 4000);
  base.disk.relieve();
  // A PostgreSQL that could not write its log has ended itself, as it should: an operator starts it.
  if (!base.postgres.isRunning()) await base.postgres.start();
  const [at, before] = [Date.now(), await run.done()];
  await run.untilDone(Math.min(before, targets - 1));
  const recoverMs = [Date.now() - at];
  await run.finish();
  return { out: run.out, killed: new Map(), recoverMs };
};

/** One worker whose clock is three hours off, one way or the other. */
export const skewClock =
  (offset: '+3h' | '-3h'): FleetStrike =>
  async (stage, base) => {
    const run = await startFleetRun(stage, base, crew - 1);
    run.hire({ before: ['faketime', '-f', offset] });
    await run.finish();
    return { out: run.out, killed: new Map(), recoverMs: [] };
  };
