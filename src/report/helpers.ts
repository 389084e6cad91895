import type { HelperOptions } from 'handlebars';
import type { Lang, Message, Text } from '../model/text.ts';
import type { Catalogue } from '../text/catalogue.ts';
import { formatBytes, formatDay, formatInstant, formatNumber } from './format.ts';
import { folderOf, linkFrom, pagePath, rootFrom, type PageRef } from './page-ref.ts';
import { termRef } from './terms.ts';
import type { ActionTitle } from './view/actions.ts';
import type { Name } from './view/name.ts';
import type { Step } from './view/seen-value.ts';
import { cut, visible } from './visible.ts';

/** What a page hands to its helpers, as `@lang`, `@path` ...; `told` holds the terms that the page has explained. */
export type PageFrame = {
  readonly lang: Lang;
  readonly path: string;
  /** Pages that this report has not. */
  readonly leftOut: ReadonlySet<PageRef['page']>;
  readonly told: Set<string>;
};

export type Helper = (this: unknown, ...args: never[]) => unknown;

/** Most characters of a stranger's text on a page, unless the template allows more. */
const shown = 300;

/** Most characters of a text of a check or a framework. */
const longest = 4000;

/**
 * The helpers of the templates. Each returns plain text that the engine escapes: none returns markup, so no helper can
 * open a hole.
 */
export function helpers(catalogue: Catalogue): Readonly<Record<string, Helper>> {
  // A sentence without values is said a million times in a large report; it is looked up once.
  const fixed: Readonly<Record<Lang, Remembered>> = { vi: remembered(), en: remembered() };
  const counted: Readonly<Record<Lang, Remembered>> = { vi: remembered(), en: remembered() };
  const say = (lang: Lang, { key, params }: Message): string => {
    const figures = params === undefined ? '' : figuresOf(params);
    if (params === undefined || figures === '') return fixed[lang](key, () => catalogue.say(lang, key));
    const words = () => catalogue.say(lang, key, safeParams(params));
    return figures === null ? words() : counted[lang](key + figures, words);
  };

  const texts: Readonly<Record<Lang, Remembered>> = { vi: remembered(), en: remembered() };

  const shorten = (text: string, max: number, lang: Lang): string => {
    const { text: kept, of } = cut(text, max);
    return visible(kept) + (of === undefined ? '' : ` ${catalogue.say(lang, 'report.cut', { n: of })}`);
  };

  return {
    /** `{{t "topic.key" n=3}}` */
    t: (key: string, options: HelperOptions) =>
      say(frame(options).lang, { key, params: options.hash as NonNullable<Message['params']> }),
    /** `{{say message}}` */
    say: (message: Message, options: HelperOptions) => say(frame(options).lang, message),
    /** `{{text both}}`: words of checks and frameworks. */
    text: (text: Text, options: HelperOptions) => {
      const { lang } = frame(options);
      const words = text[lang];
      return texts[lang](words, () => shorten(words.trim().replaceAll(/\s*\n\s*/g, ' '), longest, lang));
    },
    /** `{{lines both}}`: what to type, line by line. */
    lines: (text: Text, options: HelperOptions) => linesOf(text, options).map(visible).join('\n'),
    /** `{{show seen max=80}}`: words of strangers, nothing hidden in them, cut. */
    show: (value: unknown, options: HelperOptions) =>
      shorten(String(value), (options.hash as { max?: number }).max ?? shown, frame(options).lang),
    /** `{{name name}}` and its language, `{{nameLang name}}`: an English page may have only the Vietnamese name. */
    name: (name: Name, options: HelperOptions) => {
      const { lang } = frame(options);
      return shorten(lang === 'en' ? (name.en ?? name.vi) : name.vi, shown, lang);
    },
    /** Whether a name is in another language than its page. */
    foreign: (name: Name, options: HelperOptions) => frame(options).lang === 'en' && name.en === null,
    nameLang: (name: Name, options: HelperOptions) => (frame(options).lang === 'en' && name.en !== null ? 'en' : 'vi'),
    change: (title: ActionTitle, options: HelperOptions) => {
      const { lang } = frame(options);
      return catalogue.has(title.key) ? catalogue.say(lang, title.key) : visible(title.otherwise[lang]);
    },
    stepWord: ({ word, raw }: Step, options: HelperOptions) =>
      catalogue.has(word.key) ? say(frame(options).lang, word) : visible(cut(raw, shown).text),
    num: (value: number, options: HelperOptions) => formatNumber(frame(options).lang, value),
    bytes: (value: number, options: HelperOptions) => formatBytes(frame(options).lang, value),
    day: (day: string) => formatDay(day),
    instant: (iso: string) => formatInstant(iso),
    /** `{{link ref}}`: only pages of this report; what was observed is never a link. */
    link: (ref: PageRef, options: HelperOptions) => {
      const { path, lang, leftOut } = frame(options);
      // What would lead to a page that this report has not leads to its list of systems.
      return linkFrom(path, lang, leftOut.has(ref.page) ? { page: 'province', hash: 'he-thong' } : ref);
    },
    /** The same page in the other language. */
    twin: (lang: Lang, ref: PageRef, options: HelperOptions) => linkFrom(frame(options).path, lang, ref),
    root: (options: HelperOptions) => rootFrom(frame(options).path),
    /** Whether this report has the page: a copy that travels has none of systems. */
    reaches: (ref: PageRef, options: HelperOptions) => !frame(options).leftOut.has(ref.page),
    /** `{{#with (term key)}}`: where the guide explains a word, at its first use on a page; null for the rest. */
    term: (key: string, options: HelperOptions) => {
      const { lang, path, told } = frame(options);
      const ref = termRef(key);
      if (ref?.hash === undefined || told.has(ref.hash) || path === pagePath(lang, { page: 'guide' })) return null;
      told.add(ref.hash);
      return ref;
    },
    /** For the script: folders and the province's file, from the report's folder. */
    folder: (page: 'organisation' | 'system', options: HelperOptions) => folderOf(frame(options).lang, page),
    provinceFile: (options: HelperOptions) => pagePath(frame(options).lang, { page: 'province' }),
    /** Text for a CSS string: everything but letters and digits as an escape (CSS Syntax 3, 4.3.7). */
    css: (text: string) => cssEscape(text),
    /** `{{cssSay message}}`: a sentence for a CSS string. */
    cssT: (key: string, options: HelperOptions) => cssEscape(say(frame(options).lang, { key })),
    cssName: (name: Name, options: HelperOptions) =>
      cssEscape(cut(frame(options).lang === 'en' ? (name.en ?? name.vi) : name.vi, 90).text),
    cssInstant: (iso: string) => cssEscape(formatInstant(iso)),
  };
}

