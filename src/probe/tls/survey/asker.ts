import type { Answer } from '../answer.ts';
import { exchange, type Dial } from '../exchange.ts';
import { createFlightReader } from '../flight.ts';
import { orNoAnswer, type NoAnswer } from '../lane.ts';
import { clientHello, helloShape, type HelloProtocol, type ShapeOptions } from '../wire/client-hello.ts';

export type AskOptions = Omit<ShapeOptions, 'sni'> & {
  /** Read on to ServerHelloDone. */
  readonly whole?: boolean;
};

/** One hello, one answer, one connection. */
export type Ask = (
  protocol: HelloProtocol,
  suites: readonly number[],
  options?: AskOptions,
) => Promise<Answer | NoAnswer>;

/** Asks one service by its name. */
export function createAsk(dial: Dial, sni: string | undefined): Ask {
  return (protocol, suites, { whole = false, ...shape } = {}) => {
    const hello = clientHello(helloShape(protocol, { ...shape, sni }), suites);
    return orNoAnswer(dial, () =>
      exchange(
        dial,
        hello,
        createFlightReader(() => whole),
      ),
    );
  };
}
