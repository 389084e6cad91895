import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf, refuse } from './refuse.ts';

/**
 * The secret that salts the tree of a run, made once and kept beside the store (`.evidence-salts/<run>`, 0600), so that
 * every pack of the run has the same root. Whoever reads it could try what hidden leaves hold: it leaves the house in no pack.
 */
export function secretOf(out: string, run: string): Buffer {
  const folder = join(out, '.evidence-salts');
  const file = join(folder, run);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) make(file);
    const text = readFileSync(file, 'latin1').trim();
    if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  } catch (error) {
    refuse(file, 'secret', { reason: reasonOf(error) });
  }
  return refuse(file, 'secret', { reason: '32 × hex' });
}

/** Whether a pack of the run was ever made. */
export const hasSecret = (out: string, run: string): boolean => existsSync(join(out, '.evidence-salts', run));

/** Whole or not at all, and the first one stays where two processes make it. */
function make(file: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    writeFileSync(aside, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
