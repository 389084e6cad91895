import { FailureError } from '../../model/failure.ts';
import type { Answer, HelloAnswer } from './answer.ts';
import { exchange, type Dial } from './exchange.ts';
import { createFlightReader } from './flight.ts';
import { authenticationOf, type Authentication } from './registry/authentication.ts';
import { keyExchangeOf } from './registry/key-exchange.ts';
import { legacyOffer, tls13Offer } from './registry/offers.ts';
import { createTurn } from './turn.ts';
import { clientHello, helloShape, type HelloProtocol, type HelloShape } from './wire/client-hello.ts';
import { extensionType } from './wire/extensions.ts';
import type { ServerHello } from './wire/server-hello.ts';
import { parseServerKeyExchange, type ServerKeyExchange } from './wire/server-key-exchange.ts';
import { versionNumber } from './wire/version.ts';

/** A way of asking: the hello's constant part, and how many suites one hello may carry. */
export type Plan = { readonly shape: HelloShape; readonly atOnce: number };

/** No connection was had, or the run was stopped. */
export type NoAnswer = { readonly kind: 'failed'; readonly error: Error };

/** What one ServerKeyExchange named, and the kind of certificate it was signed by. */
export type Agreed = Pick<ServerKeyExchange, 'group' | 'scheme'> & { readonly authentication: Authentication };

/** One protocol version of one service: what is asked, how, and what came along. */
export type Lane = {
  readonly protocol: HelloProtocol;
  readonly offer: readonly number[];
  readonly usual: Plan;
  /** For servers that the usual hello upsets: fewer suites, or in TLS 1.3 a key share instead of none. */
  readonly cautious: Plan;
  readonly ask: (plan: Plan, suites: readonly number[]) => Promise<Answer | NoAnswer>;
  /** Of every ServerHello of this version, in order. */
  readonly hellos: ShownHello[];
  /** Answers that were read to the end of their flight. */
  readonly flights: HelloAnswer[];
  /** Groups and schemes named on the way. */
  readonly agreed: Agreed[];
};

/** What is kept of a ServerHello: its suite, and whether encrypt_then_mac was answered. */
export type ShownHello = { readonly suite: number; readonly encryptThenMac: boolean };

export type LaneOptions = {
  readonly sni: string | undefined;
  /** Groups and signature schemes are wanted too. */
  readonly agreements: boolean;
};

/**
 * A lane for `protocol`. A flight is read to its end once for each pair of certificate kind and key exchange that the
 * chosen suites stand for, and at TLS 1.2 where `agreements` are wanted as long as it names new ones: the server has
 * made and sent it anyway.
 */
export function createLane(dial: Dial, protocol: HelloProtocol, { sni, agreements }: LaneOptions): Lane {
  const hellos: ShownHello[] = [];
  const flights: HelloAnswer[] = [];
  const agreed: Agreed[] = [];
  const read = new Set<string>();
  let asked = 0;
  const version = versionNumber(protocol);
  const turn = agreements && protocol === 'TLSv1.2' ? createTurn(sni, agreed) : undefined;

  const ask = async (plan: Plan, suites: readonly number[]): Promise<Answer | NoAnswer> => {
    const turned = turn?.next(plan.shape);
    asked += 1;
    // What the first offer brings is read whole whatever else has come meanwhile: the fingerprint is made of it.
    const isOpening = asked === 1;
    const kinds = { isNew: false };
    const wantsFlight = (hello: ServerHello): boolean => {
      if (protocol === 'TLSv1.3' || hello.version !== version) return false;
      const exchanged = keyExchangeOf(hello.suite);
      const kind = `${authenticationOf(hello.suite)} ${exchanged}`;
      kinds.isNew = kind !== 'none other' && (isOpening || !read.has(kind));
      if (kinds.isNew) read.add(kind);
      return kinds.isNew || (turned?.wanted === true && exchanged === 'ecdhe');
    };
    const answer = await tryExchange(dial, clientHello(turned?.shape ?? plan.shape, suites), wantsFlight);
    if (answer.kind !== 'hello') return answer;
    const { hello, rest } = answer;
    if (hello.version === version) {
      hellos.push({ suite: hello.suite, encryptThenMac: hello.extensions.has(extensionType.encryptThenMac) });
    }
    if (rest !== undefined && kinds.isNew) flights.push(answer);
    const ske = rest?.keyExchange === undefined ? undefined : agreedIn(hello, rest.keyExchange);
    if (ske !== undefined) agreed.push(ske);
    if (ske !== undefined) turned?.heard(ske);
    return answer;
  };

  const shape = helloShape(protocol, { sni });
  const base = { protocol, ask, hellos, flights, agreed };
  if (protocol !== 'TLSv1.3') {
    const usual = { shape, atOnce: legacyOffer.length };
    return { ...base, offer: legacyOffer, usual, cautious: { shape, atOnce: 64 } };
  }
  const usual = { shape, atOnce: tls13Offer.length };
  return { ...base, offer: tls13Offer, usual, cautious: { ...usual, shape: shapeWithShare(sni) } };
}

/** What a ServerKeyExchange names; its prime is kept by the flight alone. */
export function agreedIn({ suite, version }: ServerHello, body: Buffer): Agreed | undefined {
  const named = parseServerKeyExchange(body, keyExchangeOf(suite), version);
  if (named === undefined) return undefined;
  const { group, scheme } = named;
  return {
    authentication: authenticationOf(suite),
    ...(group === undefined ? {} : { group }),
    ...(scheme === undefined ? {} : { scheme }),
  };
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
