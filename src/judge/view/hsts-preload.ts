import type { Chain } from '../../model/facts/http.ts';
import { oneOf } from '../../model/schema.ts';
import { headerValues } from './headers.ts';
import { parseHsts, type Hsts } from './hsts.ts';
import { hostOf, isHttps, isRedirect, type OwnHost } from './own-host.ts';
import { seen, type Part } from './part.ts';

/**
 * What hstspreload.org documents as required of a site that asks to be listed: `max-age` of a year, `includeSubDomains`,
 * port 80 redirecting to HTTPS on the same host first, and the header on that host's own redirect as well. Whether the
 * certificate is trusted is the TLS checks' to say; whether the site is on the list, nobody's here.
 */
export const preloadGap = oneOf(['max-age', 'include-subdomains', 'redirect', 'redirect-header']);
type Gap = 'max-age' | 'include-subdomains' | 'redirect' | 'redirect-header';

const aYear = 31_536_000;

/** Null: the site does not ask to be listed. */
export function preloadGapsOf(
  chains: readonly Chain[],
  plain: Chain | null,
  hsts: Part<Hsts | null>,
  own: OwnHost,
): Part<Gap[] | null> {
  if ('unseen' in hsts) return hsts;
  const policy = hsts.seen;
  if (policy?.preload !== true) return seen(null);
  const gaps: Gap[] = [];
  if ((policy.maxAge ?? 0) < aYear) gaps.push('max-age');
  if (!policy.includeSubDomains) gaps.push('include-subdomains');
  if (plain !== null && !startsRight(plain)) gaps.push('redirect');
  const away = chains
    .flatMap(({ hops }) => hops)
    .filter((hop) => isHttps(hop.url) && own.isHost(hop.url) && isRedirect(hop));
  if (away.some((hop) => !asksToBeListed(headerValues(hop, 'strict-transport-security')[0])))
    gaps.push('redirect-header');
  return seen(gaps);
}

/** Nothing listens on port 80, nothing answered there, or the first answer goes to HTTPS on the same host. */
function startsRight({ hops: [first] }: Chain): boolean {
  if (first === undefined) return true;
  const location = isRedirect(first) ? (first.location ?? '') : '';
  return isHttps(location) && hostOf(location) === hostOf(first.url);
}

function asksToBeListed(value: string | undefined): boolean {
  if (value === undefined) return false;
  const { preload, includeSubDomains, maxAge } = parseHsts(value);
  return preload && includeSubDomains && (maxAge ?? 0) >= aYear;
}
