import { Type, type Static } from '@sinclair/typebox';
import { closed, text } from '../../model/schema.ts';

/** A Strict-Transport-Security header as a browser reads it. */
export const hstsView = Type.Object(
  {
    /** As sent; of several headers the first, which is the one that counts (RFC 6797, 8.1). */
    value: text(8192),
    /** The header follows the grammar of RFC 6797, 6.1; a browser ignores one that does not. */
    valid: Type.Boolean(),
    /** Seconds; 0 ends the protection. Null when the header is not valid. */
    maxAge: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    includeSubDomains: Type.Boolean(),
    preload: Type.Boolean(),
  },
  closed,
);
export type Hsts = Static<typeof hstsView>;

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const longest = 10 ** 12;

/** Reads one header value by RFC 6797, 6.1: names without case, no directive twice, `max-age` needed, quotes allowed. */
export function parseHsts(value: string): Hsts {
  const ignored: Hsts = {
    value: value.slice(0, 8192),
    valid: false,
    maxAge: null,
    includeSubDomains: false,
    preload: false,
  };
  const directives = new Map<string, string | null>();
  for (const part of splitOutsideQuotes(value)) {
    if (part === '') continue;
    const directive = readDirective(part);
    if (directive === null || directives.has(directive.name)) return ignored;
    directives.set(directive.name, directive.value);
  }
  const age = directives.get('max-age');
  if (age === undefined || age === null || !/^\d+$/.test(age)) return ignored;
  const valueless = (name: string) => directives.get(name) === null;
  if (directives.has('includesubdomains') && !valueless('includesubdomains')) return ignored;
  return {
    ...ignored,
    valid: true,
    maxAge: Math.min(Number(age), longest),
    includeSubDomains: directives.has('includesubdomains'),
    preload: valueless('preload'),
  };
}

function splitOutsideQuotes(value: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < value.length; i += 1) {
    if (quoted && value[i] === '\\') i += 1;
    else if (value[i] === '"') quoted = !quoted;
    else if (value[i] === ';' && !quoted) {
      parts.push(value.slice(from, i).trim());
      from = i + 1;
    }
  }
  parts.push(value.slice(from).trim());
  return parts;
}

function readDirective(part: string): { readonly name: string; readonly value: string | null } | null {
  const equals = part.indexOf('=');
  const name = (equals < 0 ? part : part.slice(0, equals)).trim();
  if (!token.test(name)) return null;
  if (equals < 0) return { name: name.toLowerCase(), value: null };
  const raw = part.slice(equals + 1).trim();
  if (token.test(raw)) return { name: name.toLowerCase(), value: raw };
  const quoted = /^"((?:[^"\\]|\\[\s\S])*)"$/.exec(raw)?.[1];
  return quoted === undefined ? null : { name: name.toLowerCase(), value: quoted.replace(/\\([\s\S])/g, '$1') };
}
