import { Type, type Static } from '@sinclair/typebox';
import type { Chain, Hop } from '../../model/facts/http.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { closed, text } from '../../model/schema.ts';
import { cspView, parseCsp } from './csp.ts';
import { framingOf, framingView } from './framing.ts';
import { headerTokens, headerValues, joinedHeader } from './headers.ts';
import { hostOf, isHttps, type OwnHost } from './own-host.ts';
import { seen, unseen, type Part } from './part.ts';
import { referrerOf, referrerView } from './referrer.ts';

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
    /** Null: no enforced policy in the headers. */
    csp: Type.Optional(Type.Union([cspView, Type.Null()])),
    framing: Type.Optional(framingView),
    /** `X-Content-Type-Options: nosniff` as browsers read it (Fetch, 3.5). */
    nosniff: Type.Optional(Type.Boolean()),
    referrer: Type.Optional(referrerView),
    permissionsPolicy: Type.Optional(Type.Union([text(8192), Type.Null()])),
    /** Null: no Access-Control-Allow-Origin. */
    cors: Type.Optional(Type.Union([corsView, Type.Null()])),
  },
  closed,
);
export type Page = Static<typeof pageView>;

/** Headers a page's facts come from; one that is missing from headers that were cut is not known to be missing. */
export const pageHeaderFacts = ['csp', 'framing', 'nosniff', 'referrer', 'permissionsPolicy', 'cors'] as const;

/** The page a chain ends on, or why there is none to judge. */
export function pageOf(chain: Chain, own: OwnHost): Part<Page> {
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

function describe(hop: Hop, body: Chain['body']): Page {
  const contentType = joinedHeader(hop, 'content-type') ?? body?.contentType ?? null;
  const csp = parseCsp(headerValues(hop, 'content-security-policy'));
  const framing = framingOf(csp, joinedHeader(hop, 'x-frame-options'));
  const nosniff = headerTokens(joinedHeader(hop, 'x-content-type-options') ?? '')[0] === 'nosniff';
  const referrer = referrerOf(joinedHeader(hop, 'referrer-policy'));
  const permissionsPolicy = joinedHeader(hop, 'permissions-policy')?.slice(0, 8192) ?? null;
  const cors = corsOf(hop);
  const tells = (present: boolean) => present || !hop.headersCut;
  return {
    url: hop.url,
    https: isHttps(hop.url),
    status: hop.status,
    contentType: contentType?.slice(0, 8192) ?? null,
    html: contentType === null ? hasTitle(body) : /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType),
    ...(tells(csp !== null) && { csp }),
    ...(tells(framing.limited) && { framing }),
    ...(tells(nosniff) && { nosniff }),
    ...(tells(referrer.stated) && { referrer }),
    ...(tells(permissionsPolicy !== null) && { permissionsPolicy }),
    ...(tells(cors !== null) && { cors }),
  };
}

const hasTitle = (body: Chain['body']) => body !== undefined && body.title !== null;

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
