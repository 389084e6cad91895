/** C0 and C1 controls save tab and line ends, and the characters that turn the direction of a line (CVE-2021-42574). */
const controlCharacter =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]|\r(?!\n)/;

/** The first control character: where it stands, and its code as `U+202E`. */
export function findControlCharacter(text: string): { readonly index: number; readonly code: string } | undefined {
  const found = controlCharacter.exec(text);
  if (found === null) return undefined;
  return { index: found.index, code: `U+${text.charCodeAt(found.index).toString(16).toUpperCase().padStart(4, '0')}` };
}
