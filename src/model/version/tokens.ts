/**
 * A version as a list of ranked tokens. Two lists are compared place by place, a place that one of them lacks counting as
 * `end`; that makes every order built on it total, antisymmetric up to equal keys, and transitive.
 */
export type Token = { readonly rank: number; readonly value: number | string };

/** What stands where a list has ended: after what comes before a release, before anything that comes behind one. */
const end: Token = { rank: 0, value: 0 };

/** -1, 0 or 1. */
export function compareTokens(a: readonly Token[], b: readonly Token[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [x, y] = [a[at] ?? end, b[at] ?? end];
    const order = x.rank - y.rank || compareValues(x.value, y.value);
    if (order !== 0) return order < 0 ? -1 : 1;
  }
  return 0;
}

function compareValues(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = [String(a), String(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A number of a version: zero is as good as nothing there (`1.2` and `1.2.0` are one version). */
export function number(digits: string): Token {
  const value = Number(digits.slice(0, 15));
  return { rank: value === 0 ? 0 : 2, value };
}

/** Words of what comes before a release, the earliest first. */
const early: readonly string[] = [
  'dev',
  'snapshot',
  'alpha',
  'a',
  'beta',
  'b',
  'milestone',
  'm',
  'pre',
  'preview',
  'ea',
  'cr',
  'rc',
];
const sameWord: Readonly<Record<string, string>> = { alpha: 'a', beta: 'b', milestone: 'm', preview: 'pre', cr: 'rc' };

/** A word of a version: before the release, or behind it. */
export function word(letters: string): Token {
  const one = sameWord[letters] ?? letters;
  const at = early.indexOf(one);
  return at < 0 ? { rank: 1, value: one } : { rank: -1, value: String(at).padStart(2, '0') };
}
