import type { Hop, HttpFacts } from '../../model/facts/http.ts';
import type { WebAsked, WebQuestion } from '../../model/facts/web-asks.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { unseen, seen, type Part } from './part.ts';

/** A question that was answered. */
export type Answered = WebAsked & { readonly hop: Hop };

/** What the questions beyond the chains came to, and why there were none: no page, or an observation before `http/2`. */
export type Asks = { readonly facts: HttpFacts['asks']; readonly unasked: Failure };

export const tooOld = failure('not-run', 'this was not asked when the observation was made');

/** The answers to one question, each with its reason where there is none; unseen when the question was not put at all. */
export function allAsked({ facts, unasked }: Asks, word: WebQuestion): Part<readonly Part<Answered>[]> {
  if (facts === undefined || facts.questions.length === 0) return unseen(unasked);
  return seen(facts.questions.filter(({ question }) => question === word).map(answered));
}

/** The answer to a question that is put once. */
export function askedOnce(asks: Asks, word: WebQuestion): Part<Answered> {
  const all = allAsked(asks, word);
  return 'unseen' in all ? all : (all.seen[0] ?? unseen(asks.unasked));
}

/** Too many requests and an overloaded server answer nothing of what was asked. */
function answered(asked: WebAsked): Part<Answered> {
  const { hop } = asked;
  if (hop === undefined) return unseen(asked.failure ?? failure('protocol', `no answer from ${asked.url}`));
  if (hop.status === 429 || hop.status === 503)
    return unseen(failure('blocked', `${hop.url} answered with status ${hop.status}`));
  return seen({ ...asked, hop });
}

/** What follows from an answer that was seen. */
export function from<T, R>(part: Part<T>, derive: (value: T) => R): Part<R> {
  return 'unseen' in part ? part : seen(derive(part.seen));
}
