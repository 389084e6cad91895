import type { Answer, HelloAnswer } from '../answer.ts';
import { exchange, type Dial } from '../exchange.ts';
import { orNoAnswer, type NoAnswer } from '../lane.ts';
import { schemesByKey } from '../registry/signature-schemes.ts';
import { clientHello, helloShape } from '../wire/client-hello.ts';
import { createChainFlightReader } from './chain-flight.ts';
import { agreeableGroups, keyHalf } from './key-agreement.ts';
import { readableSuites } from './record-protection.ts';

/**
 * The flights of a service that speaks only TLS 1.3, up to their Certificate: one connection for an EC or EdDSA
 * certificate and one for RSA. `suites` are those it accepts, `group` the one it asked for. Empty where neither can be read here.
 */
export async function readFlights13(
  dial: Dial,
  sni: string | undefined,
  suites: readonly number[],
  group: number | undefined,
): Promise<HelloAnswer[]> {
  if (!suites.some((suite) => readableSuites.has(suite))) return [];
  const read = (schemes: readonly number[]) => askFlight13(dial, { sni, suites, group: group ?? 0x001d, schemes });
  const flights = await Promise.all([read(schemesByKey.ec), read(schemesByKey.rsa)]);
  return flights.filter((flight) => flight.kind === 'hello' && (flight.chain ?? []).length > 0) as HelloAnswer[];
}

export type Flight13Question = {
  readonly sni: string | undefined;
  /** Suites that the service accepts; those that cannot be read here are left out. */
  readonly suites: readonly number[];
  /** The group to begin with. */
  readonly group: number;
  readonly schemes: readonly number[];
  /** Further extensions. */
  readonly more?: readonly Buffer[];
};

/** One flight up to its Certificate. A server that asks for another group than expected is asked once more, in that group. */
export async function askFlight13(dial: Dial, question: Flight13Question, again = true): Promise<Answer | NoAnswer> {
  const { sni, schemes, more = [] } = question;
  const suites = question.suites.filter((suite) => readableSuites.has(suite));
  const half = keyHalf(question.group) ?? keyHalf(0x001d);
  if (half === undefined) throw new Error('X25519 is not to be had');
  const shares = [{ group: half.group, key: half.key }];
  const groups = [half.group, ...agreeableGroups.filter((other) => other !== half.group)];
  const hello = clientHello(helloShape('TLSv1.3', { sni, schemes, shares, groups, more }), suites);
  const answer = await orNoAnswer(dial, () => exchange(dial, hello, createChainFlightReader(hello.subarray(5), half)));
  if (answer.kind === 'hello' && answer.hello.retry && answer.hello.group !== undefined && again) {
    return askFlight13(dial, { ...question, group: answer.hello.group }, false);
  }
  return answer;
}
