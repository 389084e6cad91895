import { Type, type Static } from '@sinclair/typebox';
import type { Chain, Hop } from '../../model/facts/http.ts';
import { failure } from '../../model/failure.ts';
import { closed, oneOf, text } from '../../model/schema.ts';
import { isHttp, isHttps, isRedirect, type OwnHost } from './own-host.ts';
import { chainFailure } from './page.ts';
import { seen, unseen, type Part } from './part.ts';

/** What the unencrypted URL of an endpoint leads to. */
export const plainView = Type.Object(
  {
    start: text(2048),
    /**
     * `closed` the port refuses connections; `https` redirects lead to HTTPS; `content` something is served in clear, a
     * request for a password (401) included; `refusal` an error status and nothing else.
     */
    ends: oneOf(['closed', 'https', 'content', 'refusal']),
    /** URL and status of the answer that shows it; null when the port is closed. */
    url: Type.Union([text(2048), Type.Null()]),
    status: Type.Union([Type.Integer({ minimum: 100, maximum: 999 }), Type.Null()]),
    /**
     * The very first answer goes to HTTPS on the same host, so that the host's own HSTS is learned before any other host
     * is visited; null when the first answer is no redirect.
     */
    firstHopToOwnHttps: Type.Union([Type.Boolean(), Type.Null()]),
    /** Where the first answer redirects to; null when it does not. */
    firstLocation: Type.Union([text(2048), Type.Null()]),
  },
  closed,
);
export type Plain = Static<typeof plainView>;

/** Follows what was seen of the http chain; a refused connection is evidence, a silent one is not. */
export function plainOf(chain: Chain, own: OwnHost): Part<Plain> {
  const [first] = chain.hops;
  if (first === undefined) {
    const nothing = { start: chain.start, url: null, status: null, firstHopToOwnHttps: null, firstLocation: null };
    return chain.failure?.code === 'refused' ? seen({ ...nothing, ends: 'closed' }) : unseen(chainFailure(chain));
  }
  const decisive = decide(chain, own);
  if ('unseen' in decisive) return decisive;
  const { ends, hop } = decisive.seen;
  return seen({
    start: chain.start,
    ends,
    url: hop.url,
    status: hop.status,
    firstHopToOwnHttps: isRedirect(first) ? isHttps(first.location ?? '') && own.isHost(first.location ?? '') : null,
    firstLocation: isRedirect(first) ? (first.location ?? null) : null,
  });
}

type Decisive = { readonly ends: Plain['ends']; readonly hop: Hop };

function decide(chain: Chain, own: OwnHost): Part<Decisive> {
  const toHttps = chain.hops.find((hop) => isHttp(hop.url) && isRedirect(hop) && isHttps(hop.location ?? ''));
  if (toHttps !== undefined) return seen({ ends: 'https', hop: toHttps });
  const last = chain.hops.at(-1);
  if (last === undefined || chain.end !== 'answer') return unseen(chainFailure(chain));
  const challenge = own.challengeIn(last, chain.body);
  if (challenge !== null) return unseen(challenge);
  if ((last.status >= 200 && last.status < 300) || last.status === 401) return seen({ ends: 'content', hop: last });
  if (last.status >= 500) return unseen(failure('blocked', `${last.url} answered with status ${last.status}`));
  return seen({ ends: 'refusal', hop: last });
}
