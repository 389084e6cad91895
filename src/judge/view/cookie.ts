import { Type, type Static } from '@sinclair/typebox';
import { parseSetCookie } from 'set-cookie-parser';
import { closed, oneOf, text } from '../../model/schema.ts';
import { cookieRefusals, domainOf, lifetimeOf, refusalOf, type CookieOrigin } from './cookie-refusal.ts';
import { sessionLikeness, sessionLikenesses } from './session-name.ts';

/** One cookie as it was set; its value is a secret and is not kept. */
export const cookieView = Type.Object(
  {
    name: text(256),
    secure: Type.Boolean(),
    httpOnly: Type.Boolean(),
    /** Null when not stated or not a word that browsers know; they then choose themselves. */
    sameSite: Type.Union([oneOf(['strict', 'lax', 'none']), Type.Null()]),
    /** The rules that the name's `__Host-` or `__Secure-` prefix promises hold; null without a prefix. */
    prefixHolds: Type.Union([Type.Boolean(), Type.Null()]),
    /** Why it looks like a session, by its name; null when it does not. */
    session: Type.Union([oneOf(sessionLikenesses), Type.Null()]),
    /** It came over HTTPS. */
    overHttps: Type.Boolean(),
    /** The Domain it states; null: it is for its own host alone. */
    domain: Type.Union([text(256), Type.Null()]),
    /** It is for other hosts of that domain too. */
    wide: Type.Boolean(),
    /** Days it is kept; null: until the browser is closed. Browsers keep none over 400. */
    days: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    partitioned: Type.Boolean(),
    /** Why browsers do not keep it; null when they do, as far as this tells. A broken prefix is told by `prefixHolds`. */
    refused: Type.Union([oneOf(cookieRefusals), Type.Null()]),
  },
  closed,
);
export type Cookie = Static<typeof cookieView>;

/** Reads one Set-Cookie value (RFC 6265bis, 5.6); null when a browser would ignore it. */
export function parseCookie(value: string, origin: CookieOrigin): Cookie | null {
  const [cookie] = parseSetCookie([value], { decodeValues: false, silent: true });
  if (cookie === undefined) return null;
  const { overHttps } = origin;
  const secure = cookie.secure === true;
  const domain = domainOf(cookie);
  return {
    name: cookie.name.slice(0, 256),
    secure,
    httpOnly: cookie.httpOnly === true,
    sameSite: sameSiteOf(cookie.sameSite),
    prefixHolds: prefixHolds(cookie.name, secure && overHttps, cookie.domain, cookie.path),
    session: isDeletion(cookie.maxAge, cookie.expires, cookie.value) ? null : sessionLikeness(cookie.name),
    overHttps,
    domain: domain?.slice(0, 256) ?? null,
    wide: domain !== null && origin.host?.endsWith(`.${domain}`) === true,
    days: lifetimeOf(cookie, origin.at),
    partitioned: cookie.partitioned === true,
    refused: refusalOf(cookie, origin),
  };
}

function sameSiteOf(word: string | undefined): Cookie['sameSite'] {
  const known = word?.toLowerCase();
  return known === 'strict' || known === 'lax' || known === 'none' ? known : null;
}

/** RFC 6265bis, 4.1.3; the prefixes are matched without case. */
function prefixHolds(
  name: string,
  secure: boolean,
  domain: string | undefined,
  path: string | undefined,
): boolean | null {
  const lower = name.toLowerCase();
  if (lower.startsWith('__host-')) return secure && (domain === undefined || domain === '') && path === '/';
  return lower.startsWith('__secure-') ? secure : null;
}

/** A cookie set only to be forgotten (a date near 1970, no lifetime, no value) carries no session. */
function isDeletion(maxAge: number | undefined, expires: Date | undefined, value: string): boolean {
  if (maxAge !== undefined) return maxAge <= 0;
  if (expires !== undefined && expires.getTime() < Date.UTC(2000, 0, 1)) return true;
  return value === '' || value.toLowerCase() === 'deleted';
}
