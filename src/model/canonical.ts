import { createHash } from 'node:crypto';

/**
 * JSON in one form only, the JSON Canonicalization Scheme of RFC 8785: no white space, the members of objects sorted by the
 * UTF-16 code units of their names (`"10"` before `"9"`), numbers and strings as ECMAScript writes them. Members that are
 * undefined are left out, as JSON.stringify does. Beyond the RFC, which knows I-JSON alone: a lone surrogate is written as its
 * escape `\udxxx`, for facts keep what strangers sent. Throws TypeError for NaN and infinities, as the RFC demands.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalItem).join(',')}]`;
  if (value !== null && typeof value === 'object') return canonicalObject(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON knows no ${value}`);
  // Undefined for what JSON has no word for, as the caller would get from JSON.stringify.
  return JSON.stringify(value);
}

const canonicalItem = (item: unknown): string => (item === undefined ? 'null' : canonicalJson(item));

function canonicalObject(value: object): string {
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join(',')}}`;
}

/** SHA-256 of the canonical JSON, hexadecimal. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
