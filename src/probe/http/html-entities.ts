const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  laquo: '«',
  raquo: '»',
  middot: '·',
  bull: '•',
  ndash: '–',
  mdash: '—',
  hellip: '…',
};

/** Accents in the names of accented letters (`&ocirc;`), which Vietnamese pages written by older tools are full of. */
const accents: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
};

const reference = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,8}));?/gi;

/**
 * Text with its character references replaced: all numbers, and the names that titles use. Unknown names stay, and so do
 * names without `;` in an attribute, where `&copy=` is a parameter (HTML §13.2.5.73).
 */
export function decodeEntities(text: string, where: 'text' | 'attribute' = 'text'): string {
  return text.replace(reference, (whole: string, hex?: string, decimal?: string, name?: string) => {
    if (where === 'attribute' && name !== undefined && !whole.endsWith(';')) return whole;
    if (hex !== undefined) return fromCode(Number.parseInt(hex, 16));
    if (decimal !== undefined) return fromCode(Number.parseInt(decimal, 10));
    return (name === undefined ? undefined : (ownValue(named, name) ?? accented(name))) ?? whole;
  });
}

function accented(name: string): string | undefined {
  const accent = ownValue(accents, name.slice(1));
  const letter = name.slice(0, 1);
  return accent !== undefined && /[aeiouy]/i.test(letter) ? `${letter}${accent}`.normalize('NFC') : undefined;
}

function ownValue(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function fromCode(code: number): string {
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}
