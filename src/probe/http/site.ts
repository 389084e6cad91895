import type { Chain, Hop } from '../../model/facts/http.ts';
import type { WebContext } from './web-part.ts';

type Chains = Pick<WebContext, 'secure' | 'plain'>;

/** What the chains showed of the endpoint's own site: the origins that answered, and the page a visitor ends on. */
export function siteOf({ secure, plain }: Chains, hostname: string): Pick<WebContext, 'origins' | 'main'> {
  const chains = [secure, plain].filter((chain) => chain !== null);
  const own = chains.flatMap((chain) => chain.hops).map((hop) => new URL(hop.url));
  const origins = new Set(own.filter((url) => url.hostname === hostname).map((url) => url.origin));
  const main = chains.map((chain) => mainOf(chain, hostname)).find((found) => found !== undefined);
  return {
    origins: [...origins].sort((a, b) => Number(b.startsWith('https:')) - Number(a.startsWith('https:'))).map(asUrl),
    ...(main === undefined ? {} : { main }),
  };
}

const asUrl = (origin: string) => new URL(origin);

function mainOf(chain: Chain, hostname: string): WebContext['main'] {
  const last = chain.hops.at(-1);
  if (last === undefined || chain.end !== 'answer' || !isPage(last)) return undefined;
  const url = new URL(last.url);
  return withoutWww(url.hostname) === withoutWww(hostname) ? { url, chain } : undefined;
}

/** An answer of the site itself: a page, a request for a password, or its own word that there is nothing here. */
const isPage = ({ status }: Hop) => (status >= 200 && status < 300) || status === 401 || status === 404;

const withoutWww = (host: string) => host.replace(/^www\./, '');
