import { createHash, type KeyObject } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dayMs } from '../model/day.ts';
import { feedNames, type FeedName } from '../model/feed.ts';
import type { Iso } from '../model/observation.ts';
import type { Manifest } from './bundle/format.ts';
import { unpackBundle, type Trust } from './bundle/read.ts';
import { readBytes } from './bytes.ts';
import { makeFolder, readState, syncPath, writeState, type FolderState, type Held } from './folder.ts';
import { kindOf } from './kind.ts';
import { mostBytes } from './limits.ts';
import { withFolderLocked } from './lock.ts';
import { readers } from './readers.ts';
import type { Source } from './reader.ts';
import { refuse } from './refuse.ts';
import { stageFile, type Staged } from './stage.ts';
import { buildTables } from './table-file.ts';

export type ImportOptions = {
  /** Whose signature bundles must carry; absent: `unsigned` must be given for a bundle. */
  readonly key?: KeyObject;
  readonly unsigned?: boolean;
  readonly allowOlder?: boolean;
  /** The date of feeds that tell none themselves. */
  readonly date?: Iso;
  /** Of a file that came from a server: when that server says it is of, and where it was. */
  readonly served?: (
    file: string,
  ) => { readonly date?: Iso; readonly address: string; readonly name?: string } | undefined;
  /** What every file must be. */
  readonly only?: FeedName;
  readonly now: Iso;
  readonly waiting?: () => void;
};

/** One feed taken in, beside what was here of it before. */
export type Imported = { readonly feed: FeedName; readonly before?: Held; readonly now: Held };

/** Files that a feed may be given in more than one of. */
const manyFiles: ReadonlySet<FeedName> = new Set(['nvd', 'osv', 'recog', 'roots', 'end-of-life']);

/** What is to become one feed. */
type Batch = {
  readonly staged: Staged[];
  /** What refusals call it: the bundle, or the first file. */
  readonly name: string;
  readonly claimed?: Manifest['feeds'][number];
};

/**
 * Imports bundles and plain files into a folder: all of them, or none and one UserError. Each feed given replaces the one here.
 * Everything is built aside under the folder's lock; one rename makes it current.
 */
export async function importFeeds(
  folder: string,
  files: readonly string[],
  options: ImportOptions,
): Promise<readonly Imported[]> {
  makeFolder(folder);
  return withFolderLocked(
    folder,
    async () => {
      sweep(folder);
      const staging = mkdtempSync(join(folder, 'staging-'));
      try {
        const batches = await gather(files, staging, options);
        const before = readState(folder);
        const built: { feed: FeedName; held: Held; staged: readonly Staged[]; file: string }[] = [];
        for (const feed of feedNames) {
          const batch = batches.get(feed);
          if (batch !== undefined) built.push(await build(feed, batch, staging, before[feed], options));
        }
        // Names are of contents: what is current now is not touched until the state names the new files.
        for (const { held, file, staged } of built) {
          for (const { path, part } of staged) renameSync(path, join(folder, 'sources', part.sha256));
          renameSync(file, join(folder, held.database));
        }
        syncPath(join(folder, 'sources'));
        const after: FolderState = { ...before, ...Object.fromEntries(built.map(({ feed, held }) => [feed, held])) };
        writeState(folder, after);
        return built.map(({ feed, held }) => {
          const was = before[feed];
          return { feed, now: held, ...(was === undefined ? {} : { before: was }) };
        });
      } finally {
        rmSync(staging, { recursive: true, force: true });
        sweep(folder);
      }
    },
    options.waiting === undefined ? {} : { waiting: options.waiting },
  );
}

