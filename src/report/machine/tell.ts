import type { Lang, Message, Text } from '../../model/text.ts';
import type { Catalogue } from '../../text/catalogue.ts';
import type { Name } from '../view/name.ts';
import { cut, visible } from '../visible.ts';

/** How a form speaks: one language, nothing hidden in anybody's words. */
export type Tell = {
  readonly lang: Lang;
  readonly say: (key: string, params?: Message['params']) => string;
  /** Words of a check or a framework, on one line. */
  readonly text: (text: Text) => string;
  readonly name: (name: Name) => string;
  /** Words of a stranger, visible, on one line, cut. */
  readonly shown: (words: string, max?: number) => string;
};

/** Most characters of a stranger's words in one place, as on the pages. */
const longest = 2000;

export function tellIn(catalogue: Catalogue, lang: Lang): Tell {
  const shown = (words: string, max = longest) => {
    const { text, of } = cut(words, max);
    return visible(text) + (of === undefined ? '' : ` ${catalogue.say(lang, 'report.cut', { n: of })}`);
  };
  return {
    lang,
    say: (key, params) => catalogue.say(lang, key, params),
    text: (text) => visible(text[lang].trim().replaceAll(/\s*\n\s*/g, ' ')),
    name: (name) => shown(lang === 'en' ? (name.en ?? name.vi) : name.vi),
    shown,
  };
}
