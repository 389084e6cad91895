import { lstat, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { marker } from './may-replace.ts';

/** Nobody draws one report for so long; by the time of change of the folder itself, which being put away counts as. */
const abandonedMs = 24 * 3_600_000;

/**
 * Removes what calls that were killed left beside a report: folders of ours in which it was being drawn, or that were just being put
 * away for it, a day old. What cannot be looked at or removed stays: it is no reason not to draw.
 */
export async function removeLeftOver(out: string, now: number = Date.now()): Promise<void> {
  const above = dirname(out);
  const named = `${basename(out)}.`;
  for (const name of await readdir(above).catch(() => [])) {
    if (!name.startsWith(named) || !/^[0-9a-f]{12}\.(new|old)$/.test(name.slice(named.length))) continue;
    const folder = join(above, name);
    const [found, ours] = await Promise.all(
      [folder, join(folder, marker)].map((path) => lstat(path).catch(() => undefined)),
    );
    if (found?.isDirectory() !== true || ours === undefined || now - found.ctimeMs < abandonedMs) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
