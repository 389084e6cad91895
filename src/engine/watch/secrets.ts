/** Stands where a secret stood: nothing of it, not its length either. */
export const masked = '[redacted]';

/** Parts of names under which only secrets are kept, whatever stands around them: `db_password`, `clientSecret`. */
const secretPart =
  /passw(?:or)?d|passphrase|secret|token|apikey|accesskey|privatekey|signingkey|credential|authoriz|authenticationinfo|cookie|sessionid|jwt|bearer/;
/** Names too short to be looked for inside others. */
const secretWhole = /^(?:pwd|pass|pin|sid|auth|pfx|pem|session|phpsessid|jsessionid|pgpass|dsn)$/;

/** Whether what stands under this name is a secret by its name alone. */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  return secretPart.test(plain) || secretWhole.test(plain);
}

const privateKeys = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g;
const ageKeys = /AGE-SECRET-KEY-1[A-Z0-9]+/gi;
const webTokens = /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,4}/g;
/** `scheme://user:password@`, the password with whatever characters, up to the last `@`; a port is none. */
const userinfo = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)(?!\[?[\w.:-]+\]?:\d{1,5}[/?#])[^\s"'<>/?#:@]*:[^\s"'<>]*@/gi;
/** A token alone before an `@`. */
const bareUserinfo = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s"'<>/?#@]+@/gi;
/** A header that is a secret as a whole, to the end of its line. */
const headers =
  /((?:authorization|authentication-info|cookie2?|x-api-key|api-key|x-auth-token|x-access-token|x-session-token|x-[cx]srf-token|x-amz-security-token)\\*["']?\s{0,3}[:=,]\s{0,3})[^\r\n]+/gi;
const schemes = /\b(basic|bearer|digest|negotiate|ntlm)\s+[\w+/=.~-]{6,}/gi;
const value = String.raw`(?:(?<quote>\\+["'])[\s\S]*?(?:(?<!\\)\k<quote>|$)|"(?:[^"\\]|\\[\s\S])*"?|'(?:[^'\\]|\\[\s\S])*'?|[^\s"'<>]+)`;
/** `password=…`, `"clientSecret": "…"`, `?access_token=…`; environment and libpq's words too. */
const pairs = new RegExp(
  String.raw`((?:passw(?:or)?d|passphrase|pgpass|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|session[_-]?id|sessid)\\*["']?\s{0,3}[=:]\s{0,3})${value}`,
  'gi',
);
/** Short names, where they are parameters of a URL. */
const parameters =
  /([?&;#](?:sid|sig|signature|auth|pwd|pass|key|code|ticket|assertion|saml\w{0,20}|state|nonce)=)[^\s"'<>&]+/gi;

/** The text without what could let somebody in. Masks rather too much than too little. */
export function maskText(text: string): string {
  return text
    .replace(privateKeys, masked)
    .replace(ageKeys, masked)
    .replace(webTokens, masked)
    .replace(userinfo, `$1${masked}@`)
    .replace(bareUserinfo, `$1${masked}@`)
    .replace(headers, `$1${masked}`)
    .replace(schemes, `$1 ${masked}`)
    .replace(pairs, `$1${masked}`)
    .replace(parameters, `$1${masked}`);
}
