/** Characters that a terminal obeys, that turn the reading direction, or that are half of one. */
const risky = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * JSON text with everything risky escaped as JSON allows, so that it can be printed, and half a surrogate pair written out
 * as ⟨U+D800⟩: RFC 8259, 8.2 leaves its meaning open, and strict readers refuse it. One line each for the items of top-level
 * lists, so that a change shows in a diff.
 */
export function safeJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/\\u(d[89a-f][0-9a-f]{2})/gi, (_all, unit: string) => `⟨U+${unit.toUpperCase()}⟩`)
    .replace(risky, (character) =>
      [...character.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    );
}
