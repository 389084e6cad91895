import { existsSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { refuse } from './refuse.ts';

/** Where a pack is written before it takes its place in one step. */
export type Place = {
  readonly aside: string;
  /** Gives the pack its name. */
  readonly take: () => void;
  /** Removes what was written, after a failure. */
  readonly drop: () => void;
};

/**
 * A place for a pack at `to`, which must not exist: evidence is never written over. What a killed process left beside it is
 * removed first; its name tells the process.
 */
export function placeFor(to: string): Place {
  const target = resolve(to);
  if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) refuse(to, 'exists');
  const folder = dirname(target);
  if (!existsSync(folder)) refuse(to, 'no-folder', { folder });
  removeLeftovers(folder, basename(target));
  const aside = join(folder, `.${basename(target)}.${process.pid}.part`);
  const drop = () => {
    rmSync(aside, { recursive: true, force: true });
  };
  const take = () => {
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) refuse(to, 'exists');
    renameSync(aside, target);
  };
  return { aside, take, drop };
}

function removeLeftovers(folder: string, name: string): void {
  for (const file of readdirSync(folder)) {
    if (!file.startsWith(`.${name}.`) || !file.endsWith('.part')) continue;
    const pid = file.slice(name.length + 2, -'.part'.length);
    if (!/^\d+$/.test(pid) || isAlive(Number(pid))) continue;
    rmSync(join(folder, file), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
