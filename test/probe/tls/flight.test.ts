import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, FlightReader } from '../../../src/probe/tls/answer.ts';
import { createSslv2FlightReader } from '../../../src/probe/tls/flight-sslv2.ts';
import { createFlightReader, flightLimit } from '../../../src/probe/tls/flight.ts';
import { createChainFlightReader } from '../../../src/probe/tls/tls13/chain-flight.ts';
import { keyHalf } from '../../../src/probe/tls/tls13/key-agreement.ts';
import { alert, certificateMessage, handshake, record, serverHello } from '../../servers/tls-fake.ts';

const bytes = fc.uint8Array({ maxLength: 600 }).map((array) => Buffer.from(array));
const der = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((array) => Buffer.from(array));

/** Feeds `stream` in pieces cut at `cuts`, then ends it. */
function feed(reader: FlightReader, stream: Buffer, cuts: readonly number[]): Answer {
  const places = [...new Set(cuts.map((cut) => cut % (stream.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, stream.length]) {
    const answer = reader.push(stream.subarray(from, to));
    if (answer !== undefined) return answer;
    from = to;
  }
  return reader.end('fin');
}

/** Records whose bodies are `message` cut at `sizes`. */
function fragments(message: Buffer, sizes: readonly number[]): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0, index = 0; at < message.length; index += 1) {
    const size = Math.max(1, sizes[index % Math.max(1, sizes.length)] ?? 1000);
    parts.push(record(22, message.subarray(at, at + size)));
    at += size;
  }
  return Buffer.concat(parts);
}

const makers: readonly (readonly [string, () => FlightReader])[] = [
  ['TLS', () => createFlightReader(() => true)],
  ['SSLv2', createSslv2FlightReader],
  [
    'TLS 1.3 chain',
    () => {
      const half = keyHalf(0x1d);
      if (half === undefined) throw new Error('X25519 is known');
      return createChainFlightReader(Buffer.from('hello'), half);
    },
  ],
];

