import type { VulnerabilityFeed } from '../../model/feed.ts';
import {
  mostVulnerabilities,
  type DistributionWord,
  type KnownSoftware,
  type KnownVulnerability,
  type SoftwareQuery,
} from '../../model/vulnerability.ts';
import type { FeedAnswer } from './answer.ts';
import type { KevLookup } from './exploited.ts';
import type { NvdLookup } from './nvd.ts';

/** The lookups of the feeds that are here. */
export type Lookups = {
  readonly asks: readonly ((query: SoftwareQuery) => FeedAnswer)[];
  readonly isComplete: (feed: VulnerabilityFeed) => boolean;
  readonly describe?: NvdLookup['describe'];
  readonly epss?: (cve: string) => KnownVulnerability['epss'];
  readonly kev?: KevLookup;
  readonly debianWords?: (query: SoftwareQuery) => ReadonlyMap<string, DistributionWord>;
};

/** Asks every feed of one product and version, and makes one answer of theirs: one entry a vulnerability, worst first. */
export function askAll(lookups: Lookups, query: SoftwareQuery): KnownSoftware {
  const answers = lookups.asks.map((ask) => ask(query));
  const words = lookups.debianWords?.(query) ?? new Map<string, DistributionWord>();
  const found = new Map<string, KnownVulnerability>();
  for (const one of answers.flatMap((answer) => answer.found)) {
    const known = found.get(one.id);
    found.set(one.id, known === undefined ? one : joined(known, one));
  }
  const all = [...found.values()].map((one) => complete(one, lookups, words)).sort(worstFirst);
  const undecided = new Set(answers.flatMap((answer) => answer.undecided).filter((id) => !found.has(id)));
  return {
    askedOf: answers.filter(({ feed, knows }) => knows && lookups.isComplete(feed)).map(({ feed }) => feed),
    vulnerabilities: all.slice(0, mostVulnerabilities),
    total: all.length,
    undecided: undecided.size,
    namedByKev: lookups.kev?.byProduct(query.cpe) ?? [],
  };
}

/** Two feeds on one vulnerability: the first keeps its word, the second adds what it lacks; a condition counts if both set one. */
function joined(first: KnownVulnerability, second: KnownVulnerability): KnownVulnerability {
  const { onlyWith, ...rest } = { ...second, ...first };
  const unconditional = first.onlyWith === undefined || second.onlyWith === undefined;
  return unconditional || onlyWith === undefined ? rest : { ...rest, onlyWith };
}

function complete(
  one: KnownVulnerability,
  lookups: Lookups,
  words: ReadonlyMap<string, DistributionWord>,
): KnownVulnerability {
  const epss = lookups.epss?.(one.id);
  const kev = lookups.kev?.byCve(one.id);
  const distribution = one.distribution ?? words.get(one.id);
  return {
    ...lookups.describe?.(one.id),
    ...one,
    ...(epss === undefined ? {} : { epss }),
    ...(kev === undefined ? {} : { kev }),
    ...(distribution === undefined ? {} : { distribution }),
  };
}

function worstFirst(a: KnownVulnerability, b: KnownVulnerability): number {
  const exploited = Number(b.kev !== undefined) - Number(a.kev !== undefined);
  const score = (b.cvss?.score ?? -1) - (a.cvss?.score ?? -1);
  return exploited || score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
