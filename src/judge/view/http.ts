import { Type, type Static } from '@sinclair/typebox';
import type { Chain, HttpFacts } from '../../model/facts/http.ts';
import { closed, list, text } from '../../model/schema.ts';
import { cookieView, type Cookie } from './cookie.ts';
import {
  droppedHeadersOf,
  namedHeaderView,
  serverHeaderOf,
  serverHeaderView,
  technologyHeadersOf,
  type NamedHeader,
  type ServerHeader,
} from './disclosure.ts';
import { cutFailure } from './headers.ts';
import { hstsView } from './hsts.ts';
import { isHttp, isHttps, isRedirect, ownHostOf, type OwnHost } from './own-host.ts';
import { chainFailure, pageOf, pageView } from './page.ts';
import { assemble, seen, unseen, type Part } from './part.ts';
import { passwordInClearOf, passwordPageOf } from './password.ts';
import { derivePaths, pathsView, type PathsView } from './paths.ts';
import { plainOf, plainView, type Plain } from './plain.ts';
import { answerOf, cookiesOf, hstsOf, lastOwnAnswer, noAnswer } from './site-headers.ts';
import { tracesOf, tracesView } from './traces.ts';
import type { Derived, ViewContext } from './view.ts';
import { webAskParts, webAsksView } from './web-asks.ts';

/** Facts of a web endpoint as checks read them. Key absent: not seen; null, false or []: seen to be absent. */
export const httpView = Type.Object(
  {
    /** Reached by a name; browsers keep no HSTS for bare addresses. */
    named: Type.Boolean(),
    /** The endpoint answers over HTTPS. */
    https: Type.Optional(Type.Boolean()),
    /** The site's own last answer, whatever its status, a redirect to elsewhere included. */
    answer: Type.Optional(
      Type.Object({ url: text(2048), status: Type.Integer({ minimum: 100, maximum: 999 }) }, closed),
    ),
    page: Type.Optional(pageView),
    /** Null: the host's HTTPS answers carry no Strict-Transport-Security. */
    hsts: Type.Optional(Type.Union([hstsView, Type.Null()])),
    cookies: Type.Optional(list(cookieView, 200)),
    /** Those of the cookies whose names look like a session or a login. */
    sessionCookies: Type.Optional(list(cookieView, 200)),
    /** Null: no Server header. */
    server: Type.Optional(Type.Union([serverHeaderView, Type.Null()])),
    /** Headers that tell what the site is built with. */
    technology: Type.Optional(list(namedHeaderView, 32)),
    /** Headers that browsers have dropped. */
    dropped: Type.Optional(list(namedHeaderView, 32)),
    ...tracesView,
    /** The unencrypted URL; null: the endpoint has none. */
    plain: Type.Optional(Type.Union([plainView, Type.Null()])),
    /** A page of the endpoint asks for a password. */
    passwordPage: Type.Optional(Type.Boolean()),
    passwordInClear: Type.Optional(Type.Boolean()),
    /** Redirects from HTTPS to http, in the order seen. */
    downgrades: Type.Optional(list(Type.Object({ from: text(2048), to: text(2048) }, closed), 22)),
    ...webAsksView,
    paths: Type.Optional(pathsView),
  },
  closed,
);
export type HttpView = Static<typeof httpView>;

