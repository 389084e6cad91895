import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { until, within } from './patience.ts';
import { isGone, type Stage, type Tagged } from './stage.ts';
import type { Struck } from './trial.ts';

/** How the scans of the chaos are made: everything that could differ from machine to machine is told. */
export const manner = (stage: Stage, inventory = stage.inventory): readonly string[] => [
  '--inventory',
  inventory,
  '--trust',
  stage.roots,
  '--ports',
  'connect',
  '--port-list',
  'declared',
  '--no-udp',
];

/** A scan in one process over SQLite, from its beginning or taken up again. */
function startScan(stage: Stage, out: string, how: 'new' | 'resume'): Tagged {
  const args = how === 'new' ? manner(stage) : ['--resume'];
  return stage.rasoat(['scan', ...args, '--out', out, '--at-once', '48', '--no-report']);
}

/** Targets done so far, of a store that may not be there yet. */
function doneIn(out: string): number {
  try {
    const database = new DatabaseSync(join(out, 'rasoat.sqlite'), { readOnly: true, timeout: 2000 });
    try {
      const row = database.prepare("select count(*) as n from target where state = 'done'").get();
      return Number(row?.['n'] ?? 0);
    } finally {
      database.close();
    }
  } catch {
    return 0;
  }
}

/** Waits until more than `floor` targets are done, or the process has ended. */
const untilDone = (stage: Stage, out: string, floor: number, scan: Tagged): Promise<void> =>
  until(stage.patienceMs, `target ${floor + 1}`, () => doneIn(out) > floor || isGone(scan));

const endOf = ({ patienceMs }: Stage, scan: Tagged) => within(patienceMs, 'the end of a scan', scan.ended);

/** An undisturbed run. */
export async function calmScan(stage: Stage): Promise<string> {
  const out = stage.newFolder('calm');
  const { code, output } = await endOf(stage, startScan(stage, out, 'new'));
  if (code !== 1) throw new Error(`an undisturbed scan ended with ${String(code)}: ${output}`);
  return out;
}

/** Kills a scan several times, each at a moment of its own, and takes it up again until it has ended well. */
export async function killAndResume(stage: Stage, random: () => number, targets: number): Promise<Struck> {
  const out = stage.newFolder('killed');
  const killed = new Map<string, number>();
  const recoverMs: number[] = [];
  const moments = Array.from({ length: 3 }, () => Math.floor(random() * (targets + 1))).sort((a, b) => a - b);
  let scan = startScan(stage, out, 'new');
  for (const moment of moments) {
    await untilDone(stage, out, moment - 1, scan);
    await wait(random() * 300);
    if (scan.child.exitCode !== null) break;
    scan.child.kill('SIGKILL');
    const at = Date.now();
    killed.set(scan.source, at);
    await endOf(stage, scan);
    const before = doneIn(out);
    scan = startScan(stage, out, hasRun(out) ? 'resume' : 'new');
    if (before < targets) {
      await untilDone(stage, out, before, scan);
      recoverMs.push(Date.now() - at);
    }
  }
  const { code, output } = await endOf(stage, scan);
  if (code !== 1) throw new Error(`a resumed scan ended with ${String(code)}: ${output}`);
  return { out, killed, recoverMs };
}

/** Fills the disk under a scan's folder, sees the scan end by itself, gives room again and takes the scan up. */
export async function fillDisk(stage: Stage, random: () => number, targets: number): Promise<Struck> {
  const out = stage.newFolder('full');
  const disk = stage.disk(out, 400);
  const first = startScan(stage, out, 'new');
  await untilDone(stage, out, Math.floor(random() * targets * 0.8), first);
  disk.fill();
  const ended = await endOf(stage, first);
  // It cannot have gone on: nothing can be stored. What it opened meanwhile it could tell nobody.
  const killed = new Map([[first.source, Date.now()]]);
  if (ended.code === 0 || ended.code === 1) throw new Error(`a scan on a full disk ended with ${ended.code}`);
  disk.relieve();
  const [at, before] = [Date.now(), doneIn(out)];
  const second = startScan(stage, out, hasRun(out) ? 'resume' : 'new');
  await untilDone(stage, out, before, second);
  const recoverMs = [Date.now() - at];
  const { code, output } = await endOf(stage, second);
  if (code !== 1) throw new Error(`a resumed scan ended with ${String(code)}: ${output}`);
  return { out, killed, recoverMs };
}

/** Whether the run was begun before its process was killed. */
function hasRun(out: string): boolean {
  try {
    const database = new DatabaseSync(join(out, 'rasoat.sqlite'), { readOnly: true });
    try {
      return database.prepare('select id from run').get() !== undefined;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}
