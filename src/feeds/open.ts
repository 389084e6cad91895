import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { feedNames, staleness, type FeedDays, type FeedName, type FeedStates } from '../model/feed.ts';
import type { Fingerprints } from '../model/software/fingerprints.ts';
import type { SuffixRule } from '../model/public-suffix.ts';
import type { EndOfLifeTable, ReleaseLine } from '../model/reference.ts';
import {
  softwareKey,
  type KnownSoftware,
  type KnownSoftwareTable,
  type SoftwareQuery,
} from '../model/vulnerability.ts';
import { readState, type FolderState } from './folder.ts';
import { askAll, type Lookups } from './lookup/ask.ts';
import { debianLookup } from './lookup/debian.ts';
import { epssLookup, kevLookup } from './lookup/exploited.ts';
import { nvdLookup } from './lookup/nvd.ts';
import { osvLookup } from './lookup/osv.ts';
import { recogLookup } from './lookup/recog.ts';
import { retireLookup } from './lookup/retire.ts';
import { mergeEndOfLife } from './merge-end-of-life.ts';
import { readers } from './readers.ts';
import { readSettings } from './settings.ts';
import { openTables } from './table-file.ts';

/** The feeds of a folder as they were when it was opened: an import under way or later changes nothing here. */
export type Feeds = {
  readonly states: FeedStates;
  readonly days: FeedDays;
  /** Our own support dates with those of the feed laid over them. */
  readonly endOfLife: (own: EndOfLifeTable) => EndOfLifeTable;
  /** What is known of each product and version asked of. */
  readonly ask: (queries: readonly SoftwareQuery[]) => KnownSoftwareTable;
  /** The second opinion of recog's fingerprints; absent: not here, or past its days on the day given. */
  readonly fingerprints: (at: string) => Fingerprints | undefined;
  /** Rules of the imported public suffix list; absent likewise. */
  readonly publicSuffixes: (at: string) => readonly SuffixRule[] | undefined;
  readonly roots: () => readonly { readonly name: string; readonly pem: string }[];
  readonly close: () => void;
};

/** How many answers are kept: a fleet tells the same few versions again and again. */
const mostKept = 2000;

/** Opens the feeds of a folder; a folder that is not there has none. */
export async function openFeeds(folder: string, settingsFile?: string): Promise<Feeds> {
  const settings = await readSettings(folder, settingsFile);
  const { state, databases } = openAll(folder);
  const lookups = lookupsOf(state, databases);
  const freshAt = (name: FeedName, at: string) => {
    const date = state[name]?.date;
    const fresh = date !== undefined && staleness(name, date, at, settings.days[name]) === undefined;
    return fresh ? databases.get(name) : undefined;
  };
  const kept = new Map<string, KnownSoftware>();
  const ask = (query: SoftwareQuery): KnownSoftware => {
    const key = softwareKey(query);
    const known = kept.get(key) ?? askAll(lookups, query);
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, known);
    return known;
  };
  return {
    states: statesOf(state),
    days: settings.days,
    endOfLife: (own) => mergeEndOfLife(own, state['end-of-life']?.date, endOfLifeRows(databases)),
    ask: (queries) => Object.fromEntries(queries.map((query) => [softwareKey(query), ask(query)])),
    fingerprints: (at) => {
      const database = freshAt('recog', at);
      return database === undefined ? undefined : recogLookup(database, state.recog?.date ?? '');
    },
    publicSuffixes: (at) => suffixRules(freshAt('public-suffix', at)),
    roots: () =>
      (databases.get('roots')?.prepare('SELECT name, pem FROM root ORDER BY name, sha256').all() ?? []).map((row) => ({
        name: String(row['name']),
        pem: String(row['pem']),
      })),
    close: () => {
      for (const database of databases.values()) database.close();
    },
  };
}

/** What is here, by feed; tables of another version of the reader are as good as none. */
export function statesOf(state: FolderState): FeedStates {
  return Object.fromEntries(
    feedNames.flatMap((name) => {
      const held = state[name];
      if (held?.reader !== readers[name].version) return [];
      const { date, dateFrom, importedAt, entries, complete, sha256 } = held;
      return [[name, { date, dateFrom, importedAt, entries, complete, sha256 }]];
    }),
  );
}

function openAll(folder: string): { readonly state: FolderState; readonly databases: Map<FeedName, DatabaseSync> } {
  // An import that ends between reading the state and opening a file takes the file away: then the state is read again.
  for (let tries = 0; ; tries += 1) {
    const state = readState(folder);
    const databases = new Map<FeedName, DatabaseSync>();
    try {
      for (const name of feedNames) {
        const held = state[name];
        if (held?.reader === readers[name].version) databases.set(name, openTables(join(folder, held.database)));
      }
      return { state, databases };
    } catch (error) {
      for (const database of databases.values()) database.close();
      const moved = Object.values(state).some((held) => !existsSync(join(folder, held.database)));
      if (tries >= 3 || !moved) throw error;
    }
  }
}

function lookupsOf(state: FolderState, databases: ReadonlyMap<FeedName, DatabaseSync>): Lookups {
  const of = <T>(name: FeedName, make: (database: DatabaseSync) => T): T | undefined => {
    const database = databases.get(name);
    return database === undefined ? undefined : make(database);
  };
  const nvd = of('nvd', nvdLookup);
  const debian = of('debian', debianLookup);
  const kev = of('kev', kevLookup);
  const epss = of('epss', epssLookup);
  const asks = [nvd?.ask, of('osv', osvLookup), debian?.ask, of('retire', retireLookup)];
  return {
    asks: asks.filter((one) => one !== undefined),
    isComplete: (feed) => state[feed]?.complete === true,
    ...(nvd === undefined ? {} : { describe: nvd.describe }),
    ...(epss === undefined ? {} : { epss }),
    ...(kev === undefined ? {} : { kev }),
    ...(debian === undefined ? {} : { debianWords: debian.words }),
  };
}

function suffixRules(database: DatabaseSync | undefined): readonly SuffixRule[] | undefined {
  const rows = database?.prepare('SELECT rule, section FROM suffix').all();
  return rows?.map((row) => ({ rule: String(row['rule']), isPrivate: row['section'] === 'private' }));
}

function endOfLifeRows(databases: ReadonlyMap<FeedName, DatabaseSync>) {
  const rows = databases.get('end-of-life')?.prepare('SELECT product, title, lines FROM end_of_life').all() ?? [];
  return rows.map((row) => ({
    product: String(row['product']),
    title: String(row['title']),
    lines: JSON.parse(String(row['lines'])) as readonly ReleaseLine[],
  }));
}
