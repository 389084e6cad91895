import type { PageFacts } from '../../model/facts/page.ts';
import { attributeOf, isScriptUrl, referenceOf, withoutSession, wordOf, writtenOrigin } from './html-attributes.ts';
import { formReader } from './html-forms.ts';
import { scriptOf } from './html-scripts.ts';
import type { Tag } from './html-tags.ts';
import { maskCookie } from './mask-cookie.ts';

/** What the HTML says, without the digest of the bytes it was read from. */
export type PageWritten = Omit<PageFacts, 'sha256'>;

/** Collects what a page loads, states and sends as the tags of its HTML come by, in order, each once. */
export type PageReader = {
  /** A tag outside comments, and the text of an element whose content is text. `inHead`: the head may still take it. */
  readonly read: (tag: Tag, text: string, inHead: boolean) => void;
  /** `headClosed`: the body began. */
  readonly page: (headClosed: boolean) => PageWritten;
};

const most = { metas: 30, scripts: 200, links: 100, frames: 50, media: 100 } as const;

/** Names of `<meta>` that browsers or search engines obey; others (tokens among them) are left alone. */
const namedMetas: ReadonlySet<string> = new Set(['referrer', 'robots', 'color-scheme']);

/** Attributes by which an element loads what it shows. */
const mediaAttributes: ReadonlyMap<string, readonly string[]> = new Map([
  ['img', ['src']],
  ['audio', ['src']],
  ['video', ['src', 'poster']],
  ['source', ['src']],
  ['track', ['src']],
  ['embed', ['src']],
  ['object', ['data']],
  ['input', ['src']],
]);

export function pageReader(): PageReader {
  const page: PageWritten = {
    ...{ lang: null, charset: null, headClosed: false, base: null },
    ...{ metas: [], metasCut: false, scripts: [], scriptsCut: false, links: [], linksCut: false },
    ...{ frames: [], framesCut: false, media: [], mediaCut: false, forms: [], formsCut: false },
    ...{ eventHandlers: 0, scriptUrls: 0, inlineStyles: 0 },
  };
  const forms = formReader();
  const mediaByOrigin = new Map<string, PageWritten['media'][number]>();
  let loads = 0;

  /** Adds to a list while there is room; what did not fit is told by the list's `...Cut`. */
  function add<K extends keyof typeof most>(list: K, item: PageWritten[K][number]): void {
    if (list !== 'metas') loads += 1;
    if (page[list].length < most[list]) (page[list] as (typeof item)[]).push(item);
    else page[`${list}Cut`] = true;
  }

  function readMeta(tag: Tag, inHead: boolean): void {
    const equiv = wordOf(tag, 'http-equiv', 64) ?? '';
    const content = attributeOf(tag, 'content', 8193) ?? '';
    if (equiv === 'content-type')
      page.charset ??= /charset\s{0,8}=\s{0,8}["']?([^\s;"']{1,64})/i.exec(content)?.[1] ?? null;
    page.charset ??= attributeOf(tag, 'charset', 64);
    const name = equiv === '' ? (wordOf(tag, 'name', 64) ?? '') : equiv;
    if (equiv === '' && !namedMetas.has(name)) return;
    if (content.length > 8192) page.metasCut = true;
    const kept = equiv === 'set-cookie' ? maskCookie(content) : equiv === 'refresh' ? withoutSession(content) : content;
    add('metas', { name, httpEquiv: equiv !== '', content: kept.slice(0, 8192), inHead, after: loads });
  }

  function readMedia(tag: Tag): void {
    const single = (mediaAttributes.get(tag.name) ?? []).map((name) => referenceOf(tag, name) ?? '');
    const set = (attributeOf(tag, 'srcset', 1024) ?? '').split(/[\s,]+/).filter((one) => /^(https?:)?\/\//i.test(one));
    for (const src of [...single, ...set].filter((one) => one !== '')) {
      const key = `${tag.name} ${writtenOrigin(src)}`;
      const known = mediaByOrigin.get(key);
      if (known !== undefined) {
        known.count += 1;
        continue;
      }
      const item = { element: tag.name, src, count: 1 };
      if (mediaByOrigin.size < most.media) mediaByOrigin.set(key, item);
      add('media', item);
    }
  }

  function readOpening(tag: Tag, text: string, inHead: boolean): void {
    countInline(tag, page);
    switch (tag.name) {
      case 'html':
        page.lang ??= attributeOf(tag, 'lang', 64);
        break;
      case 'base':
        page.base ??= referenceOf(tag, 'href');
        break;
      case 'meta':
        readMeta(tag, inHead);
        break;
      case 'script':
        add('scripts', scriptOf(tag, text));
        break;
      case 'link':
        add('links', linkOf(tag));
        break;
      case 'iframe':
      case 'frame':
        add('frames', { src: referenceOf(tag, 'src'), sandbox: wordOf(tag, 'sandbox', 512) });
        break;
      default:
        if (mediaAttributes.has(tag.name)) readMedia(tag);
    }
  }

  return {
    read: (tag, text, inHead) => {
      forms.read(tag);
      if (!tag.closes) readOpening(tag, text, inHead);
    },
    page: (headClosed) => ({ ...page, headClosed, ...forms.forms() }),
  };
}

function linkOf(tag: Tag): PageWritten['links'][number] {
  return {
    rel: wordOf(tag, 'rel', 128) ?? '',
    href: referenceOf(tag, 'href'),
    as: wordOf(tag, 'as', 64),
    integrity: attributeOf(tag, 'integrity', 1024),
    crossOrigin: wordOf(tag, 'crossorigin', 64),
  };
}

/** Script and style that stand in the tag itself. */
function countInline(tag: Tag, page: PageWritten): void {
  for (const name of tag.attributes.keys()) if (/^on[a-z]{3,24}$/.test(name)) page.eventHandlers += 1;
  if (['href', 'action', 'formaction', 'src'].some((name) => isScriptUrl(attributeOf(tag, name, 200))))
    page.scriptUrls += 1;
  if (tag.name === 'style' || tag.attributes.has('style')) page.inlineStyles += 1;
}