/** Tells the files apart and takes them into the staging folder, by feed. */
async function gather(
  files: readonly string[],
  staging: string,
  options: ImportOptions,
): Promise<ReadonlyMap<FeedName, Batch>> {
  const batches = new Map<FeedName, Batch>();
  for (const [index, file] of files.entries()) {
    const kind = await kindOf(file, options.served?.(file)?.address ?? file);
    if (options.only !== undefined && (kind.is === 'bundle' || kind.feed !== options.only))
      refuse(options.served?.(file)?.address ?? file, 'wrong-kind', { feed: options.only });
    if (kind.is === 'bundle') {
      const { manifest, parts } = await unpackBundle(
        file,
        file,
        mkdtempSync(join(staging, 'bundle-')),
        trustOf(file, options),
      );
      const staged = [...parts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
      let from = 0;
      for (const claimed of manifest.feeds) {
        if (batches.has(claimed.name)) refuse(file, 'feed-twice', { feed: claimed.name });
        batches.set(claimed.name, { staged: staged.slice(from, from + claimed.parts.length), name: file, claimed });
        from += claimed.parts.length;
      }
      continue;
    }
    const batch = batches.get(kind.feed) ?? { staged: [], name: file };
    if (batch.claimed !== undefined || (batch.staged.length > 0 && !manyFiles.has(kind.feed)))
      refuse(file, 'feed-twice', { feed: kind.feed });
    batch.staged.push(await stageFile(file, join(staging, `file-${index}`), options.served?.(file)));
    batches.set(kind.feed, batch);
  }
  return batches;
}

function trustOf(file: string, { key, unsigned }: ImportOptions): Trust {
  if (unsigned === true) return 'unsigned';
  return key === undefined ? refuse(file, 'key-needed') : { key };
}

async function build(
  feed: FeedName,
  batch: Batch,
  staging: string,
  before: Held | undefined,
  options: ImportOptions,
): Promise<{ feed: FeedName; held: Held; staged: readonly Staged[]; file: string }> {
  const { claimed, name, staged } = batch;
  // A bundle says its dates before it is read to the end.
  if (claimed !== undefined) checkDate(feed, claimed.date, before, name, options);
  const reader = readers[feed];
  const file = join(staging, `${feed}.sqlite`);
  const sources = await Promise.all(staged.map((one) => sourceOf(feed, one, claimed === undefined ? undefined : name)));
  const result = await buildTables(file, reader, sources);
  const told = dateOf(result.date, batch, options) ?? refuse(name, 'date-needed', { feed });
  if (claimed !== undefined && (claimed.entries !== result.entries || claimed.date !== told.date))
    refuse(name, 'manifest-differs', { feed });
  checkDate(feed, told.date, before, name, options);
  const parts = staged.map(({ part }) => part);
  const sha256 = createHash('sha256')
    .update(
      parts
        .map((part) => part.sha256)
        .sort()
        .join('\n'),
    )
    .digest('hex');
  const held: Held = {
    ...told,
    importedAt: options.now,
    entries: result.entries,
    complete: result.complete,
    sha256,
    database: `${feed}-${sha256.slice(0, 16)}-${reader.version}.sqlite`,
    reader: reader.version,
    parts,
  };
  return { feed, held, staged, file };
}

async function sourceOf(feed: FeedName, { path, part }: Staged, bundle: string | undefined): Promise<Source> {
  const name = bundle === undefined ? part.name : `${bundle}: ${part.name}`;
  const kind = await kindOf(path, name);
  if (kind.is !== 'feed' || kind.feed !== feed) return refuse(name, 'wrong-kind', { feed });
  return { path, name, head: kind.head, bytes: () => readBytes(path, name, mostBytes[feed]) };
}

/** The data's own word first, then the bundle's, the server's, and the person's. */
function dateOf(
  own: Iso | undefined,
  { claimed, name }: Batch,
  options: ImportOptions,
): Pick<Held, 'date' | 'dateFrom'> | undefined {
  if (own !== undefined) return { date: own, dateFrom: 'content' };
  if (claimed !== undefined && claimed.dateFrom !== 'content')
    return { date: claimed.date, dateFrom: claimed.dateFrom };
  const served = options.served?.(name)?.date;
  if (served !== undefined) return { date: served, dateFrom: 'server' };
  return options.date === undefined ? undefined : { date: options.date, dateFrom: 'given' };
}

function checkDate(feed: FeedName, date: Iso, before: Held | undefined, name: string, options: ImportOptions): void {
  // A feed from the future would never grow old, and would keep every later one out. A day is left for clocks and zones.
  if (Date.parse(date) > Date.parse(options.now) + dayMs) refuse(name, 'future', { feed, date: date.slice(0, 10) });
  if (before !== undefined && date < before.date && options.allowOlder !== true)
    refuse(name, 'older', { feed, date: date.slice(0, 10), present: before.date.slice(0, 10) });
}

/** A download is under way without the lock; it is swept when its process is gone. */
function isAbandoned(file: string): boolean {
  const owner = /^download-(\d+)-/.exec(file)?.[1];
  if (owner === undefined) return false;
  try {
    process.kill(Number(owner), 0);
    return false;
  } catch {
    return true;
  }
}

/** Takes away what no state names: leftovers of an import that was killed, and what was replaced. */
function sweep(folder: string): void {
  const state = Object.values(readState(folder));
  const databases = new Set(state.map((held) => held.database));
  const sources = new Set(state.flatMap((held) => held.parts.map((part) => part.sha256)));
  for (const file of readdirSync(folder)) {
    const ours =
      file.startsWith('staging-') || isAbandoned(file) || /^state\.json\.\d+$/.test(file) || file.endsWith('.sqlite');
    if (ours && !databases.has(file)) rmSync(join(folder, file), { recursive: true, force: true });
  }
  const kept = join(folder, 'sources');
  if (!existsSync(kept)) return;
  for (const file of readdirSync(kept)) if (!sources.has(file)) rmSync(join(kept, file), { force: true });
}
