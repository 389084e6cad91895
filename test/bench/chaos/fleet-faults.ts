import { setTimeout as wait } from 'node:timers/promises';
import { cutWorker, leaseSeconds, type Base } from './base.ts';
import { startFleetRun, type FleetRun } from './fleet.ts';
import type { Stage, Tagged } from './stage.ts';
import type { Struck } from './trial.ts';

export type FleetStrike = (stage: Stage, base: Base, random: () => number, targets: number) => Promise<Struck>;

export const crew = 3;

/** A run of three workers that nothing happens to; gives its folder. */
export async function calmFleet(stage: Stage, base: Base): Promise<string> {
  const run = await startFleetRun(stage, base, { workers: crew });
  await run.finish();
  return run.out;
}

/** Starts a run and lets it come to a moment between its first target and four fifths of them. */
export async function cameTo(stage: Stage, base: Base, random: () => number, targets: number): Promise<FleetRun> {
  const run = await startFleetRun(stage, base, { workers: crew });
  await run.untilDone(Math.floor(random() * targets * 0.8));
  return run;
}

/** The first worker of a run, and what it has under way. */
export async function firstOf(run: FleetRun): Promise<{ worker: Tagged; pid: number; underWay: readonly string[] }> {
  const [worker] = run.workers;
  const pid = worker?.child.pid;
  if (worker === undefined || pid === undefined) throw new Error('no worker');
  return { worker, pid, underWay: await run.underWayOf(pid) };
}

/** How long until the next target is stored, once more may be. */
export async function untilNext(run: FleetRun, targets: number): Promise<number> {
  const [at, before] = [Date.now(), await run.done()];
  await run.untilDone(Math.min(before, targets - 1));
  return Date.now() - at;
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
  const recoverMs = [await untilNext(run, targets)];
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
  const recoverMs = [await untilNext(run, targets)];
  await run.finish();
  return { out: run.out, killed: new Map(), recoverMs };
};

/** A worker sleeps for longer than its lanes are its own, and wakes. */
export const stopWorker: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets * 0.4);
  const { worker, underWay } = await firstOf(run);
  worker.child.kill('SIGSTOP');
  const at = Date.now();
  const woken = wait(leaseSeconds * 1000 + 4000 + random() * 6000).then(() => worker.child.kill('SIGCONT'));
  await run.untilAll(underWay);
  const recoverMs = [Date.now() - at];
  await woken;
  await run.finish();
  return { out: run.out, killed: new Map(), frozen: new Map([[worker.source, at]]), recoverMs };
};

/** The same, woken at the worst moment: another has just begun with what it was at. */
export const wakeWorkerAmidAnother: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets * 0.3);
  const { worker, pid, underWay } = await firstOf(run);
  worker.child.kill('SIGSTOP');
  const at = Date.now();
  await run.untilTaken(underWay, pid);
  worker.child.kill('SIGCONT');
  await run.untilAll(underWay);
  const recoverMs = [Date.now() - at];
  await run.finish();
  return { out: run.out, killed: new Map(), frozen: new Map([[worker.source, at]]), recoverMs };
};

/** The network between one worker and the database, for longer than its lanes are its own. */
export const cutNetwork: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets * 0.4);
  return cutFirst(run, () => cutWorker(1), random);
};

/** Cuts the first of a run off until its lanes have long been others', and heals that; gives how long until all of them were done. */
export async function cutFirst(run: FleetRun, cut: () => () => void, random: () => number): Promise<Struck> {
  const { underWay } = await firstOf(run);
  const heal = cut();
  const at = Date.now();
  const healed = wait(leaseSeconds * 1000 + 5000 + random() * 10_000).then(heal);
  await run.untilAll(underWay);
  const recoverMs = [Date.now() - at];
  await healed;
  await run.finish();
  return { out: run.out, killed: new Map(), recoverMs };
}

/** The disk under PostgreSQL: it panics or refuses, and has room again after a while. */
export const fillDatabaseDisk: FleetStrike = async (stage, base, random, targets) => {
  const run = await cameTo(stage, base, random, targets * 0.4);
  base.disk.fill();
  await wait(8000 + random() * 4000);
  base.disk.relieve();
  // A PostgreSQL that could not write its log has ended itself, as it should: an operator starts it.
  if (!base.postgres.isRunning()) await base.postgres.start();
  const recoverMs = [await untilNext(run, targets)];
  await run.finish();
  return { out: run.out, killed: new Map(), recoverMs };
};
