import { Type, type Static } from '@sinclair/typebox';
import type { Chain, Hop } from '../../model/facts/http.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { closed, list, text } from '../../model/schema.ts';
import { disagreementsOf, disagreementView } from './agreement.ts';
import { cspPartsView, cspSummary, parseCsp, partsOf, summaryOf } from './csp.ts';
import { metaPoliciesOf } from './csp-meta.ts';
import { framingOf, framingView } from './framing.ts';
import { cutFailure, headerTokens, headerValues, joinedHeader } from './headers.ts';
import { isolationOf, isolationView } from './isolation.ts';
import { hostOf, isHttps, type OwnHost } from './own-host.ts';
import { contentOf, contentView } from './page-content.ts';
import { cachingPart, charsetPart, isHtml, referrerMetas, unknownMetas, unreadHtml } from './page-html.ts';
import { inlineBlockedPart, inlineBlockedView } from './page-inline.ts';
import { assemble, seen, unseen, type Part } from './part.ts';
import { permissionsOf, permissionsView } from './permissions.ts';
import { referrerOf, referrerView } from './referrer.ts';
import { reportsSomewhere } from './reporting.ts';
import type { Derived } from './view.ts';
import { cachingView } from './caching.ts';

const corsView = Type.Object(
  {
    origin: text(8192),
    credentials: Type.Boolean(),
    /** Pages of any origin are let in together with the visitor's cookies (`*` or `null`, with credentials). */
    anyOriginWithCredentials: Type.Boolean(),
  },
  closed,
);

/**
 * The page that a visitor ends on: the site's own answer with 2xx, or its own 401 or 404. A header's fact is absent when
 * the headers were more than we keep, so that its absence cannot be told.
 */
export const pageView = Type.Object(
  {
    url: text(2048),
    https: Type.Boolean(),
    status: Type.Integer({ minimum: 100, maximum: 999 }),
    contentType: Type.Union([text(8192), Type.Null()]),
    /** A browser draws it as a page; false for data (JSON, XML, files), which browsers do not frame or run. */
    html: Type.Boolean(),
    /** What a browser reads its text by: of the header, else of a `<meta>`; null: neither tells. */
    charset: Type.Optional(Type.Union([text(64), Type.Null()])),
    /**
     * Null: no policy is enforced, by header or `<meta>`. Where some may not have been read, only what the others cannot
     * undo.
     */
    csp: Type.Optional(Type.Union([cspSummary, Type.Null()])),
    cspParts: Type.Optional(Type.Union([cspPartsView, Type.Null()])),
    /** A policy is sent that is only reported and stops nothing. */
    cspReportOnly: Type.Optional(Type.Boolean()),
    /** Breaches of the enforced policies are reported somewhere; null: there are none. */
    cspReports: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
    /** Null: no policy of the headers limits scripts. */
    inlineBlocked: Type.Optional(Type.Union([inlineBlockedView, Type.Null()])),
    framing: Type.Optional(framingView),
    /** `X-Content-Type-Options: nosniff` as browsers read it (Fetch, 3.5). */
    nosniff: Type.Optional(Type.Boolean()),
    referrer: Type.Optional(referrerView),
    permissionsPolicy: Type.Optional(Type.Union([text(8192), Type.Null()])),
    /** The same, as browsers read it. */
    permissions: Type.Optional(Type.Union([permissionsView, Type.Null()])),
    isolation: Type.Optional(isolationView),
    caching: Type.Optional(cachingView),
    /** Headers that contradict themselves or each other. */
    disagreements: Type.Optional(list(disagreementView, 32)),
    /** Null: no Access-Control-Allow-Origin. */
    cors: Type.Optional(Type.Union([corsView, Type.Null()])),
    /** What its HTML loads and sends; null: it is no HTML. */
    content: Type.Optional(Type.Union([contentView, Type.Null()])),
  },
  closed,
);
export type Page = Static<typeof pageView>;

/** The page a chain ends on, or why there is none to judge. */
export function pageOf(chain: Chain, own: OwnHost): Part<Derived<Page>> {
  const last = chain.hops.at(-1);
  if (last === undefined || chain.end !== 'answer') return unseen(chainFailure(chain));
  if (!own.isSite(last.url)) {
    return unseen(failure('undecided', `redirects to another host, ${hostOf(last.url) ?? last.url}`));
  }
  const refused = refusal(last, chain.body, own);
  return refused === null ? seen(describe(last, chain.body)) : unseen(refused);
}

