import { createHash } from 'node:crypto';
import { languages, type Lang } from '../model/text.ts';
import { loadCatalogue, type Catalogue } from '../text/catalogue.ts';
import { pagePath } from './page-ref.ts';
import { loadTemplates } from './templates.ts';
import type { Page } from './view/page.ts';

/** Draws one page in one language as a whole HTML document. */
export type Render = (page: Page, lang: Lang) => string;

/** Reads words and templates once and returns what draws pages. */
export function renderer(catalogue: Catalogue = loadCatalogue()): Render {
  const draw = loadTemplates(catalogue);
  return (page, lang) => {
    const frame = { lang, path: pagePath(lang, page.ref) };
    const runningHead = draw('running-head', page, frame);
    const other = languages.find((one) => one !== lang) ?? lang;
    return draw('layout', { ...page, lang, other, guide: { page: 'guide' }, policy: policy(runningHead) }, frame);
  };
}

/**
 * Content-Security-Policy of a page: our style sheet, our fonts and this page's own running head, nothing else, no
 * script. Chromium matches 'self' with sibling files of a page opened from disk (tested in `test/report/`).
 */
function policy(runningHead: string): string {
  const hash = createHash('sha256').update(runningHead).digest('base64');
  return [
    "default-src 'none'",
    `style-src 'self' 'sha256-${hash}'`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
