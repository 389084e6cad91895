import type { Dial } from '../exchange.ts';
import type { SeenProtocols } from '../seen.ts';
import { cbcSuite, clientKeys, prfHashOf, sealRecord, type CbcSuite } from '../session/cbc-protection.ts';
import { ecdheExchange, ecdheGroups, rsaExchange, rsaKeyOf } from '../session/client-key-exchange.ts';
import { converse, type Conversation } from '../session/conversation.ts';
import { ownHello } from '../session/own-hello.ts';
import { prf, transcriptHash } from '../session/prf.ts';
import { changeCipherSpec, handshakeMessage, plainRecord } from '../session/records.ts';
import { hearFlight } from '../session/server-flight.ts';
import type { SessionInfo } from '../session/session-der.ts';
import { alertCode } from '../wire/alert.ts';
import { contentType } from '../wire/record.ts';
import { versionNumber } from '../wire/version.ts';
import { hearOutcome, outcomeMs, wordOf } from './hear-outcome.ts';

export type CbcOffer = { readonly version: number; readonly suites: readonly number[] };

/**
 * The newest version of TLS 1.0 to 1.2 in which the server has CBC suites that we can write records of; those of RSA key
 * exchange alone where there are any, whose refusals serve for ROBOT too.
 */
export function cbcOffer({ versions }: SeenProtocols): CbcOffer | undefined {
  for (const { protocol, suites } of versions) {
    if (protocol === 'TLSv1.3' || protocol === 'SSLv3') continue;
    const own = suites.filter((suite) => cbcSuite(suite) !== undefined);
    const byRsa = own.filter((suite) => cbcSuite(suite)?.kx === 'rsa');
    if (own.length > 0) return { version: versionNumber(protocol), suites: byRsa.length > 0 ? byRsa : own };
  }
  return undefined;
}

export type CbcVerdict = {
  /** Wrong padding was accepted. */
  readonly ignored?: boolean;
  /** What a right block of RSA key exchange brought with wrong padding behind it. */
  readonly refused?: { readonly version: number; readonly outcome: string };
  /** Session of the handshake that succeeded; the server may resume it by its id. */
  readonly session?: SessionInfo;
};

/**
 * POODLE over TLS (CVE-2014-8730): our Finished goes out with wrong padding bytes. A server that goes on to its own
 * ChangeCipherSpec has not looked at them. Before the refusal is believed the same handshake with right padding must
 * succeed, or it was something else that was refused.
 */
export async function probeCbcPadding(dial: Dial, sni: string | undefined, offer: CbcOffer): Promise<CbcVerdict> {
  const wrong = await finish(dial, sni, offer, true);
  if (wrong?.accepted === undefined) return {};
  if (wrong.accepted) return { ignored: true };
  const right = await finish(dial, sni, offer, false);
  return {
    ...(right?.accepted === true ? { ignored: false, session: right.session } : {}),
    ...(wrong.kx === 'rsa' ? { refused: { version: offer.version, outcome: wrong.outcome } } : {}),
  };
}

type Finished = {
  /** Undefined when the answer is neither. */
  readonly accepted: boolean | undefined;
  readonly outcome: string;
  readonly kx: CbcSuite['kx'];
  readonly session: SessionInfo;
};

/** One handshake of our own up to the server's ChangeCipherSpec, and where it succeeds to a goodbye. */
function finish(
  dial: Dial,
  sni: string | undefined,
  { version, suites }: CbcOffer,
  wrongPadding: boolean,
): Promise<Finished | undefined> {
  return converse(dial, async (conversation) => {
    const { say, hear } = conversation;
    const hello = ownHello({ version, suites, sni, groups: ecdheGroups });
    say(hello.record);
    const flight = await hearFlight(conversation, dial.answerMs);
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
    const sealed = { suite, version, keys, wrongPadding } as const;
    const finished = sealRecord({ ...sealed, type: contentType.handshake, content, sequence: 0 });
    say(
      ...ours.map((message) => plainRecord(contentType.handshake, version, message)),
      changeCipherSpec(version),
      finished,
    );
    const outcome = wrongPadding
      ? await hearOutcome(conversation, outcomeMs(dial.answerMs, flight.ms))
      : wordOf(await hear(dial.answerMs));
    const accepted = acceptedBy(outcome);
    if (accepted === true) {
      // A goodbye, or OpenSSL forgets the session of a connection that was cut.
      const iv = finished.subarray(finished.length - suite.blockBytes);
      const goodbye = { type: contentType.alert, content: Buffer.of(1, alertCode.closeNotify), sequence: 1 };
      say(sealRecord({ ...sealed, keys: { ...keys, iv }, ...goodbye }));
      await hearTheEnd(conversation);
    }
    const session = { version, suite: flight.hello.suite, sessionId: flight.sessionId, lifetime: 0, maxEarlyData: 0 };
    return { accepted, outcome, kx: suite.kx, session: { ...session, extended: false } };
  });
}

function acceptedBy(outcome: string): boolean | undefined {
  if (outcome.startsWith(`record ${contentType.changeCipherSpec}`)) return true;
  return /^(alert|fin|reset|record 21)/.test(outcome) ? false : undefined;
}

const goodbyeMs = 250;

async function hearTheEnd({ hear }: Conversation): Promise<void> {
  for (let records = 0; records < 4; records += 1) {
    const { kind } = await hear(goodbyeMs);
    if (kind !== 'record') return;
  }
}
