import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/model/package-root.ts';
import { languages } from '../../src/model/text.ts';
import { compileTemplates } from '../../src/report/draw/compile.ts';
import { readSources } from '../../src/report/draw/sources.ts';
import { fixedHelpers, helpers, type PageFrame } from '../../src/report/helpers.ts';
import { pagePath } from '../../src/report/page-ref.ts';
import { loadTemplates } from '../../src/report/templates.ts';
import { pages, type Page } from '../../src/report/view/page.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';
import { fixture } from './fixture.ts';
import { fixtureTrack } from './fixture-track.ts';
import { hostile } from './hostile.ts';

const catalogue = loadCatalogue();
const known = helpers(catalogue);

/** Handlebars itself over the same files: what our compiler must draw like. */
function handlebars() {
  const engine = Handlebars.create();
  for (const [name, helper] of Object.entries(known)) engine.registerHelper(name, helper as Handlebars.HelperDelegate);
  const all = readSources(new URL('templates/', packageRoot)).map(([name, source]) => {
    const template = engine.compile<unknown>(source, {
      strict: true,
      knownHelpersOnly: true,
      knownHelpers: Object.fromEntries(Object.keys(known).map((one) => [one, true])),
      explicitPartialContext: true,
      preventIndent: true,
    });
    engine.registerPartial(name, template);
    return [name, template] as const;
  });
  return new Map(all);
}

const compiled = (...sources: [string, string][]) =>
  compileTemplates(sources, { helpers: new Set(Object.keys(known)), fixed: new Set(fixedHelpers) }, 'x');

describe('compiled templates', () => {
  const theirs = handlebars();
  const ours = loadTemplates(catalogue);
  const bare = fixture();
  const drawn = (page: Page, lang: (typeof languages)[number]) => {
    const frame = (): PageFrame => ({ lang, path: pagePath(lang, page.ref), leftOut: new Set(), told: new Set() });
    const home = { page: 'province' };
    const around = { home, guide: { page: 'guide' }, words: { page: 'guide', hash: 'thuat-ngu' }, travelling: false };
    const view = { ...page, ...around, provinceOnly: false, systemPages: true, lang, other: 'en', policy: 'none' };
    return [ours('layout', view, frame()), theirs.get('layout')?.(view, { data: frame() })] as const;
  };

  it.each([
    ['a province', pages({ ...bare, track: fixtureTrack(bare) })],
    ['hostile texts', pages(hostile(bare))],
  ])('draw what Handlebars draws, byte for byte: %s', (_of, all) => {
    let n = 0;
    for (const page of all)
      for (const lang of languages) {
        const [own, reference] = drawn(page, lang);
        expect(own === reference, `${page.template} ${page.ref.id ?? ''} ${lang}`).toBe(true);
        n += 1;
      }
    expect(n).toBeGreaterThan(70);
  });

  it.each([
    ['{{{name}}}', 'escaped'],
    ['{{& name}}', 'escaped'],
    ['{{nosuch name}}', 'no helper nosuch'],
    ['{{> nosuch}}', 'no partial nosuch'],
    ['{{../name}}', 'out of its template'],
    ['{{@last}}', 'not known here'],
    ['{{#nosuch list}}{{/nosuch}}', 'no block nosuch'],
    ['{{#each a as |b c d|}}{{/each}}', 'more names'],
  ])('refuses %s where it is compiled', (source, why) => {
    expect(() => compiled(['one', `\n${source}`])).toThrow(`templates/one.hbs:2: `);
    expect(() => compiled(['one', source])).toThrow(why);
  });

  it('refuse a view that lacks what a page says', () => {
    const frame: PageFrame = { lang: 'vi', path: 'index.html', leftOut: new Set(), told: new Set() };
    expect(() => ours('running-head', undefined, frame)).toThrow();
    expect(() => ours('layout', { lang: 'vi' }, frame)).toThrow();
  });
});
