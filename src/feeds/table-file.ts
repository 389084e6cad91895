import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { syncPath } from './folder.ts';
import type { FeedReader, ReadResult, Source } from './reader.ts';

/**
 * Makes the table file of a feed at `path`, in one transaction, readable by its owner alone. The file is worth nothing until it
 * is whole and renamed, so it is written without a journal; the disk has it when this returns.
 */
export async function buildTables(path: string, reader: FeedReader, sources: readonly Source[]): Promise<ReadResult> {
  closeSync(openSync(path, 'wx', 0o600));
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA cache_size = -32000; BEGIN');
    database.exec(reader.tables);
    const result = await reader.read(sources, database);
    if (reader.indexes !== '') database.exec(reader.indexes);
    database.exec('COMMIT; PRAGMA optimize');
    return result;
  } finally {
    database.close();
    syncPath(path);
  }
}

/** Opens a finished table file for looking things up. */
export function openTables(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec('PRAGMA query_only = ON; PRAGMA mmap_size = 268435456');
  return database;
}
