import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { refuse } from './refuse.ts';

/** How long one import waits for another to end, and how often it looks, in milliseconds. */
const patienceMs = 600_000;
const pauseMs = 200;

/**
 * Does `work` while no other process changes the folder. The lock is an open exclusive transaction, so the kernel frees it
 * when its holder dies in whatever way. Throws UserError when another process holds it too long.
 */
export async function withFolderLocked<T>(
  folder: string,
  work: () => Promise<T>,
  options: { readonly patienceMs?: number; readonly waiting?: () => void } = {},
): Promise<T> {
  const path = join(folder, 'lock');
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    const until = performance.now() + (options.patienceMs ?? patienceMs);
    for (let tries = 0; !taken(database); tries += 1) {
      if (tries === 0) options.waiting?.();
      if (performance.now() > until) refuse(path, 'locked');
      await sleep(pauseMs);
    }
    return await work();
  } finally {
    database.close();
  }
}

function taken(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch {
    return false;
  }
}
