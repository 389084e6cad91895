import type { Answer } from '../answer.ts';
import type { TlsContext } from '../context.ts';
import { exchange } from '../exchange.ts';
import { createFlightReader } from '../flight.ts';
import { orNoAnswer, type NoAnswer } from '../lane.ts';
import { allSchemes } from '../registry/signature-schemes.ts';
import type { SeenVersion } from '../seen.ts';
import { askFlight13 } from '../tls13/read-flights.ts';
import { clientHello, helloShape } from '../wire/client-hello.ts';
import { extension, uint16Vector } from '../wire/extensions.ts';

export type FlightQuestion = {
  readonly sni: string | undefined;
  readonly version: SeenVersion;
  readonly suites: readonly number[];
  /** Signature schemes offered; default all. */
  readonly schemes?: readonly number[];
};

/** The chain may be signed by anything whatever the leaf signs with: signature_algorithms_cert (RFC 8446 section 4.2.3). */
const anyCertificate = extension(50, uint16Vector(allSchemes));

/** One more flight of a version that is spoken, read up to its chain and staple; one connection, seldom two. */
export async function askFlight(
  { dial }: Pick<TlsContext, 'dial'>,
  { sni, version, suites, schemes = allSchemes }: FlightQuestion,
): Promise<Answer | NoAnswer> {
  const more = schemes === allSchemes ? [] : [anyCertificate];
  if (version.protocol === 'TLSv1.3') {
    const group = version.first.hello.group ?? 0x001d;
    return askFlight13(dial, { sni, suites, group, schemes, more });
  }
  const hello = clientHello(helloShape(version.protocol, { sni, schemes, more }), suites);
  return orNoAnswer(dial, () =>
    exchange(
      dial,
      hello,
      createFlightReader(() => true),
    ),
  );
}
