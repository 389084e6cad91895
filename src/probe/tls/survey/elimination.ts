import type { Eliminated, NamedCode } from '../../../model/facts/tls.ts';
import type { Answer } from '../answer.ts';
import type { NoAnswer } from '../lane.ts';
import { alertCode } from '../wire/alert.ts';

/** A set on its way: what was accepted, what is still to be offered, and whether the rest is known to be refused. */
export type Elimination = {
  readonly accepted: readonly number[];
  readonly remaining: readonly number[];
  readonly complete: boolean;
};

/** Begins with every code of `offer`, of which those in `known` have been accepted before. */
export function begin(offer: readonly number[], known: readonly number[]): Elimination {
  const accepted = [...new Set(known)];
  return { accepted, remaining: offer.filter((code) => !accepted.includes(code)), complete: false };
}

/**
 * What a choice says: a code that was offered is accepted and struck. One that was not (a server that ignores the offer,
 * or an anchor) means that nothing of what remained was taken, which completes the set.
 */
export function strike(set: Elimination, chosen: number): Elimination {
  if (set.remaining.includes(chosen)) {
    return {
      ...set,
      accepted: [...set.accepted, chosen],
      remaining: set.remaining.filter((code) => code !== chosen),
    };
  }
  const accepted = set.accepted.includes(chosen) ? set.accepted : [...set.accepted, chosen];
  return { ...set, accepted, complete: true };
}

/** The rest was refused. */
export function close(set: Elimination): Elimination {
  return { ...set, complete: true };
}

/** Something is left to ask. */
export function isOpen(set: Elimination): boolean {
  return !set.complete && set.remaining.length > 0;
}

/** The set as a fact; undefined when nothing is known. An offer taken to its last code is complete. */
export function eliminatedFact(set: Elimination, fact: (code: number) => NamedCode): Eliminated | undefined {
  const complete = set.complete || set.remaining.length === 0;
  if (set.accepted.length === 0 && !complete) return undefined;
  return { supported: set.accepted.slice(0, 128).map(fact), ...(complete ? { complete } : {}) };
}

const refusals: ReadonlySet<number> = new Set([
  alertCode.handshakeFailure,
  alertCode.illegalParameter,
  alertCode.insufficientSecurity,
]);

/** An alert by which servers refuse what a hello offers. */
export function isRefusal(answer: Answer | NoAnswer): boolean {
  return answer.kind === 'alert' && refusals.has(answer.alert.code);
}

/**
 * SChannel refuses by ending the connection, and so do rate limiters: such an end stays `closed` only when an offer known
 * to be good is answered in between and the same end comes again, and is a `timeout` (nothing learned) otherwise.
 */
export async function sureOf(
  answer: Answer | NoAnswer,
  askGood: () => Promise<Answer | NoAnswer>,
  askAgain: () => Promise<Answer | NoAnswer>,
): Promise<Answer | NoAnswer> {
  if (answer.kind !== 'closed') return answer;
  if ((await askGood()).kind !== 'hello') return { kind: 'timeout' };
  return askAgain();
}
