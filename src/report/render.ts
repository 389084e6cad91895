import { createHash } from 'node:crypto';
import { languages, type Lang } from '../model/text.ts';
import { loadCatalogue, type Catalogue } from '../text/catalogue.ts';
import { pagePath, pagesLeftOut, pagesOfOthers, type PageRef } from './page-ref.ts';
import { loadTemplates, type Draw } from './templates.ts';
import type { Page } from './view/page.ts';

/** Draws one page in one language as a whole HTML document. */
export type Render = (page: Page, lang: Lang) => string;

let shipped: Draw | undefined;

/** The words and templates that come with the program: read and compiled once, however many reports are drawn. */
const shippedTemplates = (): Draw => (shipped ??= loadTemplates(loadCatalogue()));

type RenderOptions = { readonly catalogue?: Catalogue; readonly travelling?: boolean; readonly only?: 'province' };

/** Returns what draws pages, by the words and templates of the program or by others; of a copy that travels, or of the province's alone, where it is said so. */
export function renderer({ catalogue, travelling = false, only }: RenderOptions = {}): Render {
  const draw = catalogue === undefined ? shippedTemplates() : loadTemplates(catalogue);
  const leftOut = travelling ? pagesLeftOut : only === undefined ? none : pagesOfOthers;
  const around = {
    home: { page: 'province' },
    guide: { page: 'guide' },
    words: { page: 'guide', hash: 'thuat-ngu' },
    travelling,
    provinceOnly: only !== undefined,
    systemPages: leftOut.size === 0,
  };
  return (page, lang) => {
    const frame = { lang, path: pagePath(lang, page.ref), leftOut, told: new Set<string>() };
    const runningHead = draw('running-head', page, frame);
    const other = languages.find((one) => one !== lang) ?? lang;
    return draw('layout', { ...page, ...around, lang, other, policy: policy(runningHead) }, frame);
  };
}

const none: ReadonlySet<PageRef['page']> = new Set();

/**
 * Content-Security-Policy of a page: our style sheet, fonts and script, and this page's own running head, nothing else. Chromium
 * matches 'self' with sibling files of a page opened from disk (tested in `test/report/`). Trusted Types without a policy: our
 * own script cannot make markup or script out of text, even by mistake.
 */
function policy(runningHead: string): string {
  const hash = createHash('sha256').update(runningHead).digest('base64');
  return [
    "default-src 'none'",
    `style-src 'self' 'sha256-${hash}'`,
    "font-src 'self'",
    "script-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