/** Why a chain did not end on an answer. */
export function chainFailure(chain: Chain): Failure {
  const last = chain.hops.at(-1);
  switch (chain.end) {
    case 'left-scope':
      return failure(
        'not-permitted',
        `redirects to ${last?.location ?? 'another host'}, which is outside the permitted scope`,
      );
    case 'loop':
    case 'too-many':
      return failure('protocol', `redirects without end from ${chain.start}`);
    case 'failed':
    case 'answer':
      return chain.failure ?? failure('protocol', `no answer from ${chain.start}`);
  }
}

function refusal(hop: Hop, body: Chain['body'], own: OwnHost): Failure | null {
  const challenge = own.challengeIn(hop, body);
  if (challenge !== null) return challenge;
  const answered = (hop.status >= 200 && hop.status < 300) || hop.status === 401;
  const ownNotFound = hop.status === 404 && body !== undefined && body.bytes > 0;
  if (answered || ownNotFound) return null;
  return failure(hop.status === 503 ? 'blocked' : 'protocol', `${hop.url} answered with status ${hop.status}`);
}

function describe(hop: Hop, body: Chain['body']): Derived<Page> {
  const contentType = joinedHeader(hop, 'content-type') ?? body?.contentType ?? null;
  const html = isHtml(contentType, body);
  const metas = html ? metaPoliciesOf(body?.page) : [];
  const headerPolicies = headerValues(hop, 'content-security-policy');
  const csp = parseCsp(headerPolicies, metas);
  const framing = framingOf(csp, joinedHeader(hop, 'x-frame-options'));
  const nosniff = headerTokens(joinedHeader(hop, 'x-content-type-options') ?? '')[0] === 'nosniff';
  const referrer = referrerOf(joinedHeader(hop, 'referrer-policy'), html ? referrerMetas(body?.page) : []);
  const permissionsPolicy = joinedHeader(hop, 'permissions-policy')?.slice(0, 8192) ?? null;
  const cors = corsOf(hop);
  const disagreements = [...disagreementsOf(hop, csp)];
  const reportOnly = headerValues(hop, 'content-security-policy-report-only').some((value) => value !== '');
  /** A header that is missing from headers that were cut is not known to be missing. */
  const told = <T>(value: T, present: boolean): Part<T> =>
    present || !hop.headersCut ? seen(value) : unseen(cutFailure);
  /** Why there may be policies that were not read. */
  const unknown = html ? unknownMetas(body) : null;
  const more = unknown ?? (hop.headersCut ? cutFailure : null);
  const known = <T>(value: T): Part<T> => (more === null ? seen(value) : unseen(more));
  const content =
    html && body?.page !== undefined ? contentOf(body.page, body.cut, hop.url, csp?.upgrades === true) : null;
  const derived = assemble<Page>('/http/page', {
    url: seen(hop.url),
    https: seen(isHttps(hop.url)),
    status: seen(hop.status),
    contentType: seen(contentType?.slice(0, 8192) ?? null),
    html: seen(html),
    charset: charsetPart(contentType, html, body),
    csp: csp === null ? known(null) : seen(summaryOf(csp, more !== null)),
    cspParts: known(csp === null ? null : partsOf(csp)),
    cspReportOnly: told(reportOnly, reportOnly),
    cspReports: known(csp === null ? null : reportsSomewhere(hop, csp)),
    inlineBlocked: inlineBlockedPart(headerPolicies, html, body),
    framing: told(framing, framing.limited),
    nosniff: told(nosniff, nosniff),
    referrer: referrer.stated || unknown === null ? told(referrer, referrer.stated) : unseen(unknown),
    permissionsPolicy: told(permissionsPolicy, permissionsPolicy !== null),
    permissions: told(permissionsOf(permissionsPolicy), permissionsPolicy !== null),
    isolation: told(isolationOf(hop), false),
    caching: cachingPart(hop, html, body),
    disagreements: told(disagreements, disagreements.length > 0),
    cors: told(cors, cors !== null),
    content: html ? (content === null ? unseen(unreadHtml) : seen(content.view)) : seen(null),
  });
  return { view: derived.view, unseen: [...derived.unseen, ...(content?.unseen ?? [])] };
}

function corsOf(hop: Hop): Static<typeof corsView> | null {
  const origin = joinedHeader(hop, 'access-control-allow-origin');
  if (origin === null) return null;
  const credentials = joinedHeader(hop, 'access-control-allow-credentials') === 'true';
  return {
    origin: origin.slice(0, 8192),
    credentials,
    anyOriginWithCredentials: credentials && (origin === '*' || origin === 'null'),
  };
}
