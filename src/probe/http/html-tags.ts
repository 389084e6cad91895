/** A start or end tag, its name in lower case; attributes are read only where a reader asks for them. */
export type Tag = {
  readonly name: string;
  readonly closes: boolean;
  readonly attributes: ReadonlyMap<string, string>;
  /** Index after the `>`. */
  readonly end: number;
};

const maxAttributes = 64;
const maxAttribute = 1024;
/** A policy in a `<meta>` may be as long as one in a header. */
const maxContent = 8193;

/** Whether the `<` at `at` begins a tag. */
export function isTag(html: string, at: number): boolean {
  return isLetter(html.charCodeAt(at + (html[at + 1] === '/' ? 2 : 1)));
}

/**
 * Reads the tag whose `<` stands at `at`, in the way of the HTML tokenizer (§13.2.5) as far as names and attributes go.
 * Null when the text ends inside it: then it holds no more tags. Moves forward only, so its cost is its length.
 */
export function readTag(html: string, at: number): Tag | null {
  const closes = html[at + 1] === '/';
  const nameAt = at + (closes ? 2 : 1);
  let pos = skipUntil(html, nameAt, endsName);
  const name = html.slice(nameAt, Math.min(pos, nameAt + 64)).toLowerCase();
  const attributes = new Map<string, string>();
  for (;;) {
    pos = skipUntil(html, pos, endsGap);
    if (pos >= html.length) return null;
    if (html[pos] === '>') return { name, closes, attributes, end: pos + 1 };
    pos = readAttribute(html, pos, attributes);
  }
}

function readAttribute(html: string, at: number, into: Map<string, string>): number {
  // A `=` where a name should begin is part of the name, so a step is always made.
  let pos = skipUntil(html, at + 1, endsAttributeName);
  const name = html.slice(at, Math.min(pos, at + 64)).toLowerCase();
  const equals = skipUntil(html, pos, notSpace);
  const max = name === 'content' ? maxContent : maxAttribute;
  let value = '';
  if (html[equals] === '=') {
    const valueAt = skipUntil(html, equals + 1, notSpace);
    const quote = html[valueAt];
    if (quote === '"' || quote === "'") {
      const close = html.indexOf(quote, valueAt + 1);
      const valueEnd = close === -1 ? html.length : close;
      value = html.slice(valueAt + 1, Math.min(valueEnd, valueAt + 1 + max));
      pos = valueEnd + 1;
    } else {
      pos = skipUntil(html, valueAt, endsUnquoted);
      value = html.slice(valueAt, Math.min(pos, valueAt + max));
    }
  }
  if (!into.has(name) && into.size < maxAttributes) into.set(name, value);
  return pos;
}

function skipUntil(html: string, from: number, stop: (code: number) => boolean): number {
  let pos = from;
  while (pos < html.length && !stop(html.charCodeAt(pos))) pos += 1;
  return pos;
}

const slash = 0x2f;
const greater = 0x3e;
const equalsSign = 0x3d;
const isSpace = (code: number) => code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0c || code === 0x0d;
const isLetter = (code: number) => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
const notSpace = (code: number) => !isSpace(code);
const endsName = (code: number) => isSpace(code) || code === slash || code === greater;
const endsGap = (code: number) => !isSpace(code) && code !== slash;
const endsAttributeName = (code: number) => endsName(code) || code === equalsSign;
const endsUnquoted = (code: number) => isSpace(code) || code === greater;
