import type { Verdict } from '../../model/assessment.ts';
import type { Outcome } from '../../model/check.ts';
import { message, type Message } from '../../model/text.ts';

/** What a mark is drawn as: a shape and a colour. */
export type Tone = Verdict | 'waived';

/** A mark with its word. */
export type Mark = { readonly tone: Tone; readonly word: Message };

const outcomeTones = {
  pass: 'met',
  fail: 'not-met',
  'not-applicable': 'not-applicable',
  'not-observed': 'unproven',
} as const satisfies Record<Outcome, Tone>;

/** The mark of a verdict. */
export function verdictMark(verdict: Verdict): Mark {
  return { tone: verdict, word: message(`words.verdict.${verdict}`) };
}

/** The mark of an outcome; a pass looks like met, a failure like not met. */
export function outcomeMark(outcome: Outcome): Mark {
  return { tone: outcomeTones[outcome], word: message(`words.outcome.${outcome}`) };
}
