import { sql, type Kysely } from 'kysely';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import { knownMigrations } from './migration-names.ts';
import type { Database } from './tables.ts';

/**
 * Brings a database to the newest shape; safe to call on every opening. One that is in it already is only asked for the names of its
 * migrations: no lock is taken, and what migrates is not even loaded. Throws what `migrate` throws.
 */
export async function bringToNewestShape(db: Kysely<Database>): Promise<void> {
  if (await isNewest(db)) return;
  const { migrate } = await import('./migrations.ts');
  await migrate(db);
}

/** Throws UserError where a newer program has changed the shape since this one opened the store. */
export async function refuseNewer(db: Kysely<Database>): Promise<void> {
  const known: readonly string[] = knownMigrations;
  const strange = (await migrationsOf(db)).sort().find((name) => !known.includes(name));
  if (strange !== undefined) throw new UserError([{ message: message('db.newer-store', { migration: strange }) }]);
}

async function migrationsOf(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}

/** A migration and its name in this table are one transaction. */
async function isNewest(db: Kysely<Database>): Promise<boolean> {
  try {
    const done = new Set(await migrationsOf(db));
    return done.size === knownMigrations.length && knownMigrations.every((name) => done.has(name));
  } catch (error) {
    // A new database has no such table, and to some roles it is closed: that is for `migrate` to tell.
    if (isOfTable(error)) return false;
    throw error;
  }
}

function isOfTable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return code === '42P01' || code === '42501' || error.message.includes('no such table');
}
