import type { Tell } from '../tell.ts';

/** Most characters of one message; viewers show a line of it. */
const longest = 1500;

/**
 * A stranger's words as a SARIF plain-text message: `{0}` would be a placeholder (3.11.5) and `[text](7)` a link (3.11.6), so
 * braces are doubled and the bracket that would open a link is escaped.
 */
export function plain(words: string, tell: Tell): string {
  return literal(tell.shown(words, longest));
}

/** Words of ours: the same without the cut. */
export function literal(words: string): string {
  return words.replaceAll('{', '{{').replaceAll('}', '}}').replaceAll('](', ']\\(');
}
