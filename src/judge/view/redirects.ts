import { Type, type Static } from '@sinclair/typebox';
import type { Chain, HttpFacts } from '../../model/facts/http.ts';
import { closed, text } from '../../model/schema.ts';
import { hostOf, isHttp, isHttps, isRedirect, type OwnHost } from './own-host.ts';
import { chainFailure } from './page.ts';
import { seen, unseen, type Part } from './part.ts';

const status = Type.Integer({ minimum: 100, maximum: 999 });

/** The redirect that takes a visitor from http to HTTPS, and whether browsers and caches may remember it. */
export const upgradeView = Type.Object({ from: text(2048), to: text(2048), status, permanent: Type.Boolean() }, closed);
export type Upgrade = Static<typeof upgradeView>;

/** A redirect that leads to another site. */
export const crossHostView = Type.Object(
  {
    from: text(2048),
    to: text(2048),
    /** Neither below the site's parent domain nor, for a site of `gov.vn`, another host of `gov.vn`. */
    foreign: Type.Boolean(),
  },
  closed,
);
export type CrossHost = Static<typeof crossHostView>;

/** Null: the http side leads nowhere by redirect, or there is none. */
export function upgradeOf(plain: Chain | null): Part<Upgrade | null> {
  if (plain === null) return seen(null);
  const hop = plain.hops.find((each) => isHttp(each.url) && isRedirect(each) && isHttps(each.location ?? ''));
  if (hop !== undefined)
    return seen({
      from: hop.url,
      to: hop.location ?? '',
      status: hop.status,
      permanent: [301, 308].includes(hop.status),
    });
  const settled = plain.end === 'answer' || (plain.hops.length === 0 && plain.failure?.code === 'refused');
  return settled ? seen(null) : unseen(chainFailure(plain));
}

/** Redirects on the longest way to the site's page; a way without end has more than any site needs. */
export function redirectCountOf(chains: readonly Chain[]): Part<number> {
  const counts = chains.flatMap((chain) => (chain.end === 'failed' ? [] : [chain.hops.filter(isRedirect).length]));
  const [main] = chains;
  if (counts.length === 0) return unseen(chainFailure(main ?? noChain));
  return seen(Math.max(...counts));
}

const noChain: Chain = { start: '', hops: [], end: 'failed' };

/** Redirects from the site to others, each once, in the order met. */
export function crossHostOf(chains: readonly Chain[], own: OwnHost): Part<CrossHost[]> {
  const found = new Map<string, CrossHost>();
  for (const { url, location, status: code } of chains.flatMap(({ hops }) => hops)) {
    if (location === undefined || code > 399 || !own.isSite(url) || own.isSite(location)) continue;
    const host = hostOf(location);
    if (host !== undefined) found.set(location, { from: url, to: location, foreign: isForeign(host, own.host) });
  }
  const [main] = chains;
  if (found.size > 0) return seen([...found.values()].slice(0, 22));
  if (main === undefined || main.end === 'failed') return unseen(chainFailure(main ?? noChain));
  return seen([]);
}

/** Without a list of public suffixes: the domain above a host of three labels or more is taken for its owner's. */
function isForeign(host: string, own: string): boolean {
  const labels = own.replace(/^www\./, '').split('.');
  const parent = (labels.length >= 3 ? labels.slice(1) : labels).join('.');
  const below = (name: string, domain: string) => name === domain || name.endsWith(`.${domain}`);
  if (parent !== 'gov.vn' && below(host, parent)) return false;
  return !(below(own, 'gov.vn') && below(host, 'gov.vn'));
}

/**
 * Answers with content in clear: of the http side, on the way of the HTTPS side, and by the bare address. `byAddress` are
 * the answers to the questions put so, where there were any.
 */
export function clearContentOf({ secure, plain, asks }: HttpFacts): Part<{ url: string; status: number }[]> {
  const chains = [secure, plain].filter((chain) => chain !== null);
  const answered = asks?.questions.flatMap(({ question, hop }) =>
    question === 'address-http' && hop !== undefined ? [hop] : [],
  );
  const found = [...chains.flatMap(({ hops }) => hops), ...(answered ?? [])]
    .filter(({ url, status: code }) => isHttp(url) && ((code >= 200 && code < 300) || code === 401))
    .map(({ url, status: code }) => ({ url, status: code }));
  const unique = [...new Map(found.map((each) => [each.url, each])).values()].slice(0, 24);
  if (unique.length > 0) return seen(unique);
  const open =
    plain === null ? (secure?.hops.length ?? 0) > 0 : plain.hops.length > 0 || plain.failure?.code === 'refused';
  const broken = chains.find((chain) => chain.end === 'failed' && chain.failure?.code !== 'refused');
  return open && broken === undefined ? seen([]) : unseen(chainFailure(broken ?? plain ?? noChain));
}
