import type { Chain, Hop } from '../../model/facts/http.ts';
import { failure, type Failure } from '../../model/failure.ts';
import type { Iso } from '../../model/observation.ts';
import { parseCookie, type Cookie } from './cookie.ts';
import { cutFailure, headerValues } from './headers.ts';
import { parseHsts, type Hsts } from './hsts.ts';
import { hostOf, isHttps, isRedirect, type OwnHost } from './own-host.ts';
import { chainFailure } from './page.ts';
import { seen, unseen, type Part } from './part.ts';

/** An answer that the site itself gave: neither a filter's nor an error of the server. */
function isOwnAnswer(hop: Hop, chain: Chain, own: OwnHost): boolean {
  const body = hop === chain.hops.at(-1) ? chain.body : undefined;
  return own.challengeIn(hop, body) === null && hop.status < 500;
}

/**
 * The policy that a browser keeps for the host after walking the chains: that of its last HTTPS answer that carries the
 * header, redirects included; never of an http answer (RFC 6797, 8.1). Null when the host's own answers carry none.
 */
export function hstsOf(chains: readonly Chain[], own: OwnHost): Part<Hsts | null> {
  const hops = chains.flatMap((chain) =>
    chain.hops.filter((hop) => isHttps(hop.url) && own.isHost(hop.url)).map((hop) => ({ hop, chain })),
  );
  const last = hops.findLast(({ hop }) => headerValues(hop, 'strict-transport-security').length > 0);
  const [value] = last === undefined ? [] : headerValues(last.hop, 'strict-transport-security');
  if (value !== undefined) return seen(parseHsts(value));
  const healthy = hops.filter(({ hop, chain }) => isOwnAnswer(hop, chain, own));
  if (healthy.length === 0) return unseen(noAnswer(chains, own));
  return healthy.every(({ hop }) => hop.headersCut) ? unseen(cutFailure) : seen(null);
}

/** Cookies that the site's own answers set, over HTTPS and in clear, each once. */
export function cookiesOf(chains: readonly Chain[], own: OwnHost, at: Iso): Part<Cookie[]> {
  const [main] = chains;
  const last = main?.hops.at(-1);
  const whole = main !== undefined && last !== undefined && (main.end === 'answer' || main.end === 'left-scope');
  if (!whole || (own.isSite(last.url) && !isOwnAnswer(last, main, own))) return unseen(noAnswer(chains, own));
  const hops = chains.flatMap((chain) => chain.hops.filter((hop) => own.isSite(hop.url)));
  if (hops.some((hop) => hop.headersCut)) return unseen(cutFailure);
  const cookies = new Map<string, Cookie>();
  for (const hop of hops) {
    for (const value of headerValues(hop, 'set-cookie')) {
      const cookie = parseCookie(value, { overHttps: isHttps(hop.url), host: hostOf(hop.url) ?? own.host, at });
      if (cookie !== null) cookies.set(JSON.stringify(cookie), cookie);
    }
  }
  return seen([...cookies.values()].slice(0, 200));
}

/** The last answer of the site itself, redirects included, for headers that any of its answers may carry. */
export function lastOwnAnswer(chain: Chain | undefined, own: OwnHost): Hop | undefined {
  return chain?.hops.findLast((hop) => own.isSite(hop.url) && isOwnAnswer(hop, chain, own));
}

/** Why the main chain brought no answer of the site. */
export function noAnswer(chains: readonly Chain[], own: OwnHost): Failure {
  const [main] = chains;
  if (main === undefined) return failure('not-run', 'no URL was asked');
  const last = main.hops.at(-1);
  if (main.end !== 'answer' || last === undefined) return chainFailure(main);
  return own.challengeIn(last, main.body) ?? failure('protocol', `${last.url} answered with status ${last.status}`);
}

/** Status of the site's own last answer; a redirect away from the site counts as an answer. */
export function answerOf(chain: Chain | undefined, own: OwnHost): Part<{ url: string; status: number }> {
  if (chain === undefined || (chain.end !== 'answer' && chain.end !== 'left-scope'))
    return unseen(noAnswer(chain === undefined ? [] : [chain], own));
  const last = chain.hops.findLast((hop) => own.isSite(hop.url));
  if (last === undefined) return unseen(noAnswer([chain], own));
  const challenge = isRedirect(last) ? null : own.challengeIn(last, chain.body);
  return challenge === null ? seen({ url: last.url, status: last.status }) : unseen(challenge);
}
