import type { HelloAnswer } from '../answer.ts';
import { exchange, type Dial } from '../exchange.ts';
import { orNoAnswer } from '../lane.ts';
import { createChainFlightReader } from '../tls13/chain-flight.ts';
import { keyHalf } from '../tls13/key-agreement.ts';
import { readableSuites } from '../tls13/record-protection.ts';
import { clientHello, helloShape } from '../wire/client-hello.ts';

/**
 * The flight of a TLS 1.3 server in `group` and no other, up to its Certificate: what it says in EncryptedExtensions.
 * Undefined when it does not come to that; `extensions` go into the hello.
 */
export async function readEncrypted(
  dial: Dial,
  sni: string | undefined,
  suites: readonly number[],
  group: number,
  extensions: readonly Buffer[],
): Promise<HelloAnswer | undefined> {
  const half = keyHalf(group);
  const readable = suites.filter((suite) => readableSuites.has(suite));
  if (half === undefined || readable.length === 0) return undefined;
  const shares = [{ group, key: half.key }];
  const hello = clientHello(helloShape('TLSv1.3', { sni, shares, groups: [group], more: extensions }), readable);
  const answer = await orNoAnswer(dial, () => exchange(dial, hello, createChainFlightReader(hello.subarray(5), half)));
  return answer.kind === 'hello' && answer.rest?.encrypted !== undefined ? answer : undefined;
}
