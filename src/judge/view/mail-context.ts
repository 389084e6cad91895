import { failure, type Failure } from '../../model/failure.ts';
import type { MailAnswer, MailFacts } from '../../model/facts/mail.ts';
import { knownFrom, type Known } from '../../mail/answers.ts';
import type { Derived, ViewContext } from './view.ts';

/** What every part of the view of a mail domain is derived from. */
export type MailContext = { readonly facts: MailFacts; readonly known: Known; readonly context: ViewContext };

/** A part of the view: some of its keys, and the reasons for those that are absent. */
export type MailPart<Part> = Derived<Part>;

export function mailContext(facts: MailFacts, context: ViewContext): MailContext {
  return { facts, known: knownFrom(facts.answers), context };
}

/** Why an answer does not tell: it did not come, or was never asked for. */
export function whyUnknown(answer: MailAnswer | undefined, what: string): Failure {
  return answer?.failure ?? failure('undecided', `${what} was not asked for`);
}

/** An answer that came, whatever it says. */
export function answered(answer: MailAnswer | undefined): answer is MailAnswer {
  return answer !== undefined && answer.outcome !== 'failed';
}
