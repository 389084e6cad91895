import type { Hop } from '../../model/facts/http.ts';
import { failure, type Failure } from '../../model/failure.ts';
import type { Reference } from '../../model/reference.ts';
import type { Target } from '../../model/target.ts';
import { challengeIn } from './challenge.ts';
import type { ShownBody } from './stand-in.ts';

/** The host that an endpoint is, by which its own answers are told from others'. */
export type OwnHost = {
  /** Lower case; brackets kept around an IPv6 address. */
  readonly host: string;
  /** It is reached by a name, not by a bare address. */
  readonly named: boolean;
  readonly isHost: (url: string) => boolean;
  /** The host or its twin with or without `www.`, which serve one site. */
  readonly isSite: (url: string) => boolean;
  /** Why an answer is not the site's own content; null when nothing speaks against it. */
  readonly challengeIn: (hop: Hop, body: (ShownBody & { readonly refresh?: string }) | undefined) => Failure | null;
};

/** `reference` tells the pages that stand in a site's place. */
export function ownHostOf(target: Target, reference: Reference = {}): OwnHost {
  const endpoint = target.endpoint;
  const host = (endpoint.kind === 'web' ? hostOf(endpoint.url) : undefined) ?? target.name ?? target.address ?? '';
  const bare = (name: string) => name.replace(/^www\./, '');
  const isSite = (url: string) => bare(hostOf(url) ?? '') === bare(host) && host !== '';
  return {
    host,
    named: host !== '' && !/^\[|^\d+(\.\d+){3}$/.test(host),
    isHost: (url) => hostOf(url) === host,
    isSite,
    challengeIn: (hop, body) => {
      const challenge = challengeIn(hop, body, reference.standIns);
      if (challenge !== null || body?.refresh === undefined || isSite(body.refresh)) return challenge;
      return failure('undecided', `${hop.url} sends its visitors on to ${body.refresh}`);
    },
  };
}

/** Host of a URL in lower case; undefined for what is no http(s) URL. */
export function hostOf(url: string): string | undefined {
  return isHttp(url) || isHttps(url) ? URL.parse(url)?.hostname : undefined;
}

export const isHttps = (url: string) => /^https:\/\//i.test(url);
export const isHttp = (url: string) => /^http:\/\//i.test(url);

/** A hop that leads on to another URL. */
export const isRedirect = (hop: Hop) => hop.location !== undefined && hop.status >= 300 && hop.status < 400;
