import { openFeeds, type Feeds } from '../feeds/open.ts';
import { usePublicSuffixes } from '../model/public-suffix.ts';

/** Puts the imported public suffix list, while it is fresh, in the place of the one that ships with us. */
export function adoptPublicSuffixes(feeds: Feeds, at = new Date().toISOString()): void {
  usePublicSuffixes(feeds.publicSuffixes(at));
}

/** The same for a command that wants nothing else of the feeds. */
export async function adoptPublicSuffixesOf(folder: string): Promise<void> {
  const feeds = await openFeeds(folder);
  try {
    adoptPublicSuffixes(feeds);
  } finally {
    feeds.close();
  }
}