describe.each(makers)('the %s flight reader', (_name, make) => {
  it('gives one of the known answers to any bytes, and never throws', () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat()), (stream, cuts) => {
        const answer = feed(make(), stream, cuts);
        expect(['hello', 'sslv2', 'alert', 'not-tls', 'malformed', 'closed', 'timeout']).toContain(answer.kind);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same answer however TCP breaks the bytes', () => {
    const almostTls = fc.oneof(
      bytes,
      bytes.map((body) => record(22, body)),
      fc.tuple(fc.integer({ min: 0, max: 30 }), bytes).map(([type, body]) => record(22, handshake(type, body))),
      fc
        .tuple(fc.constantFrom(0x300, 0x301, 0x303, 0x304), bytes)
        .map(([v, rest]) => Buffer.concat([serverHello(v, 0x2f), rest])),
      fc.tuple(fc.nat(255), bytes).map(([code, rest]) => Buffer.concat([alert(code, 1), rest])),
    );
    fc.assert(
      fc.property(almostTls, fc.array(fc.nat(), { maxLength: 8 }), (stream, cuts) => {
        const bytewise = Array.from({ length: stream.length }, (_, index) => index);
        const whole = withoutSample(feed(make(), stream, []));
        expect(withoutSample(feed(make(), stream, cuts))).toEqual(whole);
        expect(withoutSample(feed(make(), stream, bytewise))).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('does not read past its limit', () => {
    const reader = make();
    let answer: Answer | undefined;
    let sent = 0;
    // A record of each of 16 kB that is never a whole message.
    const endless = record(22, handshake(11, Buffer.alloc(16_000)));
    while (answer === undefined && sent < 2 * flightLimit) {
      answer = reader.push(sent === 0 ? endless.subarray(0, 8000) : Buffer.alloc(8000, 22));
      sent += 8000;
    }
    expect(answer?.kind).toBeDefined();
    expect(sent).toBeLessThanOrEqual(flightLimit + 16_000);
  });
});

/** How much of a wrong answer is quoted depends on how much had come. */
function withoutSample(answer: Answer): unknown {
  return answer.kind === 'not-tls' ? { kind: answer.kind } : answer;
}

describe('the TLS flight reader', () => {
  it('reads the same chain however the handshake is cut into records', () => {
    fc.assert(
      fc.property(
        fc.array(der, { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(), { maxLength: 5 }),
        (chain, sizes, cuts) => {
          const hello = serverHello(0x0303, 0xc02f).subarray(5);
          const stream = fragments(
            Buffer.concat([hello, certificateMessage(chain), handshake(14, Buffer.alloc(0))]),
            sizes,
          );
          const answer = feed(
            createFlightReader(() => true),
            stream,
            cuts,
          );
          expect(answer).toMatchObject({ kind: 'hello', hello: { version: 0x0303, suite: 0xc02f }, chain });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('stops at the ServerHello when no chain is wanted', () => {
    const answer = createFlightReader().push(serverHello(0x0301, 0x0005));
    expect(answer).toMatchObject({ kind: 'hello', hello: { version: 0x0301, suite: 0x0005, retry: false } });
    expect(answer).not.toHaveProperty('chain');
  });

  it('goes on after a warning and ends at a fatal alert', () => {
    const reader = createFlightReader();
    expect(reader.push(alert(112, 1))).toBeUndefined();
    expect(reader.push(alert(40))).toMatchObject({ kind: 'alert', alert: { name: 'handshake_failure', fatal: true } });
  });

  it('joins an alert that comes in two records', () => {
    const reader = createFlightReader();
    expect(reader.push(record(21, Buffer.of(2)))).toBeUndefined();
    expect(reader.push(record(21, Buffer.of(70)))).toMatchObject({ kind: 'alert', alert: { code: 70 } });
  });

  it('keeps what the ServerHello said when the rest is broken, late or missing', () => {
    const hello = serverHello(0x0303, 0xc02f);
    const lies = record(22, Buffer.of(11, 0xff, 0xff, 0xff));
    const later = [lies, record(22, handshake(11, Buffer.of(0, 0, 9, 1))), Buffer.from('HTTP/1.1 400'), alert(80)];
    for (const after of later) {
      const answer = createFlightReader(() => true).push(Buffer.concat([hello, after]));
      expect(answer).toMatchObject({ kind: 'hello', hello: { suite: 0xc02f } });
      expect(answer).not.toHaveProperty('chain');
    }
    const reader = createFlightReader(() => true);
    reader.push(hello);
    expect(reader.end('timeout')).toMatchObject({ kind: 'hello' });
  });

  it('does not wait for a message that declares sixteen megabytes', () => {
    const answer = createFlightReader().push(record(22, Buffer.of(2, 0xff, 0xff, 0xff)));
    expect(answer).toMatchObject({ kind: 'malformed' });
  });

  it('tells text from TLS at the first byte', () => {
    expect(createFlightReader().push(Buffer.from('H'))).toMatchObject({ kind: 'not-tls' });
    expect(createFlightReader().push(Buffer.from('220 mail ESMTP\r\n'))).toMatchObject({ kind: 'not-tls' });
  });

  it('reads version and group of a HelloRetryRequest', () => {
    const retry = serverHello(0x0304, 0x1302, Buffer.from('002b00020304003300020017', 'hex'));
    Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex').copy(retry, 11);
    expect(createFlightReader().push(retry)).toMatchObject({
      kind: 'hello',
      hello: { version: 0x0304, suite: 0x1302, retry: true, group: 0x17 },
    });
  });
});

describe('the SSLv2 flight reader', () => {
  const body = Buffer.from('0400010002000300060010' + 'aabbcc' + '010080' + '0700c0' + '00'.repeat(16), 'hex');
  const answerBytes = Buffer.concat([Buffer.of(0x80, body.length), body]);

  it('reads cipher kinds and certificate of a SERVER-HELLO', () => {
    expect(createSslv2FlightReader().push(answerBytes)).toEqual({
      kind: 'sslv2',
      hello: { version: 2, kinds: [0x010080, 0x0700c0], certificate: Buffer.from('aabbcc', 'hex') },
    });
  });

  it('reads the same with the long header', () => {
    const padded = Buffer.concat([Buffer.of(0x00, body.length, 0), body]);
    expect(createSslv2FlightReader().push(padded)).toMatchObject({ kind: 'sslv2' });
  });

  it('reads the alert of a server that knows only TLS', () => {
    expect(createSslv2FlightReader().push(alert(70))).toMatchObject({ kind: 'alert', alert: { code: 70 } });
  });
});
