import type { ActionTitle } from '../view/actions.ts';
import type { Value } from './paper.ts';

/** What a change is called on a form: the glossary's word, or the Vietnamese title of its gravest check. */
export function changeWords(title: ActionTitle): Value {
  return { words: [title.key], otherwise: title.otherwise.vi };
}
