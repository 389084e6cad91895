import type { Answer, FlightReader, FlightRest, HelloAnswer } from '../answer.ts';
import { flightLimit } from '../flight.ts';
import { alertCode, alertOf } from '../wire/alert.ts';
import { parseCertificateEntries13 } from '../wire/certificate-message.ts';
import { extensionType } from '../wire/extensions.ts';
import { createHandshakeReader, messageType, type HandshakeMessage } from '../wire/handshake.ts';
import { contentType, createRecordReader, type TlsRecord } from '../wire/record.ts';
import { parseEncryptedExtensions, parseServerHello, type ServerHello } from '../wire/server-hello.ts';
import type { KeyHalf } from './key-agreement.ts';
import { serverHandshakeKey } from './key-schedule.ts';
import { createRecordOpener, readableSuites, type Plaintext } from './record-protection.ts';

/**
 * A reader of a TLS 1.3 server's flight up to its CertificateVerify, of which only the scheme is read. It opens the records
 * with the handshake key and stops there: nothing is verified, nothing is finished, so a chain says what the server
 * sends and no more.
 * `clientHello` is the handshake message sent, without its record header.
 */
export function createChainFlightReader(clientHello: Buffer, half: KeyHalf): FlightReader {
  const records = createRecordReader();
  const clear = createHandshakeReader(flightLimit);
  const hidden = createHandshakeReader(flightLimit);
  let received = 0;
  let hello: ServerHello | undefined;
  let encrypted: ReadonlyMap<number, Buffer> | undefined;
  let request: Buffer | undefined;
  let certified: HelloAnswer | undefined;
  let openRecord: ((record: TlsRecord) => Plaintext | undefined) | undefined;

  const settled = (): Answer | undefined => certified ?? (hello === undefined ? undefined : { kind: 'hello', hello });
  const broken = (why: string): Answer => settled() ?? { kind: 'malformed', why };

  function onServerHello({ type, body, whole }: HandshakeMessage): Answer | undefined {
    hello = type === messageType.serverHello ? parseServerHello(body) : undefined;
    if (hello === undefined) return { kind: 'malformed', why: 'no ServerHello' };
    const suite = readableSuites.get(hello.suite);
    if (hello.version !== 0x0304 || hello.retry || hello.group !== half.group || suite === undefined) return settled();
    const secret = hello.share === undefined ? undefined : half.agree(hello.share);
    if (secret === undefined) return settled();
    openRecord = createRecordOpener(
      suite,
      serverHandshakeKey(suite.hash, suite.keyBytes, secret, [clientHello, whole]),
    );
    return undefined;
  }

  function onHidden({ type, body }: HandshakeMessage): Answer | undefined {
    if (type === messageType.encryptedExtensions) encrypted = parseEncryptedExtensions(body);
    if (type === messageType.certificateRequest) request = body;
    if (certified !== undefined) return verifiedBy(certified, type, body);
    if (type !== messageType.certificate) return undefined;
    const entries = parseCertificateEntries13(body);
    if (hello === undefined || entries === undefined) return settled();
    const status = entries[0]?.extensions.get(extensionType.statusRequest);
    const rest: FlightRest = {
      ...(encrypted === undefined ? {} : { encrypted }),
      ...(request === undefined ? {} : { request }),
      ...(status === undefined ? {} : { status }),
      done: true,
    };
    certified = { kind: 'hello', hello, chain: entries.map(({ der }) => der), rest };
    return undefined;
  }

  function onHandshake(
    messages: typeof clear,
    fragment: Buffer,
    use: (message: HandshakeMessage) => Answer | undefined,
  ): Answer | undefined {
    messages.push(fragment);
    for (;;) {
      const next = messages.next();
      if (next.kind === 'more') return undefined;
      if (next.kind === 'too-large') return broken(`handshake message of ${next.declared} bytes`);
      const answer = use(next.message);
      if (answer !== undefined) return answer;
    }
  }

  function onAlert(body: Buffer): Answer | undefined {
    const [level, code] = body;
    if (level === undefined || code === undefined) return undefined;
    const alert = alertOf(level, code);
    if (!alert.fatal) return undefined;
    return (
      settled() ?? (alert.code === alertCode.closeNotify ? { kind: 'closed', by: 'fin' } : { kind: 'alert', alert })
    );
  }

  function onRecord(record: TlsRecord): Answer | undefined {
    if (record.type === contentType.changeCipherSpec) return undefined;
    if (record.type === contentType.alert) return onAlert(record.body);
    if (openRecord === undefined) {
      return record.type === contentType.handshake
        ? onHandshake(clear, record.body, onServerHello)
        : broken(`record of type ${record.type}`);
    }
    const plain = record.type === contentType.applicationData ? openRecord(record) : undefined;
    if (plain?.type !== contentType.handshake) return settled();
    return onHandshake(hidden, plain.content, onHidden);
  }

  return {
    push: (bytes) => {
      received += bytes.length;
      records.push(bytes);
      for (;;) {
        const next = records.next();
        if (next.kind === 'more') return received > flightLimit ? broken('flight too long') : undefined;
        if (next.kind === 'not-tls') return settled() ?? { kind: 'not-tls', sample: next.sample };
        const answer = onRecord(next.record);
        if (answer !== undefined) return answer;
      }
    },
    end: (ending) => settled() ?? (ending === 'timeout' ? { kind: 'timeout' } : { kind: 'closed', by: ending }),
  };
}

/** The flight with the scheme of the CertificateVerify that follows; as it is when something else does. */
function verifiedBy(flight: HelloAnswer, type: number, body: Buffer): HelloAnswer {
  if (type !== messageType.certificateVerify || body.length < 2) return flight;
  return { ...flight, rest: { done: true, ...flight.rest, scheme: body.readUInt16BE(0) } };
}
