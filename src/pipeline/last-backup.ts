import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Iso } from '../model/observation.ts';

/** In the output folder: when a backup of its store was last made. */
export const lastBackupFile = '.last-backup';

/** When `rasoat db backup` last wrote one of this folder's store; undefined: never, or by other means. */
export function lastBackup(out: string): Iso | undefined {
  const file = join(out, lastBackupFile);
  if (!existsSync(file)) return undefined;
  const at = readFileSync(file, 'utf8').slice(0, 40).trim();
  return Number.isNaN(Date.parse(at)) ? undefined : new Date(at).toISOString();
}
