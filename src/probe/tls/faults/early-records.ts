import type { TlsFaults } from '../../../model/facts/tls.ts';
import type { Dial } from '../exchange.ts';
import type { SeenVersion } from '../seen.ts';
import { converse, type Conversation } from '../session/conversation.ts';
import { defined } from '../session/defined.ts';
import { ownHello } from '../session/own-hello.ts';
import { hearFlight, type ServerFlight } from '../session/server-flight.ts';
import { extensionType, heartbeat } from '../wire/extensions.ts';
import { versionNumber } from '../wire/version.ts';
import { hearEarlyCcs, type CcsReaction } from './early-ccs.ts';
import { hearHeartbeat } from './heartbeat-overread.ts';

export type EarlyFaults = Pick<TlsFaults, 'heartbeatOverread' | 'earlyChangeCipherSpec'>;

/**
 * What a server makes of records that come right after its first flight: a heartbeat longer than its record, and a
 * ChangeCipherSpec before any key. One connection where no heartbeat is answered, up to three where it is.
 */
export async function earlyRecords(dial: Dial, sni: string | undefined, version: SeenVersion): Promise<EarlyFaults> {
  const number = versionNumber(version.protocol);
  const afterFlight = <T>(use: (conversation: Conversation, flight: ServerFlight) => Promise<T>) =>
    converse(dial, async (conversation) => {
      const suites = version.suites.slice(0, 64);
      conversation.say(ownHello({ version: number, suites, sni, more: [heartbeat()] }).record);
      const flight = await hearFlight(conversation, dial.answerMs);
      return flight === undefined ? undefined : use(conversation, flight);
    });
  const ccs = (patience: number) => (conversation: Conversation, flight: ServerFlight) =>
    hearEarlyCcs(conversation, flight, { answerMs: dial.answerMs, patience });

  const first = await afterFlight(async (conversation, flight) =>
    flight.hello.extensions.has(extensionType.heartbeat)
      ? { heartbeatOverread: await hearHeartbeat(conversation, flight.hello.version, dial.answerMs) }
      : { heartbeatOverread: false, reaction: await ccs(1)(conversation, flight) },
  );
  if (first === undefined) return {};
  let reaction: CcsReaction | undefined = 'reaction' in first ? first.reaction : await afterFlight(ccs(1));
  // Servers that end without an alert leave only the moment of the end to go by: it has to be the same twice.
  if (reaction === 'closed-at-second') {
    reaction = (await afterFlight(ccs(2))) === 'closed-at-second' ? 'accepted' : undefined;
  }
  const earlyChangeCipherSpec = reaction === 'accepted' ? true : reaction === 'refused' ? false : undefined;
  return defined({ heartbeatOverread: first.heartbeatOverread, earlyChangeCipherSpec });
}
