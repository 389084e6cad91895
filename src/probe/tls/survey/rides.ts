import type { HelloAnswer } from '../answer.ts';
import type { Ask, AskOptions } from './asker.ts';

/** A question that can go along with another one: what it adds to the hello, and where its answer goes. */
export type Ride = {
  /** Suites put before the others. */
  readonly suites?: readonly number[];
  /** Groups put before the others. */
  readonly groups?: readonly number[];
  readonly options: () => Omit<AskOptions, 'groups' | 'schemes' | 'whole'>;
  readonly heard: (answer: HelloAnswer) => void;
};

/**
 * An ask that takes one ride along with each question. Where such a hello is not answered by a ServerHello, nobody can
 * tell whose fault it was: the question is put again by itself, and no more rides are taken.
 */
export function takeAlong(ask: Ask, rides: readonly Ride[]): Ask {
  const waiting = [...rides];
  return async (protocol, suites, options = {}) => {
    const ride = waiting.shift();
    if (ride === undefined) return ask(protocol, suites, options);
    const own = ride.options();
    const answer = await ask(protocol, [...(ride.suites ?? []), ...suites], {
      ...options,
      ...own,
      ...(ride.groups === undefined ? {} : { groups: [...ride.groups, ...(options.groups ?? [])] }),
      more: [...(options.more ?? []), ...(own.more ?? [])],
    });
    if (answer.kind !== 'hello') {
      waiting.length = 0;
      return ask(protocol, suites, options);
    }
    ride.heard(answer);
    return answer;
  };
}
