import type { Cookie as Parsed } from 'set-cookie-parser';
import { isPublicSuffix } from './site-kin.ts';

/**
 * Why browsers do not keep a cookie at all (RFC 6265bis, 5.7): `other-domain` its Domain is not the host's, `public-suffix`
 * its Domain is one under which anybody may register, `not-secure` SameSite=None or Partitioned without Secure, `in-clear`
 * Secure but sent over http, `too-long` name and value over 4,096.
 */
export const cookieRefusals = ['other-domain', 'public-suffix', 'not-secure', 'in-clear', 'too-long'] as const;
export type CookieRefusal = (typeof cookieRefusals)[number];

/** Where a cookie came from; without a host nothing is said of its Domain. */
export type CookieOrigin = {
  readonly overHttps: boolean;
  /** Host name of the answer, in lower case. */
  readonly host?: string;
  /** The observation's clock, ISO 8601. */
  readonly at?: string;
};

/** The Domain that a cookie states, without its leading point; null when it states none. */
export function domainOf({ domain }: Parsed): string | null {
  const bare = domain?.trim().toLowerCase().replace(/^\./, '') ?? '';
  return bare === '' ? null : bare;
}

export function refusalOf(cookie: Parsed, origin: CookieOrigin): CookieRefusal | null {
  const domain = domainOf(cookie);
  if (cookie.name.length + cookie.value.length > 4096) return 'too-long';
  if (domain !== null && origin.host !== undefined && domain !== origin.host) {
    if (!origin.host.endsWith(`.${domain}`)) return 'other-domain';
    if (isPublicSuffix(domain)) return 'public-suffix';
  }
  if (cookie.secure !== true && (cookie.sameSite?.toLowerCase() === 'none' || cookie.partitioned === true)) {
    return 'not-secure';
  }
  return cookie.secure === true && !origin.overHttps ? 'in-clear' : null;
}

/** Days that a browser keeps a cookie; null: until it is closed. */
export function lifetimeOf({ maxAge, expires }: Parsed, at: string | undefined): number | null {
  const seconds =
    maxAge ?? (expires === undefined || at === undefined ? null : (expires.getTime() - Date.parse(at)) / 1000);
  if (seconds === null || Number.isNaN(seconds)) return null;
  return Math.min(Math.max(0, Math.round(seconds / 86_400)), 1_000_000);
}
