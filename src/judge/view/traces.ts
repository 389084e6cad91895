import { Type } from '@sinclair/typebox';
import type { Chain, Hop } from '../../model/facts/http.ts';
import { failure } from '../../model/failure.ts';
import { closed, list, text } from '../../model/schema.ts';
import { enforcedPolicies } from './csp.ts';
import { noncesOf } from './csp-nonce.ts';
import { namedHeaderView, type NamedHeader } from './disclosure.ts';
import { cutFailure, headerValues, joinedHeader } from './headers.ts';
import { debugHeadersOf, internalHeadersOf } from './leaks.ts';
import type { OwnHost } from './own-host.ts';
import { seen, unseen, type Part } from './part.ts';
import { noAnswer } from './site-headers.ts';

const nonceReuse = Type.Object({ first: text(2048), again: text(2048), nonce: text(256) }, closed);
const logOut = Type.Object({ url: text(2048), clears: Type.Boolean() }, closed);

/** Facts that all answers of the site together tell, redirects included. */
export const tracesView = {
  /** Headers that tell of the network behind. */
  internal: Type.Optional(list(namedHeaderView, 64)),
  /** Headers that debuggers and profilers add. */
  debug: Type.Optional(list(namedHeaderView, 64)),
  /**
   * Nonces that came twice: in answers to two URLs, or in one out of a cache, which gives it to everybody. Null: no policy
   * has a nonce; absent: one answer alone had one, so nothing could be compared.
   */
  nonceReuse: Type.Optional(Type.Union([list(nonceReuse, 20), Type.Null()])),
  /** The answer of a URL that logs out; null: none was asked for. */
  logOut: Type.Optional(Type.Union([logOut, Type.Null()])),
} as const;

type NonceReuse = { first: string; again: string; nonce: string };
type Traces = {
  readonly internal: Part<NamedHeader[]>;
  readonly debug: Part<NamedHeader[]>;
  readonly nonceReuse: Part<NonceReuse[] | null>;
  readonly logOut: Part<{ url: string; clears: boolean } | null>;
};

export function tracesOf(chains: readonly Chain[], own: OwnHost): Traces {
  const hops = chains.flatMap((chain) => chain.hops).filter((hop) => own.isSite(hop.url));
  if (hops.length === 0) {
    const none = unseen(noAnswer(chains, own));
    return { internal: none, debug: none, nonceReuse: none, logOut: none };
  }
  const cut = hops.some((hop) => hop.headersCut);
  const whole = (found: readonly NamedHeader[]): Part<NamedHeader[]> =>
    found.length === 0 && cut ? unseen(cutFailure) : seen(distinct(found).slice(0, 64));
  return {
    internal: whole(hops.flatMap(internalHeadersOf)),
    debug: whole(hops.flatMap(debugHeadersOf)),
    nonceReuse: nonceReuseOf(hops),
    logOut: logOutOf(hops),
  };
}

function distinct(headers: readonly NamedHeader[]): NamedHeader[] {
  return [...new Map(headers.map((header) => [`${header.name}: ${header.value}`, header])).values()];
}

/** A URL to which both chains come is asked for once, so that its answers are one. */
function nonceReuseOf(hops: readonly Hop[]): Part<NonceReuse[] | null> {
  const answers = [...new Map(hops.map((hop) => [`${hop.address} ${hop.url}`, hop])).values()]
    .map((hop) => ({ hop, nonces: noncesIn(hop) }))
    .filter(({ nonces }) => nonces.length > 0);
  if (answers.length === 0) return seen(null);
  const reused = answers.flatMap(({ hop, nonces }, index): NonceReuse[] => {
    const cached = Number(joinedHeader(hop, 'age') ?? '0') > 0;
    return nonces.flatMap((nonce) => {
      const again = answers.slice(index + 1).find((other) => other.nonces.includes(nonce));
      if (again !== undefined) return [{ first: hop.url, again: again.hop.url, nonce }];
      return cached ? [{ first: hop.url, again: hop.url, nonce }] : [];
    });
  });
  if (reused.length > 0 || answers.length > 1) return seen(reused.slice(0, 20));
  return unseen(failure('undecided', 'one answer alone carried a nonce, so that it could not be compared'));
}

function noncesIn(hop: Hop): readonly string[] {
  const policies = enforcedPolicies(headerValues(hop, 'content-security-policy'), []);
  return noncesOf(policies.map(({ policy }) => policy)).map(({ value }) => value);
}

const logOutPath = /\/(log-?out|sign-?out|log-?off|sign-?off|dang-?xuat|thoat)(\.\w{1,5})?\/?$/i;

/** Clear-Site-Data is wanted where somebody logs out, and nowhere else. */
function logOutOf(hops: readonly Hop[]): Traces['logOut'] {
  const hop = hops.find(({ url }) => logOutPath.test(URL.parse(url)?.pathname ?? ''));
  if (hop === undefined) return seen(null);
  const clears = /"(cookies|storage|\*)"/.test(joinedHeader(hop, 'clear-site-data') ?? '');
  return clears || !hop.headersCut ? seen({ url: hop.url, clears }) : unseen(cutFailure);
}
