/**
 * Orders two Debian versions (deb-version(7)): epoch, upstream version, revision; `~` stands before everything, even the
 * end. -1, 0 or 1; total over any text.
 */
export function compareDebian(a: string, b: string): number {
  const [x, y] = [partsOf(a), partsOf(b)];
  return Math.sign(x.epoch - y.epoch) || comparePart(x.upstream, y.upstream) || comparePart(x.revision, y.revision);
}

/** Whether a text has the form of a Debian version. */
export function isDebian(text: string): boolean {
  return text.length <= 200 && /^(?:\d{1,9}:)?\d[0-9A-Za-z.+~:-]*$/.test(text);
}

function partsOf(version: string) {
  const colon = /^(\d{1,9}):/.exec(version);
  const rest = colon === null ? version : version.slice(colon[0].length);
  const dash = rest.lastIndexOf('-');
  return {
    epoch: Number(colon?.[1] ?? 0),
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  };
}

/** Stretches of other characters, letters before the rest, by turns with stretches of digits. */
function comparePart(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    while (notDigit(a[i]) || notDigit(b[j])) {
      const order = weight(a[i]) - weight(b[j]);
      if (order !== 0) return order < 0 ? -1 : 1;
      i += 1;
      j += 1;
    }
    const [x, y] = [digitsAt(a, i), digitsAt(b, j)];
    i += x.length;
    j += y.length;
    const order = compareDigits(x, y);
    if (order !== 0) return order;
  }
  return 0;
}

/** Orders two stretches of digits of any length by their number. */
export function compareDigits(a: string, b: string): number {
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (x.length !== y.length) return x.length < y.length ? -1 : 1;
  return x < y ? -1 : x > y ? 1 : 0;
}

function digitsAt(text: string, at: number): string {
  let to = at;
  while (isDigit(text[to])) to += 1;
  return text.slice(at, to);
}

const isDigit = (character: string | undefined) => character !== undefined && character >= '0' && character <= '9';
const notDigit = (character: string | undefined) => character !== undefined && !isDigit(character);

function weight(character: string | undefined): number {
  if (character === '~') return -1;
  if (character === undefined || isDigit(character)) return 0;
  const code = character.charCodeAt(0);
  return /[a-zA-Z]/.test(character) ? code : code + 0x10000;
}