/** Derives the view of one endpoint from its chains of redirects; pure. */
export function deriveHttp(facts: HttpFacts, context: ViewContext): Derived<HttpView> {
  const own = ownHostOf(context.target, context.reference);
  const chains = chainsOf(facts, context);
  const [main] = chains;
  const page = main === undefined ? unseen(noAnswer([], own)) : pageOf(main, own);
  const plain: Part<Plain | null> = facts.plain === null ? seen(null) : plainOf(facts.plain, own);
  const cookies = cookiesOf(chains, own, context.at);
  const hsts = hstsOf(chains, own);
  const paths = derivePaths(facts, chains, own, context);
  const derived = assemble<HttpView>('/http', {
    named: seen(own.named),
    https: httpsOf(facts, own),
    answer: answerOf(main, own),
    page: 'seen' in page ? seen(page.seen.view) : page,
    hsts,
    cookies,
    sessionCookies: 'seen' in cookies ? seen(sessionCookiesOf(cookies.seen)) : cookies,
    ...disclosed(main, own),
    ...tracesOf(chains, own),
    plain,
    passwordPage: passwordPageOf(chains),
    passwordInClear: passwordInClearOf(facts.plain, plain),
    downgrades: downgradesOf(chains, own),
    ...webAskParts({ facts, context, own, chains, hsts }),
    paths: partOf(paths),
  });
  const inPage = 'seen' in page ? page.seen.unseen : [];
  return { view: derived.view, unseen: [...derived.unseen, ...paths.unseen, ...inPage] };
}

/** A view of which nothing was seen is not there itself. */
function partOf({ view, unseen: reasons }: Derived<PathsView>): Part<PathsView> {
  const [first] = reasons;
  return first === undefined || Object.keys(view).length > 0 ? seen(view) : unseen(first.failure);
}

const sessionCookiesOf = (cookies: readonly Cookie[]) => cookies.filter((cookie) => cookie.session !== null);

/** The chain that a visitor takes first: https, save where an endpoint known by its http URL does not answer there. */
function chainsOf({ secure, plain }: HttpFacts, { target }: ViewContext): readonly Chain[] {
  const chains = [secure, plain].filter((chain) => chain !== null);
  const knownByHttp = target.endpoint.kind === 'web' && isHttp(target.endpoint.url);
  return knownByHttp && secure?.hops.length === 0 ? chains.toReversed() : chains;
}

/** A refused connection shows that there is no HTTPS, as long as the host answers in clear. */
function httpsOf({ secure, plain }: HttpFacts, own: OwnHost): Part<boolean> {
  if (secure !== null && secure.hops.length > 0) return seen(true);
  const answersPlain = plain !== null && plain.hops.length > 0;
  const refused = secure === null || secure.failure?.code === 'refused';
  if (refused && answersPlain) return seen(plain.hops.some((hop) => isHttps(hop.url)));
  return unseen(
    noAnswer(
      [secure, plain].filter((chain) => chain !== null),
      own,
    ),
  );
}

function disclosed(
  main: Chain | undefined,
  own: OwnHost,
): {
  readonly server: Part<ServerHeader | null>;
  readonly technology: Part<NamedHeader[]>;
  readonly dropped: Part<NamedHeader[]>;
} {
  const hop = lastOwnAnswer(main, own);
  if (hop === undefined) {
    const none = unseen(noAnswer(main === undefined ? [] : [main], own));
    return { server: none, technology: none, dropped: none };
  }
  const server = serverHeaderOf(hop);
  const whole = <T>(value: T, present: boolean): Part<T> =>
    present || !hop.headersCut ? seen(value) : unseen(cutFailure);
  const technology = [...technologyHeadersOf(hop)];
  const dropped = [...droppedHeadersOf(hop)];
  return {
    server: whole(server, server !== null),
    technology: whole(technology, technology.length > 0),
    dropped: whole(dropped, dropped.length > 0),
  };
}

/** A chain that broke off may hide a downgrade; one that was seen counts all the same. */
function downgradesOf(chains: readonly Chain[], own: OwnHost): Part<{ from: string; to: string }[]> {
  const found = chains
    .flatMap((chain) => chain.hops)
    .filter((hop) => isHttps(hop.url) && isRedirect(hop) && isHttp(hop.location ?? ''))
    .map((hop) => ({ from: hop.url, to: hop.location ?? '' }));
  const [main] = chains;
  if (found.length > 0) return seen(found);
  if (main === undefined) return unseen(noAnswer([], own));
  return main.end === 'answer' || main.end === 'left-scope' ? seen([]) : unseen(chainFailure(main));
}
