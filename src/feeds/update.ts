import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dispatcher } from 'undici';
import { UserError, type Problem } from '../model/errors.ts';
import { feedNames, type FeedName } from '../model/feed.ts';
import type { Iso } from '../model/observation.ts';
import { createDispatcher, download, type Validators } from './download.ts';
import { makeFolder, readState } from './folder.ts';
import { importFeeds, type Imported, type ImportOptions } from './import.ts';
import { asObject, asText } from './plain.ts';
import type { Settings } from './settings.ts';

export type UpdateEvents = {
  readonly downloading?: (address: string) => void;
  readonly waiting?: () => void;
};

export type Updated =
  | { readonly feed: FeedName; readonly is: 'imported'; readonly imported: Imported }
  | { readonly feed: FeedName; readonly is: 'unchanged' }
  | { readonly feed: FeedName; readonly is: 'failed'; readonly problems: readonly Problem[] };

type UpdateOptions = {
  /** Absent: every feed that has an address. */
  readonly feeds?: readonly FeedName[];
  readonly allowOlder?: boolean;
  readonly userAgent: string;
  readonly now: Iso;
};

/** Downloads feeds and imports each as a file would be; one that fails leaves the others alone. */
export async function* updateFeeds(
  folder: string,
  settings: Settings,
  options: UpdateOptions,
  events: UpdateEvents = {},
): AsyncGenerator<Updated> {
  makeFolder(folder);
  const dispatcher = createDispatcher(settings.proxy);
  try {
    for (const feed of options.feeds ?? feedNames) {
      const addresses = expand(settings.sources[feed] ?? [], options.now);
      if (addresses.length === 0) continue;
      try {
        yield await updateOne(folder, feed, addresses, settings, options, dispatcher, events);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        yield { feed, is: 'failed', problems: error.problems };
      }
    }
  } finally {
    await dispatcher.close();
  }
}

/** `{year}` in an address stands for each year from 2002 to that of `now`. */
export function expand(addresses: readonly string[], now: Iso): readonly string[] {
  const last = Number(now.slice(0, 4));
  const years = Array.from({ length: last - 2001 }, (_none, index) => String(2002 + index));
  return addresses.flatMap((one) =>
    one.includes('{year}') ? years.map((year) => one.replaceAll('{year}', year)) : [one],
  );
}

async function updateOne(
  folder: string,
  feed: FeedName,
  addresses: readonly string[],
  settings: Settings,
  options: UpdateOptions,
  dispatcher: Dispatcher,
  events: UpdateEvents,
): Promise<Updated> {
  const held = readState(folder)[feed];
  const known = readValidators(folder);
  const learned: Record<string, Validators> = {};
  const staging = mkdtempSync(join(folder, `download-${process.pid}-`));
  try {
    const served = new Map<string, { date: Iso; address: string; name?: string }>();
    let changed = false;
    for (const [index, address] of addresses.entries()) {
      events.downloading?.(address);
      const part = held?.parts.find((one) => one.address === address);
      const source = part === undefined ? undefined : join(folder, 'sources', part.sha256);
      const present = source !== undefined && existsSync(source);
      const got = await download(address, join(staging, String(index)), present ? (known[address] ?? {}) : {}, {
        dispatcher,
        userAgent: options.userAgent,
        mostBytes: settings.megabytes * 1_000_000,
        deadlineMs: settings.seconds * 1000,
      });
      if (got.is === 'same' && source !== undefined) {
        served.set(source, { date: got.at, address, ...(part === undefined ? {} : { name: part.name }) });
      } else if (got.is === 'new') {
        changed = true;
        learned[address] = got.validators;
        served.set(got.staged.path, { date: got.at, address, name: got.staged.part.name });
      }
    }
    // A feed that tells its own date and has not changed is as it was; of another the server's word today is its date.
    if (!changed && held?.dateFrom === 'content') return { feed, is: 'unchanged' };
    const importOptions: ImportOptions = {
      now: options.now,
      served: (file) => served.get(file),
      only: feed,
      ...(options.allowOlder === undefined ? {} : { allowOlder: options.allowOlder }),
      ...(events.waiting === undefined ? {} : { waiting: events.waiting }),
    };
    const [imported] = await importFeeds(folder, [...served.keys()], importOptions);
    writeValidators(folder, { ...known, ...learned });
    return imported === undefined ? { feed, is: 'unchanged' } : { feed, is: 'imported', imported };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

const validatorsFile = (folder: string) => join(folder, 'validators.json');

/** What servers said last; a file that is damaged only costs a download. */
function readValidators(folder: string): Readonly<Record<string, Validators>> {
  try {
    const all = asObject(JSON.parse(readFileSync(validatorsFile(folder), 'utf8'))) ?? {};
    return Object.fromEntries(
      Object.entries(all).map(([address, value]) => {
        const etag = asText(asObject(value)?.['etag'], 500);
        const lastModified = asText(asObject(value)?.['lastModified'], 100);
        return [
          address,
          { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) },
        ];
      }),
    );
  } catch {
    return {};
  }
}

function writeValidators(folder: string, all: Readonly<Record<string, Validators>>): void {
  const aside = `${validatorsFile(folder)}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(all), { mode: 0o600 });
  renameSync(aside, validatorsFile(folder));
}
