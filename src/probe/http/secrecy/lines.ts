import { decodeEntities } from '../html-entities.ts';
import { isTag, readTag } from '../html-tags.ts';

/** Elements that stand inside a line; every other tag begins a new one. */
const inline: ReadonlySet<string> = new Set(
  'b i u s em strong span font small big sub sup mark ins del code tt abbr cite var kbd samp bdo wbr o:p'.split(' '),
);
/** Elements whose text is a control, a link or no text at all: a choice of grades in a search form is no stamp. */
const passedOver: ReadonlySet<string> = new Set(
  'script style template noscript select option optgroup datalist textarea button label a nav menu svg math'.split(' '),
);
/** Of those, the ones that cannot hold themselves: a second beginning does not nest, old pages leave them open. */
const flat: ReadonlySet<string> = new Set(['a', 'button', 'label', 'option']);
/** Elements in which `<` begins no tag. */
const rawText: ReadonlySet<string> = new Set(['script', 'style', 'textarea']);

/** Lines of a plain text; columns set apart by tabs or wide gaps are lines of their own, as in a document's head. */
export function textLines(text: string): readonly string[] {
  return text.split(/[\r\n\f\v]+|\t+| {4,}/);
}

/** Lines of a page's running text, in order: links, menus, forms and scripts left out. Total and linear. */
export function htmlLines(html: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let hidden: string | undefined;
  let depth = 0;
  const take = (from: number, to: number) => {
    if (hidden === undefined && line.length < 1024) line += html.slice(from, Math.min(to, from + 1024));
  };
  const end = () => {
    // White space of the source, line ends too, is one space on the page.
    if (line !== '') lines.push((line.includes('&') ? decodeEntities(line) : line).replace(/\s+/g, ' '));
    line = '';
  };
  let pos = 0;
  while (pos < html.length) {
    const open = html.indexOf('<', pos);
    take(pos, open === -1 ? html.length : open);
    if (open === -1) break;
    if (!isTag(html, open)) {
      pos = afterNonTag(html, open, (from, to) => {
        take(from, to);
      });
      continue;
    }
    const tag = readTag(html, open);
    if (tag === null) break;
    pos = tag.end;
    if (hidden !== undefined) {
      if (tag.name === hidden && (tag.closes || !flat.has(hidden))) depth += tag.closes ? -1 : 1;
      if (depth === 0) hidden = undefined;
      continue;
    }
    if (passedOver.has(tag.name) && !tag.closes && (tag.name !== 'a' || tag.attributes.has('href'))) {
      end();
      if (rawText.has(tag.name)) pos = endOfRaw(html, tag.end, tag.name);
      else {
        hidden = tag.name;
        depth = 1;
      }
    } else if (!inline.has(tag.name)) end();
  }
  end();
  return lines;
}

function afterNonTag(html: string, at: number, take: (from: number, to: number) => void): number {
  if (html.startsWith('<!--', at)) {
    const close = html.indexOf('-->', at + 4);
    return close === -1 ? html.length : close + 3;
  }
  if (html[at + 1] === '!' || html[at + 1] === '?' || html[at + 1] === '/') {
    const close = html.indexOf('>', at + 2);
    return close === -1 ? html.length : close + 1;
  }
  take(at, at + 1);
  return at + 1;
}

function endOfRaw(html: string, from: number, name: string): number {
  const close = new RegExp(`</${name}[\\s/>]`, 'gi');
  close.lastIndex = from;
  return close.exec(html)?.index ?? html.length;
}
