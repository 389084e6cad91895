import { message } from '../../model/text.ts';
import type { Catalogue } from '../../text/catalogue.ts';
import { formatDay, formatNumber } from '../format.ts';
import { cut, visible } from '../visible.ts';
import type { Sentence, Value } from './paper.ts';
import { dots } from './value.ts';

/** Most characters of one text on a form; the schema of the inventory allows no more in any field. */
const longest = 4000;

/** A value as text; nothing is the empty text. Texts of strangers show what they hide. */
export function valueText(catalogue: Catalogue, value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return visible(cut(value, longest).text);
  if (typeof value === 'number') return formatNumber('vi', value);
  if ('day' in value) return formatDay(value.day);
  if ('sentence' in value) return sentenceText(catalogue, value.sentence);
  const { words, otherwise } = value;
  return words
    .map((key) => (otherwise === undefined || catalogue.has(key) ? catalogue.say('vi', key) : visible(otherwise)))
    .join('; ');
}

/** A sentence in Vietnamese, with dots where nothing is known. */
export function sentenceText(catalogue: Catalogue, { key, values }: Sentence): string {
  const params = Object.fromEntries(
    Object.entries(values).map(([tag, value]) => [tag, value === null ? dots : valueText(catalogue, value)]),
  );
  return catalogue.tell('vi', message(key, params));
}
