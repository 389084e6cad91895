/** Names of URL parameters that carry a session or a secret. */
const secretParameter =
  /([?&;#](?:[\w.-]{0,40}(?:token|secret|password|passwd|pwd|session|sessid|apikey|api_key|api-key|signature)|jsessionid|phpsessid|sid|sig|auth|key|code|ticket|assertion|samlresponse|samlrequest|relaystate|state|nonce)=)([^&#;?\s"'<>]+)/gi;
/** `https://user:password@host`. */
const userinfo = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)([^/?#\s@"'<>]+)@/gi;
/** JSON Web Tokens, and keys in PEM. */
const bareSecrets =
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.?[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** Headers whose whole value is a secret, or may be one. */
const secretHeaders =
  /^(?:authorization|proxy-authorization|authentication-info|x-api-key|api-key|x-auth-token|x-access-token|x-session-token|x-csrf-token|x-xsrf-token|csrf-token|x-amz-security-token)$/i;
const cookieHeaders = /^set-cookie2?$/i;

export type Scrubber = {
  /** The value with secrets masked by `*`, one for each character; equal where there are none. */
  readonly scrub: (value: unknown) => unknown;
  /** Texts changed so far. */
  readonly masked: () => number;
};

/**
 * Masks what could let somebody in: sessions and tokens in URLs, passwords before an `@`, values of headers that carry
 * tokens, JWTs, private keys. Cookies are masked by `maskCookie`, which the prober has used already; runs of before that are
 * made good here.
 */
export function createScrubber(maskCookie: (sent: string) => string): Scrubber {
  let masked = 0;
  const keep = (before: string, after: string): string => {
    if (after !== before) masked += 1;
    return after;
  };
  const scrub = (value: unknown): unknown => {
    if (typeof value === 'string') return keep(value, maskText(value));
    if (Array.isArray(value)) return headerOf(value) ?? value.map(scrub);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, scrub(inner)]));
  };
  /** A header as stored: name and value. */
  const headerOf = (pair: readonly unknown[]): readonly unknown[] | undefined => {
    const [name, sent] = pair;
    if (pair.length !== 2 || typeof name !== 'string' || typeof sent !== 'string') return undefined;
    if (cookieHeaders.test(name.trim())) return [name, keep(sent, maskCookie(sent))];
    return secretHeaders.test(name.trim()) ? [name, keep(sent, stars(sent))] : undefined;
  };
  return { scrub, masked: () => masked };
}

const stars = (text: string): string => '*'.repeat(text.length);

function maskText(text: string): string {
  return text
    .replace(secretParameter, (_whole, name: string, value: string) => name + stars(value))
    .replace(userinfo, (_whole, scheme: string, who: string) => `${scheme}${stars(who)}@`)
    .replace(bareSecrets, stars);
}
