// Control characters, bidirectional overrides and other invisible marks that can forge or hide words on a terminal.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/gu;

/** Most of a list is hosts and ids, in which nothing can hide. */
const plain = /^[\x20-\x7e]*$/;

/** One line of text with everything invisible written out, `\u{202e}`, cut to `max` UTF-16 units. */
export function safeText(text: string, max = 300): string {
  const shown = plain.test(text)
    ? text
    : text.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return shown.length > max ? `${shown.slice(0, max - 1)}…` : shown;
}

/** JSON that no terminal obeys: everything outside printable ASCII and letters is escaped as JSON allows. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    [...character.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
}
