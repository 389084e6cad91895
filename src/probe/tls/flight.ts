import type { Answer, Ending, FlightReader, FlightRest } from './answer.ts';
import { alertCode, alertOf } from './wire/alert.ts';
import { parseCertificateMessage } from './wire/certificate-message.ts';
import { createHandshakeReader, messageType, type HandshakeMessage } from './wire/handshake.ts';
import { contentType, createRecordReader, type TlsRecord } from './wire/record.ts';
import { parseServerHello, type ServerHello } from './wire/server-hello.ts';

/** Bytes of one flight that are read at most; the largest real one (a long RSA-4096 chain) is a tenth of it. */
export const flightLimit = 256 * 1024;

/** Tells from the ServerHello whether reading on to ServerHelloDone is worth it. */
export type WantsFlight = (hello: ServerHello) => boolean;

/** A reader of a server's flight in the clear: ServerHello, and the rest of it in TLS 1.2 and earlier where wanted. */
export function createFlightReader(wantsFlight: WantsFlight = () => false): FlightReader {
  const records = createRecordReader();
  const messages = createHandshakeReader(flightLimit);
  let received = 0;
  let hello: ServerHello | undefined;
  let chain: readonly Buffer[] | undefined;
  let rest: FlightRest = { done: false };
  let reading = false;
  let alertByte: number | undefined;

  const settled = (): Answer | undefined => {
    if (hello === undefined) return undefined;
    return { kind: 'hello', hello, ...(chain === undefined ? {} : { chain }), ...(reading ? { rest } : {}) };
  };
  const broken = (why: string): Answer => settled() ?? { kind: 'malformed', why };

  function onMessage({ type, body }: HandshakeMessage): Answer | undefined {
    if (hello === undefined) {
      if (type !== messageType.serverHello) return type === 0 ? undefined : broken(`handshake message ${type} first`);
      hello = parseServerHello(body);
      if (hello === undefined) return broken('ServerHello cannot be read');
      reading = wantsFlight(hello);
      return reading ? undefined : settled();
    }
    return onRest(type, body);
  }

  /** Messages in an order or of a kind that does not belong here end the reading; what came before stands. */
  function onRest(type: number, body: Buffer): Answer | undefined {
    switch (type) {
      case messageType.certificate:
        if (chain !== undefined) return settled();
        chain = parseCertificateMessage(body);
        return chain === undefined ? settled() : undefined;
      case messageType.certificateStatus:
        rest = { ...rest, status: body };
        return undefined;
      case messageType.serverKeyExchange:
        rest = { ...rest, keyExchange: body };
        return undefined;
      case messageType.certificateRequest:
        rest = { ...rest, request: body };
        return undefined;
      case messageType.serverHelloDone:
        rest = { ...rest, done: true };
        return settled();
      default:
        return settled();
    }
  }

  function onHandshake(fragment: Buffer): Answer | undefined {
    messages.push(fragment);
    for (;;) {
      const next = messages.next();
      if (next.kind === 'more') return undefined;
      if (next.kind === 'too-large') return broken(`handshake message of ${next.declared} bytes`);
      const answer = onMessage(next.message);
      if (answer !== undefined) return answer;
    }
  }

  function onAlert(body: Buffer): Answer | undefined {
    for (const byte of body) {
      if (alertByte === undefined) {
        alertByte = byte;
        continue;
      }
      const alert = alertOf(alertByte, byte);
      alertByte = undefined;
      if (alert.code === alertCode.closeNotify) return settled() ?? { kind: 'closed', by: 'fin' };
      if (alert.fatal) return settled() ?? { kind: 'alert', alert };
    }
    return undefined;
  }

  function onRecord(record: TlsRecord): Answer | undefined {
    if (record.type === contentType.handshake) return onHandshake(record.body);
    if (record.type === contentType.alert) return onAlert(record.body);
    return broken(`record of type ${record.type}`);
  }

  function read(): Answer | undefined {
    for (;;) {
      const next = records.next();
      if (next.kind === 'more') return received > flightLimit ? broken('flight too long') : undefined;
      if (next.kind === 'not-tls') return settled() ?? { kind: 'not-tls', sample: next.sample };
      const answer = onRecord(next.record);
      if (answer !== undefined) return answer;
    }
  }

  return {
    push: (bytes) => {
      received += bytes.length;
      records.push(bytes);
      return read();
    },
    end: (ending: Ending) => settled() ?? (ending === 'timeout' ? { kind: 'timeout' } : { kind: 'closed', by: ending }),
  };
}
