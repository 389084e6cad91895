import { own } from '../../model/own.ts';
import type { SoftwareItem } from '../../model/facts/software.ts';
import { staleness, type VulnerabilityFeed } from '../../model/feed.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { evidenceFor } from '../../model/software/evidence.ts';
import { softwareQueryOf } from '../../model/software-query.ts';
import { softwareKey, type KnownSoftware, type KnownVulnerability } from '../../model/vulnerability.ts';
import {
  mostShown,
  type Certainty,
  type SoftwareItemView,
  type VulnerabilityView,
} from '../../model/software/assessed.ts';
import type { ViewContext } from './view.ts';

type Known = Pick<
  SoftwareItemView,
  'vulnerable' | 'exploited' | 'ransomware' | 'likelyExploited' | 'vulnerabilities' | 'worst' | 'feeds'
>;

/** From here on FIRST's EPSS counts as likely; about one in fifty vulnerabilities reaches it. */
const likely = 0.1;

/**
 * What the feeds say of a version: its vulnerabilities, or why that cannot be told. A feed past its limit says nothing. An
 * empty answer counts only from a complete feed that knows the product; and where a distribution packaged the version, only
 * the distribution's own word counts, because it mends a version without changing its number.
 */
export function knownOf(
  item: SoftwareItem,
  distribution: string | null,
  context: ViewContext,
): Known | { readonly failure: Failure } {
  const undecided = (detail: string) => ({ failure: failure('undecided', detail) });
  const evidence = evidenceFor(item.product, context.target.packages, context.at);
  const query = softwareQueryOf(item, evidence);
  if (query === undefined) return undecided(`${item.product} tells no version`);
  const answer = own(context.reference.software ?? {}, softwareKey(query));
  if (answer === undefined) return { failure: failure('feed-old', 'no vulnerability feed is here') };
  const fresh = freshFeeds(context);
  const asked = answer.askedOf.filter((feed) => fresh.has(feed));
  const told = answer.vulnerabilities.filter((one) => fresh.has(one.matched.feed) || one.distribution !== undefined);
  if (asked.length === 0 && told.length === 0) return { failure: staleOrSilent(item, answer, context) };
  const packaged = distribution !== null || evidence !== undefined;
  const decided = told.filter((one) => counts(one, packaged));
  if (packaged && !asked.includes('debian') && decided.length === 0 && told.length > 0)
    return undecided(
      `${item.product} ${query.version} is packaged by ${distribution ?? 'its system'}, which may have mended it: ${told.length} published vulnerabilities possible`,
    );
  if (decided.length === 0 && (asked.length === 0 || answer.undecided > 0))
    return undecided(`${item.product} ${query.version} does not say enough to tell`);
  return summary(decided, answer, evidence === undefined ? undefined : 'claimed', context);
}

/**
 * What CISA's list says of the product in some version, while it is fresh, for a version of which no feed of ranges can
 * tell: the list names no versions, so it decides nothing.
 */
export function namedByKevOf(item: SoftwareItem, context: ViewContext): SoftwareItemView['namedByKev'] {
  const query = softwareQueryOf(item, evidenceFor(item.product, context.target.packages, context.at));
  const answer = query === undefined ? undefined : own(context.reference.software ?? {}, softwareKey(query));
  const entries = answer?.namedByKev ?? [];
  if (entries.length === 0 || !isFresh('kev', context)) return undefined;
  return { count: entries.length, newest: entries.slice(0, 3).map(({ id, due }) => ({ id: id.slice(0, 64), due })) };
}

/** Whether a match is held against the version: not one that the distribution calls mended, nor one it may have mended. */
function counts({ distribution, matched }: KnownVulnerability, packaged: boolean): boolean {
  if (distribution !== undefined) return distribution.status === 'open';
  return !packaged || matched.how === 'distribution';
}

function summary(
  found: readonly KnownVulnerability[],
  answer: KnownSoftware,
  claimed: Certainty | undefined,
  context: ViewContext,
): Known {
  const kev = isFresh('kev', context);
  const epss = isFresh('epss', context);
  const all = found
    .map((one): VulnerabilityView => {
      const exploited = kev ? one.kev : undefined;
      return {
        id: one.id.slice(0, 64),
        score: one.cvss?.score ?? null,
        epss: epss ? (one.epss?.score ?? null) : null,
        exploited: exploited !== undefined,
        due: exploited?.due ?? null,
        ransomware: exploited?.ransomware === true,
        fixedIn: one.distribution?.fixedIn ?? one.fixedIn ?? null,
        certainty: claimed ?? (one.distribution === undefined ? 'possible' : 'likely'),
      };
    })
    .sort(worstFirst);
  const dropped = answer.vulnerabilities.length - found.length;
  const feeds = [...new Set([...answer.askedOf, ...found.map(({ matched }) => matched.feed), 'kev', 'epss'] as const)];
  return {
    vulnerable: all.length > 0,
    vulnerabilities: Math.max(all.length, all.length === 0 ? 0 : answer.total - dropped),
    worst: all.slice(0, mostShown),
    // "None is exploited" needs a list to say so.
    ...(kev || all.length === 0
      ? { exploited: all.some((one) => one.exploited), ransomware: all.some((one) => one.ransomware) }
      : {}),
    ...(epss || all.length === 0 ? { likelyExploited: all.some((one) => (one.epss ?? 0) >= likely) } : {}),
    feeds: feeds
      .flatMap((feed) => {
        const state = context.reference.feeds?.[feed];
        return state === undefined ? [] : [`${feed} ${state.date.slice(0, 10)}`];
      })
      .join(', ')
      .slice(0, 200),
  };
}

/** Exploited before the rest, then by the probability of it, then by what it would do. */
function worstFirst(a: VulnerabilityView, b: VulnerabilityView): number {
  return (
    Number(b.exploited) - Number(a.exploited) ||
    (b.epss ?? -1) - (a.epss ?? -1) ||
    (b.score ?? -1) - (a.score ?? -1) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

function freshFeeds(context: ViewContext): ReadonlySet<VulnerabilityFeed> {
  const feeds = ['nvd', 'osv', 'debian', 'retire'] as const;
  return new Set(feeds.filter((feed) => isFresh(feed, context)));
}

function isFresh(feed: VulnerabilityFeed | 'kev' | 'epss', context: ViewContext): boolean {
  const state = context.reference.feeds?.[feed];
  return (
    state !== undefined && staleness(feed, state.date, context.at, context.reference.feedDays?.[feed]) === undefined
  );
}

function staleOrSilent(item: SoftwareItem, answer: KnownSoftware, context: ViewContext): Failure {
  for (const feed of [...answer.askedOf, ...answer.vulnerabilities.map(({ matched }) => matched.feed)]) {
    const state = context.reference.feeds?.[feed];
    const stale = state && staleness(feed, state.date, context.at, context.reference.feedDays?.[feed]);
    if (stale !== undefined) return stale;
  }
  return failure('undecided', `no feed here knows ${item.product} ${item.version ?? ''}`.trim());
}
