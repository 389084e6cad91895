import { message, type Message } from '../../model/text.ts';
import type { Tone } from './mark.ts';

/** One clause of the sentence that answers first; it leads to what it counts. */
export type Clause = { readonly said: Message; readonly tone: Tone; readonly hash: string; readonly last: boolean };

/** A sentence of clauses; the last one ends it. */
export function answer(clauses: readonly Omit<Clause, 'last'>[]): readonly Clause[] {
  return clauses.map((clause, at) => ({ ...clause, last: at === clauses.length - 1 }));
}

/** A clause "n of total". */
export function clause(key: string, tone: Tone, hash: string, params: Record<string, number>): Omit<Clause, 'last'> {
  return { said: message(`report.answer.${key}`, params), tone: params['n'] === 0 ? 'met' : tone, hash };
}
