/** C0, DEL and C1 controls; characters without a width of their own; marks that reorder text; lone surrogates. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\u{e0000}-\u{e0fff}]/gu;

/** What a text with something to show has: a character outside of printable ASCII, Latin and the dashes and quotes of both languages. */
const strange = /[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ab]/u;

/** Names of the C0 controls (ECMA-48), by code. */
const controls =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** Four marks on one letter are no writing we know (Vietnamese needs two); more would paint over the lines around. */
const stacked = /(\p{M}{3})(\p{M}+)/gu;

/**
 * Text of a stranger with nothing hidden in it: controls by their names (`⟨ESC⟩`; few fonts have the control pictures),
 * everything else that is invisible or turns the reading direction as `⟨U+202E⟩`. Not HTML-escaped; the template engine does that.
 */
export function visible(text: string): string {
  // Nearly every text is letters, marks and signs of Vietnamese or ASCII, and is asked once for both.
  if (!strange.test(text)) return text;
  return text
    .replace(unseen, (character) => picture(character.codePointAt(0) ?? 0))
    .replace(stacked, (_all, kept: string, rest: string) => `${kept}⟨+${Array.from(rest).length}⟩`);
}

/** The first `max` characters, and how many there were when some are left out. */
export function cut(text: string, max: number): { readonly text: string; readonly of?: number } {
  if (text.length <= max) return { text };
  const characters = Array.from(text);
  return characters.length <= max ? { text } : { text: characters.slice(0, max).join(''), of: characters.length };
}

function picture(code: number): string {
  if (code < 0x20) return `⟨${controls[code] ?? ''}⟩`;
  if (code === 0x7f) return '⟨DEL⟩';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
