import type { VulnerabilityFeed } from '../../model/feed.ts';
import type { KnownVulnerability } from '../../model/vulnerability.ts';

/** What one feed answers of one product and version. */
export type FeedAnswer = {
  readonly feed: VulnerabilityFeed;
  /** The feed has the product at all. */
  readonly knows: boolean;
  readonly found: readonly KnownVulnerability[];
  /** Ids whose range the version told does not decide. */
  readonly undecided: readonly string[];
};

export function silent(feed: VulnerabilityFeed): FeedAnswer {
  return { feed, knows: false, found: [], undecided: [] };
}
