/** Longer identifiers than this are no fact: real ones have a fifth of it. */
const longestText = 64;

/** The dotted text of an OBJECT IDENTIFIER's body; undefined when it is none, or too long to be one in use. */
export function oidText(body: Buffer): string | undefined {
  if (body.length === 0 || body.length > longestText || ((body[body.length - 1] ?? 0) & 0x80) !== 0) return undefined;
  let text = '';
  for (let start = 0; start < body.length;) {
    let end = start;
    while (((body[end] ?? 0) & 0x80) !== 0) end += 1;
    text += start === 0 ? firstArcs(body.subarray(0, end + 1)) : `.${arcText(body.subarray(start, end + 1))}`;
    start = end + 1;
  }
  return text.length > longestText ? undefined : text;
}

/** The first two arcs share a number (X.690 section 8.19.4). */
function firstArcs(digits: Buffer): string {
  const value = digits.length === 1 ? (digits[0] ?? 0) : undefined;
  if (value === undefined || value >= 80) return `2.${arcText(digits, 80n)}`;
  return `${Math.trunc(value / 40)}.${value % 40}`;
}

/** Seven bits a byte; arcs of UUIDs are longer than a number holds. */
function arcText(digits: Buffer, less = 0n): string {
  if (digits.length <= 4) return String(digits.reduce((arc, byte) => arc * 128 + (byte & 0x7f), 0) - Number(less));
  return String(digits.reduce((arc, byte) => arc * 128n + BigInt(byte & 0x7f), 0n) - less);
}
