import type { Chain, Hop } from '../../model/facts/http.ts';
import type { WebContext } from './web-part.ts';

type Chains = Pick<WebContext, 'secure' | 'plain'>;
type Site = Pick<WebContext, 'origins' | 'main' | 'front'>;

/** What the chains showed of the endpoint's own site: the origins that answered, and the page a visitor ends on. */
export function siteOf({ secure, plain }: Chains, hostname: string): Site {
  const chains = [secure, plain].filter((chain) => chain !== null);
  const urls = chains.flatMap((chain) => chain.hops).map((hop) => new URL(hop.url));
  const origins = new Set(urls.filter((url) => url.hostname === hostname).map((url) => url.origin));
  const isSite = (hop: Hop) => withoutWww(new URL(hop.url).hostname) === withoutWww(hostname);
  const main = chains.map((chain) => mainOf(chain, isSite)).find((found) => found !== undefined);
  const front = main?.url ?? chains.map((chain) => doorOf(chain, isSite)).find((found) => found !== undefined);
  return {
    origins: [...origins].map((origin) => new URL(origin)).sort(secureFirst),
    ...(main === undefined ? {} : { main }),
    ...(front === undefined ? {} : { front }),
  };
}

const secureFirst = (a: URL, b: URL) => Number(b.protocol === 'https:') - Number(a.protocol === 'https:');

const withoutWww = (host: string) => host.replace(/^www\./, '');

function mainOf(chain: Chain, isSite: (hop: Hop) => boolean): Site['main'] {
  const last = chain.hops.at(-1);
  const found = last !== undefined && chain.end === 'answer' && isPage(last) && isSite(last);
  return found ? { url: new URL(last.url), chain } : undefined;
}

/** An answer of the site itself: a page, a request for a password, or its own word that there is nothing here. */
const isPage = ({ status }: Hop) => (status >= 200 && status < 300) || status === 401 || status === 404;

/** The site's own last redirect, where it leads to another host. */
function doorOf(chain: Chain, isSite: (hop: Hop) => boolean): URL | undefined {
  const last = chain.hops.findLast(isSite);
  if (last?.location === undefined || (chain.end !== 'left-scope' && last === chain.hops.at(-1))) return undefined;
  return new URL(last.url);
}
