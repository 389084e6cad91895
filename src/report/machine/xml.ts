/** What XML 1.0 has no way to say, not even as a reference (production 2, Char). */
const noCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text for an element or an attribute of XML 1.0; what it cannot hold is written out, `⟨U+0000⟩`. Pure. */
export function xmlText(text: string): string {
  return text
    .replace(noCharacter, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
    })
    .replace(/[&<>"'\t\n\r]/g, (character) => references[character] ?? '');
}

/** Attributes of a tag, each with the space before it; null: left out. */
export function attributes(of: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(of)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}
