import { languages } from '../model/text.ts';
import { fold } from '../yaml/nearest.ts';
import { columns, type Column } from './columns.ts';
import type { Say } from './sheet.ts';

/** What an owner can answer. */
export const answerWords = ['in-progress', 'fixed', 'waiver', 'false-alarm', 'not-ours'] as const;
export type AnswerWord = (typeof answerWords)[number];

/** Words of `rasoat track set` for the same things. */
const aliases: Readonly<Record<string, AnswerWord>> = {
  'claimed fixed': 'fixed',
  waived: 'waiver',
  'request waiver': 'waiver',
  'false positive': 'false-alarm',
};

/** A text in the shape in which words are compared: no marks, no case, no punctuation. */
function plain(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Reads an answer written as its code, or in either language whatever the file's. */
export function answerReader(say: Say): (text: string) => AnswerWord | undefined {
  const known = new Map<string, AnswerWord>(Object.entries(aliases));
  for (const word of answerWords) {
    known.set(plain(word), word);
    for (const lang of languages) known.set(plain(say(lang, `answers.answer.${word}`)), word);
  }
  return (text) => known.get(plain(text));
}

/** Reads the head of a column, in either language. */
export function headReader(say: Say): (text: string) => Column | undefined {
  const known = new Map<string, Column>();
  for (const column of columns) {
    for (const lang of languages) known.set(plain(say(lang, `answers.column.${column}`)), column);
  }
  return (text) => known.get(plain(text));
}
