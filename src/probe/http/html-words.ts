import { decodeEntities } from './html-entities.ts';
import { pageReader, type PageWritten } from './html-page.ts';
import { isTag, readTag, type Tag } from './html-tags.ts';

/** What a page says of itself, as far as its HTML alone tells: nothing is rendered and no script is run. */
export type PageWords = {
  /** Text of the first `<title>` outside drawings; null when there is none or it is blank. */
  readonly title: string | null;
  /** Content of `<meta name="generator">`. */
  readonly generator: string | null;
  /** There is an `<input type="password">`. */
  readonly passwordField: boolean;
  /** Where `<meta http-equiv="refresh">` leads, as written. */
  readonly refresh?: string;
  /** All text outside elements of text (scripts, the title ...), when it is no longer than is kept. */
  readonly text?: string;
  /** What it loads, states and sends. */
  readonly page: PageWritten;
};

/** Elements whose content is text, where `<` begins no tag (HTML §13.1.2). */
const textElements: ReadonlySet<string> = new Set([
  'title',
  'textarea',
  'script',
  'style',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
]);

/** Elements that leave the head open; any other begins the body (HTML §13.2.6.4.4). */
const headElements: ReadonlySet<string> = new Set(
  'html head base basefont bgsound link meta title noscript noframes style script template'.split(' '),
);

/**
 * Finds the words in one pass. Total and linear: any text gives an answer, in time that grows with its length. Comments
 * and scripts are passed over, so a password field in a comment is none.
 */
export function readPageWords(html: string): PageWords {
  const lower = asciiLower(html);
  let title: string | null = null;
  let generator: string | null = null;
  let passwordField = false;
  let refresh: string | undefined;
  let drawings = 0;
  let noscript = false;
  let templates = 0;
  const reader = pageReader();
  let pos = html.indexOf('<');
  const text = shortText();
  text.add(html.slice(0, pos === -1 ? undefined : pos));
  let inHead = html.slice(0, Math.max(0, pos)).trim() === '';
  while (pos !== -1) {
    if (!isTag(html, pos)) {
      pos = afterNonTag(html, pos);
      continue;
    }
    const tag = readTag(html, pos);
    if (tag === null) break;
    let after = tag.end;
    if (tag.name === 'svg') drawings = Math.max(0, drawings + (tag.closes ? -1 : 1));
    if (tag.name === 'plaintext' && !tag.closes) break;
    if (tag.name === 'meta') generator ??= generatorOf(tag);
    if (tag.name === 'meta') refresh ??= refreshOf(tag);
    if (tag.name === 'input') passwordField ||= tag.attributes.get('type')?.trim().toLowerCase() === 'password';
    let inner = '';
    if (textElements.has(tag.name) && !tag.closes) {
      after = endOfText(lower, tag.end, tag.name);
      inner = html.slice(tag.end, after);
      if (tag.name === 'title' && drawings === 0) title ??= cleanText(inner, 512);
    }
    // A browser that runs scripts takes neither for part of the page.
    if (tag.name === 'noscript') noscript = !tag.closes;
    else if (tag.name === 'template' && !noscript) templates = Math.max(0, templates + (tag.closes ? -1 : 1));
    const inert = noscript || templates > 0;
    if (!tag.closes && !inert && !headElements.has(tag.name)) inHead = false;
    if (!inert) reader.read(tag, inner, inHead);
    pos = html.indexOf('<', after);
    text.add(html.slice(after, pos === -1 ? undefined : pos));
    // Words between tags begin the body too.
    if (inHead && !inert) inHead = html.slice(after, pos === -1 ? undefined : pos).trim() === '';
  }
  const words = text.whole();
  return {
    title,
    generator,
    passwordField,
    ...(refresh === undefined ? {} : { refresh }),
    ...(words === undefined ? {} : { text: words }),
    page: reader.page(!inHead),
  };
}

/** The URL of `5; url='/next'` (HTML §4.2.5.3); undefined for a page that only reloads itself. */
function refreshOf(tag: Tag): string | undefined {
  if (tag.attributes.get('http-equiv')?.trim().toLowerCase() !== 'refresh') return undefined;
  const content = (tag.attributes.get('content') ?? '').slice(0, 4096);
  const url = /^\s*[\d.]*\s*[;,]\s*url\s*=\s*["']?([^"'\s]+)/i.exec(content)?.[1];
  return url?.slice(0, 2048).toWellFormed();
}

/** Gathers the text of a page as long as it is short; of a longer one nothing is kept. */
function shortText(): { readonly add: (piece: string) => void; readonly whole: () => string | undefined } {
  const mostRaw = 4096;
  const longest = 600;
  let gathered = '';
  return {
    add: (piece) => {
      if (gathered.length <= mostRaw && /\S/.test(piece)) gathered += ` ${piece.slice(0, mostRaw + 1)}`;
    },
    whole: () => {
      if (gathered.length > mostRaw) return undefined;
      const text = cleanText(gathered, longest + 1) ?? '';
      return text.length > longest ? undefined : text;
    },
  };
}

function generatorOf(tag: Tag): string | null {
  if (tag.attributes.get('name')?.trim().toLowerCase() !== 'generator') return null;
  return cleanText(tag.attributes.get('content') ?? '', 256);
}

/** The next `<` after one that begins no tag: past a comment, a declaration, or just the sign. */
function afterNonTag(html: string, at: number): number {
  const isComment = html.startsWith('<!--', at);
  if (isComment) {
    const close = /--!?>/g;
    close.lastIndex = at + 2;
    const found = close.exec(html);
    return found === null ? -1 : html.indexOf('<', close.lastIndex);
  }
  const next = html[at + 1];
  if (next === '!' || next === '?') {
    const close = html.indexOf('>', at + 2);
    return close === -1 ? -1 : html.indexOf('<', close + 1);
  }
  return html.indexOf('<', at + 1);
}

/** Index of the end tag that ends a text element, or the end of the page. */
function endOfText(lower: string, from: number, name: string): number {
  const endTag = `</${name}`;
  let at = lower.indexOf(endTag, from);
  while (at !== -1) {
    const after = lower[at + endTag.length];
    if (after === undefined || ' \t\n\f\r/>'.includes(after)) return at;
    at = lower.indexOf(endTag, at + endTag.length);
  }
  return lower.length;
}

/** Entities decoded, white space collapsed, U+0000 replaced (HTML §13.2.5.2), at most `max` units; null when blank. */
function cleanText(raw: string, max: number): string | null {
  const text = decodeEntities(raw.slice(0, max * 16))
    .replaceAll('\0', '\ufffd')
    .replace(/\s+/g, ' ')
    .trim();
  const cut = text.slice(0, max);
  // A cut between the halves of a surrogate pair leaves no half behind; halves that the page itself has are replaced.
  const whole = text.length > max && /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
  const words = whole.toWellFormed().trim();
  return words === '' ? null : words;
}

/** Lower case of A-Z alone, so that every index means the same place in both texts. */
function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
