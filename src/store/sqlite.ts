import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import type { Database } from './tables.ts';

/** How long a writer waits for another process's transaction, in milliseconds. */
const busyMs = 10_000;

/** Opens (or makes, readable by its owner alone) one SQLite file for kysely. */
export function openSqlite(path: string): Kysely<Database> {
  createPrivate(path);
  const database = new DatabaseSync(path, { timeout: busyMs });
  // FULL: what a commit has answered survives a power cut, not only a killed process.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: adapt(database) }) });
}

function createPrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/** The shape that kysely expects of better-sqlite3, over node:sqlite. */
function adapt(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => {
      database.close();
    },
    prepare: (sql) => {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
}
