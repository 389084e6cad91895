import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dnsVersionQuestion, isWholeDnsAnswer, readDnsVersionAnswer } from '../../../src/probe/ports/dns-version.ts';

/** The question turned into its own answer: flags of a response, `count` TXT records of class CH behind it. */
function answer(text: string | null, flags = 0x8400): Buffer {
  const message = Buffer.from(dnsVersionQuestion.subarray(2));
  message.writeUInt16BE(flags, 2);
  message.writeUInt16BE(text === null ? 0 : 1, 6);
  const data = Buffer.from(text ?? '', 'latin1');
  // RFC 1035, 4.1.3: name (a pointer to the question), type TXT, class CH, TTL, length, one string.
  const record = Buffer.from([0xc0, 0x0c, 0, 16, 0, 3, 0, 0, 0, 0, 0, data.length + 1, data.length, ...data]);
  const whole = text === null ? message : Buffer.concat([message, record]);
  return Buffer.concat([Buffer.from([whole.length >> 8, whole.length & 0xff]), whole]);
}

describe('the version of a name server', () => {
  it('is asked as RFC 1035 section 4.2.2 writes it over TCP: its length, then one question of class CH', () => {
    const message = dnsVersionQuestion.subarray(2);
    expect(dnsVersionQuestion.readUInt16BE(0)).toBe(message.length);
    expect(message.subarray(2, 12).toString('hex')).toBe('00000001000000000000');
    expect(message.subarray(12).toString('latin1')).toBe('\x07version\x04bind\0\0\x10\0\x03');
  });

  it.each([
    ['9.18.49-1~deb12u3-Debian', 0x8400, '9.18.49-1~deb12u3-Debian'],
    [null, 0x8405, ''],
    ['9.18', 0x0400, undefined],
  ] as const)('%j with flags %i is read as %j', (text, flags, told) => {
    expect(readDnsVersionAnswer(answer(text, flags))).toBe(told);
  });

  it('is read of any bytes, and a broken answer tells nothing', () => {
    const good = answer('9.18.49');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(good.length), (bytes, cut) => {
        readDnsVersionAnswer(Buffer.from(bytes));
        const part = good.subarray(0, cut);
        expect(isWholeDnsAnswer(part)).toBe(cut === good.length);
        if (cut < good.length) expect(readDnsVersionAnswer(part) ?? '').toBe('');
        readDnsVersionAnswer(Buffer.concat([part, Buffer.from(bytes)]));
      }),
      { numRuns: 2000 },
    );
  });
});
