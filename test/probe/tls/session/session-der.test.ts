import { BaseBlock, Constructed, Integer, OctetString, Sequence } from 'asn1js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSession } from '../../../../src/probe/tls/session/session-der.ts';

type Fields = {
  readonly version: number;
  readonly suite: number;
  readonly sessionId: Uint8Array;
  readonly lifetime?: number;
  readonly ticket?: Uint8Array;
  readonly maxEarlyData?: number;
};

/** SSL_SESSION_ASN1 as OpenSSL 3.5 writes it, from ssl/ssl_asn1.c. */
function sessionDer({ version, suite, sessionId, lifetime, ticket, maxEarlyData }: Fields): Buffer {
  const tagged = (tagNumber: number, value: BaseBlock | undefined) =>
    value === undefined ? [] : [new Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [value] })];
  const integer = (value: number | undefined) => (value === undefined ? undefined : bigInteger(value));
  const octets = (value: Uint8Array) => new OctetString({ valueHex: Uint8Array.from(value).buffer });
  const der = new Sequence({
    value: [
      new Integer({ value: 1 }),
      new Integer({ value: version }),
      octets(Uint8Array.of(suite >> 8, suite & 255)),
      octets(sessionId),
      octets(new Uint8Array(48).fill(0xaa)),
      ...tagged(1, integer(1_700_000_000)),
      ...tagged(9, integer(lifetime)),
      ...tagged(10, ticket === undefined ? undefined : octets(ticket)),
      ...tagged(15, integer(maxEarlyData)),
      ...tagged(19, integer(29)),
    ],
  });
  return Buffer.from(der.toBER());
}

function bigInteger(value: number): Integer {
  return Integer.fromBigInt(BigInt(value));
}

const uint32 = fc.oneof(fc.constantFrom(0, 127, 128, 65_535, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff), fc.nat());
const fields = fc.record(
  {
    version: fc.constantFrom(0x0301, 0x0302, 0x0303, 0x0304),
    suite: fc.integer({ min: 0, max: 0xffff }),
    sessionId: fc.uint8Array({ maxLength: 32 }),
    lifetime: uint32,
    ticket: fc.uint8Array({ minLength: 1, maxLength: 2000 }),
    maxEarlyData: uint32,
  },
  { requiredKeys: ['version', 'suite', 'sessionId'] },
);

const nodeHeader = (name: string) =>
  Buffer.concat([
    Buffer.from('\0nodejs:tls:session:1\0', 'latin1'),
    Buffer.of(Buffer.byteLength(name) >> 8, Buffer.byteLength(name) & 255),
    Buffer.from(name),
  ]);

describe('readSession', () => {
  it('reads what OpenSSL writes, with and without the header of Node 24', () => {
    fc.assert(
      fc.property(fields, fc.option(fc.string({ maxLength: 300 })), (given, name) => {
        const der = sessionDer(given);
        const read = readSession(name === null ? der : Buffer.concat([nodeHeader(name), der]));
        expect(read).toEqual({
          version: given.version,
          suite: given.suite,
          sessionId: Buffer.from(given.sessionId),
          lifetime: given.lifetime ?? 0,
          maxEarlyData: given.maxEarlyData ?? 0,
          ...(given.ticket === undefined ? {} : { ticket: Buffer.from(given.ticket) }),
        });
      }),
    );
  });

  it('never keeps the master key', () => {
    const read = readSession(sessionDer({ version: 0x0303, suite: 0xc02f, sessionId: new Uint8Array(32) }));
    expect(JSON.stringify(Object.values(read ?? {}))).not.toContain('170,170');
  });

  it('is total over any bytes, over the cut and the changed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(() => readSession(Buffer.from(bytes))).not.toThrow();
      }),
    );
    fc.assert(
      fc.property(fields, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 }), (given, cut, at, byte) => {
        const der = Buffer.concat([nodeHeader('lab.test'), sessionDer(given)]);
        der[at % der.length] = byte;
        expect(() => readSession(der.subarray(0, cut % (der.length + 1)))).not.toThrow();
      }),
    );
  });
});
