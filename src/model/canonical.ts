import { createHash } from 'node:crypto';

/**
 * JSON in one form only, the JSON Canonicalization Scheme of RFC 8785: no white space, the members of objects sorted by the
 * UTF-16 code units of their names (`"10"` before `"9"`), numbers and strings as ECMAScript writes them. Members that are
 * undefined are left out, as JSON.stringify does. Beyond the RFC, which knows I-JSON alone: a lone surrogate is written as its
 * escape `\udxxx`, for facts keep what strangers sent. Throws TypeError for NaN and infinities, as the RFC demands.
 */
export function canonicalJson(value: unknown): string {
  if (value !== null && typeof value === 'object') return Array.isArray(value) ? array(value) : object(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON knows no ${value}`);
  // Undefined for what JSON has no word for, as the caller would get from JSON.stringify.
  return JSON.stringify(value);
}

// One pass that builds one string: every observation and finding of a run goes through here.

function array(value: readonly unknown[]): string {
  let text = '[';
  for (let at = 0; at < value.length; at += 1) {
    if (at > 0) text += ',';
    text += value[at] === undefined ? 'null' : canonicalJson(value[at]);
  }
  return `${text}]`;
}

function object(value: object): string {
  let text = '{';
  for (const name of Object.keys(value).sort()) {
    const inner = (value as Readonly<Record<string, unknown>>)[name];
    if (inner === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${JSON.stringify(name)}:${canonicalJson(inner)}`;
  }
  return `${text}}`;
}

/** SHA-256 of the canonical JSON, hexadecimal. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
