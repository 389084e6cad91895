/** Controls, marks without a width, marks that turn the reading direction, halves of a pair. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/gu;

/**
 * One line of somebody's words with nothing hidden in it, cut to `most` characters; safe in a header, a text and (escaped)
 * HTML.
 */
export function plain(text: string, most = 200): string {
  const line = text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(unseen, (one) => `⟨U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}

/** Where a finding is, without what stands in a URL behind its path: that may be a key of somebody's. */
export function placeOf(target: string): string {
  return plain(target.replace(/[?#]\S*/g, '').replace(/\/\/[^/@\s]*@/g, '//'));
}
