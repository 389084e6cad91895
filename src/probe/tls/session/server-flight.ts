import { flightLimit } from '../flight.ts';
import { parseCertificateMessage } from '../wire/certificate-message.ts';
import { createHandshakeReader, messageType } from '../wire/handshake.ts';
import { contentType } from '../wire/record.ts';
import { parseServerHello, type ServerHello } from '../wire/server-hello.ts';
import type { Conversation } from './conversation.ts';

/** A server's first flight of SSLv3 to TLS 1.2, with what a client needs to go on. */
export type ServerFlight = {
  readonly hello: ServerHello;
  readonly random: Buffer;
  readonly sessionId: Buffer;
  readonly chain: readonly Buffer[];
  readonly keyExchange?: Buffer;
  /** A client certificate is asked for. */
  readonly requested: boolean;
  /** Every message as it came, for the transcript. */
  readonly messages: Buffer;
  /** From the call to the end of the flight, ms: at least one round trip. */
  readonly ms: number;
};

/** Reads on to ServerHelloDone; undefined when anything else comes, or nothing within `ms`. */
export async function hearFlight({ hear }: Conversation, ms: number): Promise<ServerFlight | undefined> {
  const started = performance.now();
  const reader = createHandshakeReader(flightLimit);
  const messages: Buffer[] = [];
  let hello: ServerHello | undefined;
  let random = Buffer.alloc(0);
  let sessionId = Buffer.alloc(0);
  let chain: readonly Buffer[] = [];
  let keyExchange: Buffer | undefined;
  let requested = false;
  for (;;) {
    const next = reader.next();
    if (next.kind === 'too-large') return undefined;
    if (next.kind === 'more') {
      const heard = await hear(started + ms - performance.now());
      if (heard.kind !== 'record' || heard.type !== contentType.handshake) return undefined;
      reader.push(heard.body);
      continue;
    }
    const { type, body, whole } = next.message;
    messages.push(whole);
    if (type === messageType.serverHello) {
      hello = parseServerHello(body);
      random = Buffer.from(body.subarray(2, 34));
      sessionId = Buffer.from(body.subarray(35, 35 + (body[34] ?? 0)));
    } else if (type === messageType.certificate) chain = parseCertificateMessage(body) ?? [];
    else if (type === messageType.serverKeyExchange) keyExchange = body;
    else if (type === messageType.certificateRequest) requested = true;
    else if (type === messageType.serverHelloDone) break;
  }
  if (hello === undefined) return undefined;
  return {
    hello,
    random,
    sessionId,
    chain,
    ...(keyExchange === undefined ? {} : { keyExchange }),
    requested,
    messages: Buffer.concat(messages),
    ms: performance.now() - started,
  };
}
