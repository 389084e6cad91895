import type { PageFacts, PageLink, PageScript } from '../../model/facts/page.ts';

/** How a load counts: `active` may change the page it is loaded into, `passive` is only shown (W3C Mixed Content). */
type LoadKind = 'active' | 'passive';

/** Something a page loads, its URL resolved. */
export type Load = {
  /** `script`, `stylesheet`, `frame`, or the name of the element. */
  readonly what: string;
  readonly url: URL;
  readonly kind: LoadKind;
  /** The attribute that pins the content; null where there is none, undefined where HTML knows none. */
  readonly integrity?: string | null;
  readonly crossOrigin?: string | null;
};

/** Elements whose content acts in the page. */
const activeMedia: ReadonlySet<string> = new Set(['object', 'embed']);

/** Script types that browsers run (HTML, 4.12.1); others are data. */
const scriptTypes =
  /^(|module|(application|text)\/(x-)?(java|ecma)script|text\/(javascript1\.[0-5]|jscript|livescript))$/;

export const runs = ({ type }: PageScript) => scriptTypes.test((type ?? '').split(';')[0]?.trim() ?? '');

/** The URL by which a page's references are resolved (HTML, 4.2.3). */
export function baseOf(page: PageFacts, pageUrl: string): string {
  const base = page.base === null ? null : URL.parse(page.base, pageUrl);
  return base !== null && /^https?:$/.test(base.protocol) ? base.href : pageUrl;
}

/** What the page loads over http or https; references that are no such URL load nothing from a network. */
export function loadsOf(page: PageFacts, pageUrl: string): readonly Load[] {
  const base = baseOf(page, pageUrl);
  const load = (src: string | null, rest: Omit<Load, 'url'>): readonly Load[] => {
    const url = src === null || src === '' ? null : URL.parse(src, base);
    return url === null || !/^https?:$/.test(url.protocol) ? [] : [{ ...rest, url }];
  };
  return [
    ...page.scripts
      .filter(runs)
      .flatMap((script) => load(script.src, { what: 'script', kind: 'active', ...pins(script) })),
    ...page.links.flatMap((link) => loadOfLink(link, load)),
    ...page.frames.flatMap(({ src }) => load(src, { what: 'frame', kind: 'active' })),
    ...page.media.flatMap(({ element, src }) =>
      load(src, { what: element, kind: activeMedia.has(element) ? 'active' : 'passive' }),
    ),
  ];
}

const pins = ({ integrity, crossOrigin }: PageScript | PageLink) => ({ integrity, crossOrigin });

function loadOfLink(
  link: PageLink,
  load: (src: string | null, rest: Omit<Load, 'url'>) => readonly Load[],
): readonly Load[] {
  const rels = link.rel.split(/\s+/);
  if (rels.includes('stylesheet')) return load(link.href, { what: 'stylesheet', kind: 'active', ...pins(link) });
  if (rels.includes('modulepreload')) return load(link.href, { what: 'script', kind: 'active', ...pins(link) });
  if (rels.includes('preload') || rels.includes('prefetch'))
    return load(link.href, { what: 'preload', kind: 'passive' });
  if (rels.includes('manifest')) return load(link.href, { what: 'manifest', kind: 'active' });
  return rels.includes('icon') || rels.includes('apple-touch-icon')
    ? load(link.href, { what: 'icon', kind: 'passive' })
    : [];
}

/** Lists of loads that had more than is kept. */
export const loadsCut = (page: PageFacts) => page.scriptsCut || page.linksCut || page.framesCut || page.mediaCut;