function linesOf(text: Text, options: HelperOptions): readonly string[] {
  return cut(text[frame(options).lang], longest).text.trimEnd().split(/\r?\n/);
}

function frame(options: HelperOptions): PageFrame {
  return options.data as PageFrame;
}

function cssEscape(text: string): string {
  return visible(text).replace(/[^A-Za-z0-9]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `);
}

/** What a sentence is filled with, where that is figures alone: empty where it is nothing, null where it is words too. */
function figuresOf(params: NonNullable<Message['params']>): string | null {
  let figures = '';
  for (const name of Object.keys(params)) {
    const value = params[name];
    if (typeof value !== 'number') return null;
    figures += ` ${name}=${value}`;
  }
  return figures;
}

type Remembered = (asked: string, make: () => string) => string;

/** The same words stand on thousands of pages; the last that were made are kept. */
function remembered(): Remembered {
  const known = new Map<string, string>();
  return (asked, make) => {
    const before = known.get(asked);
    if (before !== undefined) return before;
    const made = make();
    if (known.size >= mostRemembered) known.clear();
    known.set(asked, made);
    return made;
  };
}
const mostRemembered = 20_000;

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Names inside a sentence show what they hide and do not turn the sentence around. */
function safeParams(params: NonNullable<Message['params']>): NonNullable<Message['params']> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]): [string, string | number] => {
      if (typeof value !== 'string') return [key, value];
      const { text, of } = cut(value, shown);
      const safe = visible(text) + (of === undefined ? '' : '…');
      return [key, rightToLeft.test(safe) ? `\u2068${safe}\u2069` : safe];
    }),
  );
}
