import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import { copyRows, digestsOf, isEmpty, type CopyEvents, type TableDigest } from '../store/copy.ts';
import { checkedUrl, hasStore, placeName, pointTo, storePlace, type StorePlace } from '../store/place.ts';
import { openDatabase, openStore } from '../store/store.ts';
import { openLaneQueue } from '../engine/queue/lane-queue.ts';
import { fleetTimes } from './fleet/times.ts';
import { lastBackupFile } from './last-backup.ts';

/** What was copied from where to where. */
export type Copied = { readonly from: string; readonly to: string; readonly tables: readonly TableDigest[] };

/** Every table of a folder's store with its rows and digest; the store is brought to the newest shape. */
export async function tablesOf(
  out: string,
): Promise<{ readonly place: string; readonly tables: readonly TableDigest[] }> {
  const place = existing(out);
  const db = await open(place);
  try {
    if (place.engine === 'postgres') await makeQueue(place);
    return { place: placeName(place), tables: await digestsOf(db) };
  } finally {
    await db.destroy();
  }
}

/** Copies a folder's store into an empty database; with `use`, the folder's store is that database from then on. */
export async function copyToPostgres(out: string, url: string, use: boolean, events: CopyEvents): Promise<Copied> {
  const target: StorePlace = { engine: 'postgres', url: checkedUrl(url) };
  const copied = await copyBetween(existing(out), target, events);
  if (use) pointTo(out, url);
  return copied;
}

/** Copies a folder's store, of whatever engine, into a new SQLite file that is there whole or not at all. */
export async function backUp(out: string, file: string, events: CopyEvents): Promise<Copied> {
  if (existsSync(file)) throw new UserError([{ file, message: message('db.file-exists', { file }) }]);
  const next = `${file}.part`;
  rmSync(next, { force: true });
  try {
    const copied = await copyBetween(existing(out), { engine: 'sqlite', path: next }, events);
    renameSync(next, file);
    // For `rasoat status`: when there was one.
    writeFileSync(join(out, lastBackupFile), `${new Date().toISOString()}\n`, { mode: 0o600 });
    return { ...copied, to: file };
  } finally {
    for (const rest of [next, `${next}-wal`, `${next}-shm`]) rmSync(rest, { force: true });
  }
}

/** Puts a backup into a folder that has no store yet, or whose store is empty. */
export async function restore(file: string, out: string, events: CopyEvents): Promise<Copied> {
  if (!existsSync(file)) throw new UserError([{ file, message: message('db.no-file', { file }) }]);
  mkdirSync(out, { recursive: true, mode: 0o700 });
  return copyBetween({ engine: 'sqlite', path: file }, storePlace(out), events);
}

async function copyBetween(from: StorePlace, to: StorePlace, events: CopyEvents): Promise<Copied> {
  const source = await open(from);
  try {
    const target = await open(to);
    try {
      if (!(await isEmpty(target)))
        throw new UserError([{ message: message('db.not-empty', { place: placeName(to) }) }]);
      const tables = await copyRows(source, target, events);
      if (to.engine === 'postgres') await makeQueue(to);
      return { from: placeName(from), to: placeName(to), tables };
    } finally {
      await target.destroy();
    }
  } finally {
    await source.destroy();
  }
}

/** The queue of workers beside the tables: only who owns them may make it, and workers do not. */
async function makeQueue(place: StorePlace): Promise<void> {
  const store = await openStore(place);
  try {
    if (store.executeSql === undefined) return;
    await (await openLaneQueue(store.executeSql, fleetTimes())).close();
  } catch (error) {
    throw isRefusal(error) ? refusedBy(place, error) : error;
  } finally {
    await store.close();
  }
}

async function open(place: StorePlace) {
  try {
    return await openDatabase(place);
  } catch (error) {
    throw isRefusal(error) ? refusedBy(place, error) : error;
  }
}

function refusedBy(place: StorePlace, { code = '', message: said }: Error & { readonly code?: string }): UserError {
  const detail = `${code} ${said}`.trim();
  return new UserError([{ message: message('db.unreachable', { place: placeName(place), detail }) }]);
}

/** What a server, a disk or a file that is no store answers; everything else is our bug. */
function isRefusal(error: unknown): error is Error & { readonly code?: string } {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^(E[A-Z]+|ERR_SQLITE_ERROR|28...|3D000|42501|08...|57...)$/.test(code);
}

function existing(out: string): StorePlace {
  if (!hasStore(out)) throw new UserError([{ message: message('cli.no-store', { out }) }]);
  return storePlace(out);
}
