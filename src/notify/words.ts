import type { Lang, Message, Text } from '../model/text.ts';
import type { Due } from '../model/track/due.ts';
import type { Catalogue } from '../text/catalogue.ts';
import { plain } from './plain.ts';

/** The catalogue in the language of one letter. What fills a sentence is made one line by whoever fills it. */
export type Words = {
  readonly lang: Lang;
  readonly say: (key: string, params?: Message['params']) => string;
  readonly has: (key: string) => boolean;
};

export function wordsIn(catalogue: Catalogue, lang: Lang): Words {
  return { lang, say: (key, params) => catalogue.say(lang, key, params), has: catalogue.has };
}

/** `YYYY-MM-DD` as dd/mm/yyyy, in both languages. */
export function dayWords(day: string): string {
  return day.split('-').toReversed().join('/');
}

export function textOf({ lang }: Words, text: Text): string {
  return plain(text[lang], 300);
}

/** Names of the inventory; an English letter may have only the Vietnamese one. */
export function nameOf({ lang }: Words, { name, nameEn }: { readonly name: string; readonly nameEn?: string }): string {
  return plain(lang === 'en' ? (nameEn ?? name) : name);
}

/** A due day with the text that it comes from. */
export function dueWords(words: Words, due: Due, daysLate: number): string {
  const place = [due.instrument, due.clause].filter((part) => part !== undefined).join(' ');
  const source = `${textOf(words, due.source)}${place === '' ? '' : ` [${plain(place)}]`}`;
  const day = dayWords(due.on);
  return daysLate > 0
    ? words.say('notify.group.late', { day, days: daysLate, source })
    : words.say('notify.group.due', { day, source });
}
