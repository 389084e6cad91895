import type { Dial } from '../exchange.ts';
import type { SeenProtocols } from '../seen.ts';
import { cbcSuite, clientKeys, prfHashOf, sealFirstRecord } from '../session/cbc-protection.ts';
import { ecdheExchange, ecdheGroups, rsaExchange, rsaKeyOf } from '../session/client-key-exchange.ts';
import { converse } from '../session/conversation.ts';
import { ownHello } from '../session/own-hello.ts';
import { prf, transcriptHash } from '../session/prf.ts';
import { changeCipherSpec, handshakeMessage, plainRecord } from '../session/records.ts';
import { hearFlight } from '../session/server-flight.ts';
import { contentType } from '../wire/record.ts';
import { versionNumber } from '../wire/version.ts';

export type CbcOffer = { readonly version: number; readonly suites: readonly number[] };

/** The newest version of TLS 1.0 to 1.2 in which the server has CBC suites that we can write records of. */
export function cbcOffer({ versions }: SeenProtocols): CbcOffer | undefined {
  for (const { protocol, suites } of versions) {
    if (protocol === 'TLSv1.3' || protocol === 'SSLv3') continue;
    const own = suites.filter((suite) => cbcSuite(suite) !== undefined);
    if (own.length > 0) return { version: versionNumber(protocol), suites: own };
  }
  return undefined;
}

/**
 * POODLE over TLS (CVE-2014-8730): our Finished goes out with wrong padding bytes. A server that goes on to its own
 * ChangeCipherSpec has not looked at them. Before the refusal is believed the same handshake with right padding must
 * succeed, or it was something else that was refused; undefined then.
 */
export async function cbcPaddingIgnored(
  dial: Dial,
  sni: string | undefined,
  offer: CbcOffer,
): Promise<boolean | undefined> {
  const wrong = await finish(dial, sni, offer, true);
  if (wrong !== 'refused') return wrong === 'accepted' ? true : undefined;
  return (await finish(dial, sni, offer, false)) === 'accepted' ? false : undefined;
}

/** One handshake of our own up to the server's ChangeCipherSpec. */
function finish(
  dial: Dial,
  sni: string | undefined,
  { version, suites }: CbcOffer,
  wrongPadding: boolean,
): Promise<'accepted' | 'refused' | undefined> {
  return converse(dial, async ({ say, hear }) => {
    const hello = ownHello({ version, suites, sni, groups: ecdheGroups });
    say(hello.record);
    const flight = await hearFlight({ say, hear }, dial.answerMs);
    const suite = flight === undefined ? undefined : cbcSuite(flight.hello.suite);
    if (flight === undefined || suite === undefined || flight.hello.version !== version) return undefined;
    const key = suite.kx === 'rsa' ? rsaKeyOf(flight.chain[0]) : undefined;
    const exchanged =
      key === undefined ? ecdheExchange(flight.keyExchange ?? Buffer.alloc(0)) : rsaExchange(key, version);
    if (exchanged === undefined) return undefined;

    const ours = [
      ...(flight.requested ? [handshakeMessage(11, Buffer.alloc(3))] : []),
      handshakeMessage(16, exchanged.body),
    ];
    const hash = prfHashOf(suite, version);
    const seed = Buffer.concat([hello.random, flight.random]);
    const master = prf(hash, exchanged.premaster, 'master secret', seed, 48);
    const keys = clientKeys(suite, version, master, { client: hello.random, server: flight.random });
    const transcript = transcriptHash(hash, Buffer.concat([hello.message, flight.messages, ...ours]));
    const content = handshakeMessage(20, prf(hash, master, 'client finished', transcript, 12));
    say(
      ...ours.map((message) => plainRecord(contentType.handshake, version, message)),
      changeCipherSpec(version),
      sealFirstRecord({ suite, version, keys, type: contentType.handshake, content, wrongPadding }),
    );
    const answer = await hear(dial.answerMs);
    if (answer.kind === 'ended') return 'refused';
    if (answer.kind !== 'record') return undefined;
    if (answer.type === contentType.changeCipherSpec) return 'accepted';
    return answer.type === contentType.alert ? 'refused' : undefined;
  });
}
