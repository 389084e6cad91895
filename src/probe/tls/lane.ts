import { FailureError } from '../../model/failure.ts';
import type { Answer, HelloAnswer } from './answer.ts';
import { exchange, type Dial } from './exchange.ts';
import { createFlightReader } from './flight.ts';
import { authenticationOf } from './registry/authentication.ts';
import { keyExchangeOf } from './registry/key-exchange.ts';
import { legacyOffer, tls13Offer } from './registry/offers.ts';
import { clientHello, helloShape, type HelloProtocol, type HelloShape } from './wire/client-hello.ts';
import type { ServerHello } from './wire/server-hello.ts';
import { versionNumber } from './wire/version.ts';

/** A way of asking: the hello's constant part, and how many suites one hello may carry. */
export type Plan = { readonly shape: HelloShape; readonly atOnce: number };

/** No connection was had, or the run was stopped. */
export type NoAnswer = { readonly kind: 'failed'; readonly error: Error };

/** One protocol version of one service: what is asked, how, and what came along. */
export type Lane = {
  readonly protocol: HelloProtocol;
  readonly offer: readonly number[];
  readonly usual: Plan;
  /** For servers that the usual hello upsets: fewer suites, or in TLS 1.3 a key share instead of none. */
  readonly cautious: Plan;
  readonly ask: (plan: Plan, suites: readonly number[]) => Promise<Answer | NoAnswer>;
  /** Every ServerHello of this version, in order. */
  readonly hellos: ServerHello[];
  /** Answers that were read to the end of their flight. */
  readonly flights: HelloAnswer[];
};

/**
 * A lane for `protocol`. A flight is read to its end once for each pair of certificate kind and key exchange that the
 * chosen suites stand for: the server has made and sent it anyway.
 */
export function createLane(dial: Dial, protocol: HelloProtocol, sni: string | undefined): Lane {
  const hellos: ServerHello[] = [];
  const flights: HelloAnswer[] = [];
  const read = new Set<string>();
  const version = versionNumber(protocol);

  const wantsFlight = (hello: ServerHello): boolean => {
    if (protocol === 'TLSv1.3' || hello.version !== version) return false;
    const kind = `${authenticationOf(hello.suite)} ${keyExchangeOf(hello.suite)}`;
    if (kind === 'none other' || read.has(kind)) return false;
    read.add(kind);
    return true;
  };

  const ask = async (plan: Plan, suites: readonly number[]): Promise<Answer | NoAnswer> => {
    const answer = await tryExchange(dial, clientHello(plan.shape, suites), wantsFlight);
    if (answer.kind === 'hello' && answer.hello.version === version) hellos.push(answer.hello);
    if (answer.kind === 'hello' && answer.rest !== undefined) flights.push(answer);
    return answer;
  };

  const shape = helloShape(protocol, { sni });
  const base = { protocol, ask, hellos, flights };
  if (protocol !== 'TLSv1.3') {
    const usual = { shape, atOnce: legacyOffer.length };
    return { ...base, offer: legacyOffer, usual, cautious: { shape, atOnce: 64 } };
  }
  const usual = { shape, atOnce: tls13Offer.length };
  return { ...base, offer: tls13Offer, usual, cautious: { ...usual, shape: shapeWithShare(sni) } };
}

/** Any 32 bytes are an X25519 public key, and the ServerHello comes before the key is used. */
function shapeWithShare(sni: string | undefined): HelloShape {
  return helloShape('TLSv1.3', { sni, shares: [{ group: 0x001d, key: Buffer.alloc(32, 9) }] });
}

async function tryExchange(
  dial: Dial,
  hello: Buffer,
  wantsFlight: (hello: ServerHello) => boolean,
): Promise<Answer | NoAnswer> {
  return orNoAnswer(dial, () => exchange(dial, hello, createFlightReader(wantsFlight)));
}

/** Turns what the target or the end of the run threw into a value; our own faults go on up. */
export async function orNoAnswer<T>(dial: Dial, run: () => Promise<T>): Promise<T | NoAnswer> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof FailureError) return { kind: 'failed', error };
    if (dial.signal.aborted)
      return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
    throw error;
  }
}
