import { Type, type Static } from '@sinclair/typebox';
import type { Hop } from '../../model/facts/http.ts';
import { closed, text } from '../../model/schema.ts';
import { headerValues } from './headers.ts';

/** One alternative service (RFC 7838, 3). */
export const altServiceView = Type.Object(
  {
    /** ALPN name, percent-decoded: `h3`, `h2`. */
    protocol: text(64),
    /** `host:port`; the host may be empty, which is the site's own. */
    authority: text(320),
    /** Seconds; 86,400 where none is said. */
    maxAge: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type AltService = Static<typeof altServiceView>;

const longestAge = 10 ** 12;

/**
 * The services that an answer's Alt-Svc headers name; none after `clear`. Total: an entry that is not of RFC 7838's
 * grammar is passed over, and with it nothing else.
 */
export function altServicesOf(hop: Hop): readonly AltService[] {
  const values = headerValues(hop, 'alt-svc');
  if (values.some((value) => value === 'clear')) return [];
  return values.flatMap((value) => splitOutsideQuotes(value, ',').flatMap(readService)).slice(0, 16);
}

function readService(entry: string): readonly AltService[] {
  const [first = '', ...parameters] = splitOutsideQuotes(entry, ';');
  const found = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64})="([^"]{1,320})"$/.exec(first.trim());
  const [, name, authority] = found ?? [];
  if (name === undefined || authority === undefined || !/:\d{1,5}$/.test(authority)) return [];
  const age = parameters.map((each) => /^\s*ma="?(\d{1,15})"?\s*$/i.exec(each)?.[1]).find((each) => each !== undefined);
  return [
    { protocol: decoded(name), authority, maxAge: age === undefined ? 86_400 : Math.min(Number(age), longestAge) },
  ];
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function splitOutsideQuotes(value: string, sign: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '"') quoted = !quoted;
    else if (value[at] === sign && !quoted) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, value.slice(start)];
}
