import { number, word, type Token } from './tokens.ts';

/** A version read for comparing; undefined for a text that is none of the scheme. */
export type Parse = (text: string) => readonly Token[] | undefined;

/**
 * As most makers number: `2.4.57`, `1.3.6rc2`, `9.4.43.v20210629`, `8.8.15_GA_3869`. Words like `rc` stand before the
 * release, others behind it; what follows a `+` orders nothing (SemVer 2.0.0, 10).
 */
export const upstream: Parse = (text) => {
  const body = numbered(text)?.split('+')[0];
  return body?.match(/\d+|[a-z]+/g)?.map((part, at, parts) => {
    if (/^\d/.test(part)) return number(part);
    // `1.3.6a` comes behind 1.3.6, `1.3.6a1` before it.
    return part.length === 1 && !/^\d/.test(parts[at + 1] ?? '') ? { rank: 1, value: part } : word(part);
  });
};

/** SemVer 2.0.0, 11: three numbers, then a pre-release whose identifiers are numbers before words. */
export const semver: Parse = (text) => {
  const match = /^v?(\d{1,15})\.(\d{1,15})\.(\d{1,15})(?:-([0-9a-z.-]{1,100}))?(?:\+[0-9a-z.-]{1,100})?$/i.exec(text);
  if (match === null) return undefined;
  const core = match.slice(1, 4).map((digits) => ({ rank: 0, value: Number(digits) }));
  const early = match[4]?.split('.');
  // A pre-release stands before its release: every identifier ranks below the end.
  return early === undefined ? core : [...core, { rank: -9, value: 0 }, ...early.map((one) => identifier(one))];
};

function identifier(one: string): Token {
  return /^\d+$/.test(one) ? { rank: 1, value: Number(one.slice(0, 15)) } : { rank: 2, value: one };
}

/** OpenSSL up to 1.1.1: letters behind the numbers, `z` before `za` (openssl.org, release strategy); 3.x has none. */
export const openssl: Parse = (text) => {
  const match = /^v?(\d+(?:\.\d+){1,3})([a-z]{0,3})(?:-(?:(pre|beta|alpha|dev)-?(\d{0,4})|fips))?$/i.exec(text);
  if (match?.[1] === undefined) return undefined;
  const [, dotted, letters = '', stage, count = ''] = match;
  return [
    ...padded(dotted.split('.'), 4),
    ...(stage === undefined ? [] : [word(stage.toLowerCase()), number(count === '' ? '0' : count)]),
    ...(letters === '' ? [] : [{ rank: 1, value: letters.toLowerCase() }]),
  ];
};

/**
 * A number and a patch level: OpenSSH `9.2p1`, BIND `9.11.4-P2`, ntp `4.2.8p15`, sudo `1.9.5p2`; candidates `rc1`, `b1`,
 * `a1` before it. BIND's `-S` and `-W` builds are lines of their own and compare as the number alone.
 */
export const patchLevel: Parse = (text) => {
  const match = /^v?(\d+(?:\.\d+){0,4})(?:[-_.]?(rc|beta|alpha|b|a)(\d{1,4}))?(?:[-_]?p(\d{1,4})|-[sw]\d{1,4})?$/i.exec(
    text,
  );
  if (match?.[1] === undefined) return undefined;
  const [, dotted, stage, count = '0', level = '0'] = match;
  return [
    ...padded(dotted.split('.'), 5),
    ...(stage === undefined ? [] : [word(stage.toLowerCase()), number(count)]),
    number(level),
  ];
};

/** Numbers alone, up to six: Windows `10.0.20348.1234`, Exchange, SQL Server, Oracle, and dates such as `2022.10.1`. */
export const dotted: Parse = (text) =>
  /^v?\d{1,15}(?:\.\d{1,15}){0,5}$/i.test(text) ? text.replace(/^v/i, '').split('.').map(number) : undefined;

/** Dates in one piece or in parts, `20230101`, `2023.1.1`, `2023-01-01`, which are one day. */
export const dated: Parse = (text) => {
  const whole = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (whole !== null) return whole.slice(1, 4).map((part) => number(part));
  return /^\d{2,4}(?:[.-]\d{1,4}){1,4}$/.test(text) ? text.split(/[.-]/).map(number) : undefined;
};

/**
 * Java by JEP 223: feature, interim, update, patch, then the build. `1.8.0_292-b10`, `8u292` and `8.0.292` are of one line;
 * a version without a build is before its builds; early access (`17-ea`) is before the release.
 */
export const java: Parse = (text) => {
  const old = /^1\.(\d{1,2})(?:\.(\d{1,2}))?(?:_(\d{1,4}))?(?:-b(\d{1,4}))?$/.exec(text);
  if (old !== null) return javaOf([old[1], old[2], old[3], '0'], old[4]);
  const short = /^(\d{1,2})u(\d{1,4})(?:-?b(\d{1,4}))?$/i.exec(text);
  if (short !== null) return javaOf([short[1], '0', short[2], '0'], short[3]);
  const modern = /^(\d{1,3}(?:\.\d{1,4}){0,4})(-ea)?(?:\+(\d{1,4}))?(?:-[0-9a-z.]{1,40})?$/i.exec(text);
  if (modern?.[1] === undefined || text.startsWith('1.')) return undefined;
  return javaOf(modern[1].split('.'), modern[3], modern[2] !== undefined);
};

function javaOf(parts: readonly (string | undefined)[], build: string | undefined, early = false): readonly Token[] {
  return [
    ...padded(
      parts.map((part) => part ?? '0'),
      5,
    ),
    ...(early ? [word('ea')] : []),
    ...(build === undefined ? [] : [number(build)]),
  ];
}

/** Places filled with zeros, so that what follows them stands at one place however many were told. */
function padded(parts: readonly string[], places: number): readonly Token[] {
  return Array.from({ length: Math.max(places, parts.length) }, (_, at) => number(parts[at] ?? '0'));
}

/** The text in lower case without a `v` before it; undefined when it does not begin with a number. */
function numbered(text: string): string | undefined {
  const body = text.trim().toLowerCase();
  return /^v?\d/.test(body) ? body.replace(/^v/, '') : undefined;
}
