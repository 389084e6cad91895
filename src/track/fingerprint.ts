import { contentHash } from '../model/canonical.ts';
import type { Evidence } from '../model/finding.ts';

/** Facts that move with the clock though nothing changed: how long is left, how long it took. */
const moving: ReadonlySet<string> = new Set(['days', 'age', 'ms', 'elapsed', 'endingSoon']);

const days = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
/** Parts of a text that differ from answer to answer. Each is bounded, for the text is the target's. */
const varying: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?/g, '<time>'],
  [
    new RegExp(`\\b(?:${days}),? \\d{1,2} (?:${months}) \\d{4} \\d{2}:\\d{2}:\\d{2}(?: (?:GMT|UTC|[+-]\\d{4}))?`, 'g'),
    '<time>',
  ],
  [/\b\d{2}:\d{2}:\d{2}\b/g, '<time>'],
  [/'nonce-[^']{1,200}'/g, "'nonce-<token>'"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<token>'],
  [/(?<=[=;:/<(])[A-Za-z0-9_-]{20,200}(?:={0,2})(?=$|[&;/?#>)"'\s])/g, '<token>'],
  [/\b[0-9a-f]{16,128}\b/gi, '<token>'],
  [/\b\d{10,20}\b/g, '<number>'],
];

/** An instant or a hash and nothing else: a fact of its own. */
const wholeFact = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z|(sha256:)?[0-9a-f]{16,128})$/i;

/**
 * What a failure rests on, as sixteen hexadecimal digits that stay the same while only clocks, tokens and the order of
 * answers differ. A value that is an instant or a hash and nothing else (when a certificate ends, what a
 * document hashes to) is a fact and counts. Pure.
 */
export function fingerprintOf(evidence: readonly Evidence[]): string {
  const parts = evidence.map(({ at, saw }) => JSON.stringify([at.replace(/\/\d+(?=\/|$)/g, '/*'), steady(saw)]));
  return contentHash([...new Set(parts)].sort()).slice(0, 16);
}

function steady(value: unknown): unknown {
  if (typeof value === 'string') {
    if (wholeFact.test(value)) return value;
    return varying.reduce((text, [pattern, word]) => text.replace(pattern, word), value);
  }
  if (Array.isArray(value)) return value.map((one) => JSON.stringify(steady(one))).sort();
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key]) => !moving.has(key));
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, steady(inner)]);
}
