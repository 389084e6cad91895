import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openFeeds, type Feeds } from '../feeds/open.ts';
import { lockFolder } from '../store/lock.ts';
import { storePlace } from '../store/place.ts';
import { openStore } from '../store/store.ts';
import type { Store } from '../store/types.ts';
import { adoptPublicSuffixes } from './public-suffixes.ts';
import type { ScanOptions } from './scan-types.ts';

/** Opens the feeds. Everything that can be wrong with the input is found before a folder is made or a packet sent. */
export async function withFeeds<T>(options: ScanOptions, use: (feeds: Feeds) => Promise<T>): Promise<T> {
  const feeds = await openFeeds(options.feeds);
  try {
    adoptPublicSuffixes(feeds);
    return await use(feeds);
  } finally {
    feeds.close();
  }
}

/** Makes the folder, takes it for one scan at a time and opens its store. */
export async function inFolder<T>({ out }: ScanOptions, use: (store: Store) => Promise<T>): Promise<T> {
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const lock = lockFolder(join(out, 'rasoat.lock'));
  try {
    return await inStore({ out }, use);
  } finally {
    lock.release();
  }
}

/** Opens the store of a folder. */
export async function inStore<T>({ out }: Pick<ScanOptions, 'out'>, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(storePlace(out));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
