import { exchange, type Dial } from '../exchange.ts';
import { orNoAnswer } from '../lane.ts';
import { schemesByKey } from '../registry/signature-schemes.ts';
import { clientHello, helloShape } from '../wire/client-hello.ts';
import { createChainFlightReader } from './chain-flight.ts';
import { agreeableGroups, keyHalf } from './key-agreement.ts';
import { readableSuites } from './record-protection.ts';

/**
 * The chains of a service that speaks only TLS 1.3: one connection for an EC or EdDSA certificate and one for RSA.
 * `suites` are those it accepts, `group` the one it asked for. Empty where neither can be read here.
 */
export async function readChains13(
  dial: Dial,
  sni: string | undefined,
  suites: readonly number[],
  group: number | undefined,
): Promise<(readonly Buffer[])[]> {
  const readable = suites.filter((suite) => readableSuites.has(suite));
  if (readable.length === 0) return [];
  const read = (schemes: readonly number[]) => readChain(dial, sni, readable, group ?? 0x001d, schemes);
  const chains = await Promise.all([read(schemesByKey.ec), read(schemesByKey.rsa)]);
  return chains.filter((chain) => chain !== undefined);
}

/** A server that asks for another group than expected is asked once more, in that group. */
async function readChain(
  dial: Dial,
  sni: string | undefined,
  suites: readonly number[],
  group: number,
  schemes: readonly number[],
  again = true,
): Promise<readonly Buffer[] | undefined> {
  const half = keyHalf(group) ?? keyHalf(0x001d);
  if (half === undefined) return undefined;
  const shares = [{ group: half.group, key: half.key }];
  const groups = [half.group, ...agreeableGroups.filter((other) => other !== half.group)];
  const hello = clientHello(helloShape('TLSv1.3', { sni, schemes, shares, groups }), suites);
  const answer = await orNoAnswer(dial, () => exchange(dial, hello, createChainFlightReader(hello.subarray(5), half)));
  if (answer.kind !== 'hello') return undefined;
  if (answer.hello.retry && answer.hello.group !== undefined && again) {
    return readChain(dial, sni, suites, answer.hello.group, schemes, false);
  }
  return answer.chain === undefined || answer.chain.length === 0 ? undefined : answer.chain;
}
