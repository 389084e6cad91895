import { Type } from '@sinclair/typebox';
import type { Chain, HttpFacts } from '../../model/facts/http.ts';
import { closed, list, text } from '../../model/schema.ts';
import { byAddressOf, byAddressView, twinOf, twinView } from './other-names.ts';
import { ipv6Of, ipv6View, siblingsOf, siblingView } from './addresses.ts';
import { altServicesOf, altServiceView } from './alt-svc.ts';
import { tooOld, type Asks } from './asked.ts';
import { compressionOf, corsAnswerOf, corsAnswerView } from './cors-answer.ts';
import type { Hsts } from './hsts.ts';
import { preloadGap, preloadGapsOf } from './hsts-preload.ts';
import { methodsOf, methodsView, traceEchoedOf } from './methods.ts';
import { isHttps, type OwnHost } from './own-host.ts';
import { seen, unseen, type Part } from './part.ts';
import { clearContentOf, crossHostOf, crossHostView, redirectCountOf, upgradeOf, upgradeView } from './redirects.ts';
import { lastOwnAnswer, noAnswer } from './site-headers.ts';
import { standInFor } from './stand-in.ts';
import type { ViewContext } from './view.ts';

/** What the chains show beyond the page, and what the questions after them came to. */
export const webAsksView = {
  /** TRACE gave back what we sent. */
  traceEchoed: Type.Optional(Type.Boolean()),
  methods: Type.Optional(methodsView),
  /** The page asked for with an Origin that is nobody's. */
  corsStranger: Type.Optional(corsAnswerView),
  /** With one that begins with the site's own name. */
  corsLookalike: Type.Optional(corsAnswerView),
  /** With `null`. */
  corsNull: Type.Optional(corsAnswerView),
  /** The coding by which the page is compressed for who accepts it; null: it is not. */
  compression: Type.Optional(Type.Union([text(64), Type.Null()])),
  /** Other addresses that told something; null: there is none to compare here. */
  siblings: Type.Optional(Type.Union([list(siblingView, 8), Type.Null()])),
  /** Present when every one that was to be asked told something. */
  siblingsComplete: Type.Optional(Type.Literal(true)),
  ipv6: Type.Optional(Type.Union([ipv6View, Type.Null()])),
  twin: Type.Optional(Type.Union([twinView, Type.Null()])),
  byAddress: Type.Optional(Type.Union([list(byAddressView, 2), Type.Null()])),
  /** The welcome page of a web server that the site's own URL shows; null: another page. */
  defaultPage: Type.Optional(Type.Union([Type.Object({ url: text(2048), product: text(100) }, closed), Type.Null()])),
  upgrade: Type.Optional(Type.Union([upgradeView, Type.Null()])),
  /** Redirects on the longest way to the page. */
  redirects: Type.Optional(Type.Integer({ minimum: 0, maximum: 11 })),
  crossHost: Type.Optional(list(crossHostView, 22)),
  /** Answers with content over http, wherever they were met. */
  clearContent: Type.Optional(
    list(Type.Object({ url: text(2048), status: Type.Integer({ minimum: 100, maximum: 999 }) }, closed), 24),
  ),
  /** Services that the site's last HTTPS answer names by Alt-Svc. */
  altServices: Type.Optional(list(altServiceView, 16)),
  /** An alternative service speaks HTTP/3. */
  http3: Type.Optional(Type.Boolean()),
  /** What a site that asks to be preloaded still lacks; null: it does not ask. */
  preloadGaps: Type.Optional(Type.Union([list(preloadGap, 4), Type.Null()])),
};

type Given = {
  readonly facts: HttpFacts;
  readonly context: ViewContext;
  readonly own: OwnHost;
  /** The main one first. */
  readonly chains: readonly Chain[];
  readonly hsts: Part<Hsts | null>;
};

/** The parts of the view, each with its reason where it was not seen. */
export function webAskParts({ facts, context, own, chains, hsts }: Given) {
  const { target, reference } = context;
  const [main] = chains;
  const early = facts.asks === undefined && lastOwnAnswer(main, own) !== undefined;
  const asks: Asks = { facts: facts.asks, unasked: early ? tooOld : noAnswer(chains, own) };
  const services = altSvcPart(main, chains, own);
  return {
    traceEchoed: traceEchoedOf(asks),
    methods: methodsOf(asks),
    corsStranger: corsAnswerOf(asks, 'cors-stranger'),
    corsLookalike: corsAnswerOf(asks, 'cors-lookalike'),
    corsNull: corsAnswerOf(asks, 'cors-null'),
    compression: compressionOf(asks),
    ...siblingsOf(facts, target, asks),
    ipv6: ipv6Of(facts, target, asks),
    twin: twinOf(facts, target, asks, own),
    byAddress: byAddressOf(facts, target, asks, reference.standIns),
    defaultPage: defaultPageOf(main, chains, own, reference.standIns),
    upgrade: upgradeOf(facts.plain),
    redirects: redirectCountOf(chains),
    crossHost: crossHostOf(chains, own),
    clearContent: clearContentOf(facts),
    altServices: services,
    http3: 'seen' in services ? seen(services.seen.some(({ protocol }) => /^h3(-|$)/.test(protocol))) : services,
    preloadGaps: preloadGapsOf(chains, facts.plain, hsts, own),
  };
}

function altSvcPart(main: Chain | undefined, chains: readonly Chain[], own: OwnHost) {
  const hop = lastOwnAnswer(main, own);
  if (hop === undefined || !isHttps(hop.url)) return unseen(noAnswer(chains, own));
  return seen([...altServicesOf(hop)]);
}

function defaultPageOf(
  main: Chain | undefined,
  chains: readonly Chain[],
  own: OwnHost,
  standIns: ViewContext['reference']['standIns'],
): Part<{ url: string; product: string } | null> {
  const last = main?.hops.at(-1);
  if (last === undefined || main?.end !== 'answer' || !own.isSite(last.url)) return unseen(noAnswer(chains, own));
  const challenge = own.challengeIn(last, main.body);
  if (challenge !== null || main.body === undefined) return unseen(challenge ?? noAnswer(chains, own));
  const page = standInFor(last, main.body, standIns);
  return seen(page?.is === 'default-page' ? { url: last.url, product: page.name } : null);
}
