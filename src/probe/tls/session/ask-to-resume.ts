import type { Dial } from '../exchange.ts';
import { flightLimit } from '../flight.ts';
import { cursorOf, readBytes, readVector } from '../wire/bytes.ts';
import { extendedMasterSecret, extension, extensionType } from '../wire/extensions.ts';
import { createHandshakeReader, messageType } from '../wire/handshake.ts';
import { contentType } from '../wire/record.ts';
import { parseServerHello } from '../wire/server-hello.ts';
import { converse, type Conversation } from './conversation.ts';
import { ownHello } from './own-hello.ts';
import type { SessionInfo } from './session-der.ts';

export type ResumeOptions = {
  readonly sni: string | undefined;
  readonly session: SessionInfo;
  readonly sessionId: Buffer;
  /** The session's ticket goes along. */
  readonly withTicket: boolean;
};

export type ResumeAnswer = {
  /** The handshake was cut short: no Certificate came. */
  readonly resumed: boolean;
  /** Length of the session id that came back, bytes. */
  readonly idLength: number;
  /** What came back begins with the id that was sent. What follows it is looked at by nobody. */
  readonly startsWithOurs: boolean;
};

/**
 * Asks a server of TLS 1.2 or earlier to resume, and reads no further than its answer shows whether it does: nothing is
 * agreed on and nothing finished. Undefined when it answers neither way.
 */
export function askToResume(dial: Dial, options: ResumeOptions): Promise<ResumeAnswer | undefined> {
  const { sni, session, sessionId, withTicket } = options;
  const { ticket } = session;
  const hello = ownHello({
    version: session.version,
    suites: [session.suite],
    sni,
    sessionId,
    // A session is only resumed by a hello that has the extension as its own had (RFC 7627 section 5.3).
    more: [
      ...(session.extended === false ? [] : [extendedMasterSecret()]),
      ...(withTicket && ticket !== undefined ? [extension(extensionType.sessionTicket, ticket)] : []),
    ],
  });
  return converse(dial, async (conversation) => {
    conversation.say(hello.record);
    return hearWhetherResumed(conversation, sessionId, dial.answerMs);
  });
}

/** The next thing after ServerHello: NewSessionTicket or ChangeCipherSpec when it resumes, Certificate or the like if not. */
async function hearWhetherResumed(
  { hear }: Conversation,
  sessionId: Buffer,
  ms: number,
): Promise<ResumeAnswer | undefined> {
  const deadline = performance.now() + ms;
  const reader = createHandshakeReader(flightLimit);
  let id: { idLength: number; startsWithOurs: boolean } | undefined;
  for (;;) {
    const next = reader.next();
    if (next.kind === 'too-large') return undefined;
    if (next.kind === 'message') {
      const { type, body } = next.message;
      if (id !== undefined) return { resumed: type === newSessionTicket, ...id };
      if (type !== messageType.serverHello || parseServerHello(body) === undefined) return undefined;
      id = compareId(body, sessionId);
      continue;
    }
    const heard = await hear(deadline - performance.now());
    if (heard.kind !== 'record') return undefined;
    if (heard.type === contentType.handshake) reader.push(heard.body);
    else if (heard.type === contentType.changeCipherSpec && id !== undefined) return { resumed: true, ...id };
    else return undefined;
  }
}

const newSessionTicket = 4;

function compareId(helloBody: Buffer, ours: Buffer): { idLength: number; startsWithOurs: boolean } {
  const cursor = cursorOf(helloBody);
  readBytes(cursor, 34);
  const id = readVector(cursor, 1);
  return { idLength: id.length, startsWithOurs: id.subarray(0, ours.length).equals(ours) };
}
