import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ikeHeader, parseIke } from '../../../../src/probe/ports/udp/ike.ts';
import {
  authCapabilitiesRequest,
  cipherSuiteNumbers,
  cipherSuitesRequest,
  parseAuthCapabilities,
  parseCipherRecords,
} from '../../../../src/probe/ports/udp/ipmi.ts';
import { isPrivateAnswer, ntpControl, ntpPrivate, parseControl } from '../../../../src/probe/ports/udp/ntp.ts';
import { parseSnmp, snmpGet } from '../../../../src/probe/ports/udp/snmp.ts';

const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** Every prefix of a message, and the message with one byte changed. */
function* spoilt(message: Buffer): Generator<Buffer> {
  for (let length = 0; length < message.length; length += 1) yield message.subarray(0, length);
  for (let at = 0; at < message.length; at += 1) {
    const changed = Buffer.from(message);
    changed[at] = (changed[at] ?? 0) ^ 0xff;
    yield changed;
  }
}

describe('SNMP', () => {
  const id = 0x1234_5678;
  // RFC 1157 4.1.3: a GetResponse with sysDescr "Linux", as net-snmp 5.9.3 sends it.
  const response = hex(
    '302f 020101 0406 7075626c6963 a222 020412345678 020100 020100 3014 3012 06082b06010201010100 0406 4c696e757831',
  );

  it('asks for sysDescr alone, byte for byte as the standard writes it', () => {
    expect(snmpGet('v2c', 'public', id).toString('hex')).toBe(
      '302902010104067075626c6963a01c020412345678020100020100300e300c06082b060102010101000500',
    );
    expect(snmpGet('v1', 'public', id)[4]).toBe(0);
  });

  it('reads version and sysDescr of the answer to its own question', () => {
    expect(parseSnmp(response, id)).toEqual({ version: 1, sysDescr: 'Linux1' });
    expect(parseSnmp(response, id + 1)).toBeUndefined();
  });

  it('takes an answer with an error for an answer', () => {
    const error = hex('302902010104067075626c6963a21c020412345678020102020101300e300c06082b060102010101000500');
    expect(parseSnmp(error, id)).toEqual({ version: 1 });
  });

  it('takes neither its own question nor a report of version 3 for an answer', () => {
    expect(parseSnmp(snmpGet('v2c', 'public', id), id)).toBeUndefined();
    expect(parseSnmp(hex('3010020103300f02024a69020300ffe3040104020103'), id)).toBeUndefined();
  });

  it('has no words of a message that was cut off', () => {
    for (let length = 0; length < response.length; length += 1)
      expect(parseSnmp(response.subarray(0, length), id)).toBeUndefined();
  });

  it('is total', () => {
    fc.assert(
      fc.property(bytes, (any) => {
        parseSnmp(any, id);
      }),
    );
    for (const one of spoilt(response)) parseSnmp(one, id);
  });
});

describe('NTP', () => {
  it('asks as RFC 9327 and ntpd write it', () => {
    expect(ntpControl(7).toString('hex')).toBe('160200070000000000000000');
    expect(ntpPrivate().subarray(0, 8).toString('hex')).toBe('1700030400000000');
    expect(ntpPrivate()).toHaveLength(48);
  });

  it('reads the version of an answer, and takes an error for an answer', () => {
    const head = hex('168200070615000000000020');
    const answer = Buffer.concat([head, Buffer.from('version="ntpd 4.2.8p15", processor="x86_64"')]);
    expect(parseControl(answer, 7)).toEqual({ version: 'ntpd 4.2.8p15' });
    expect(parseControl(hex('16c200070000000000000000'), 7)).toEqual({});
    expect(parseControl(answer, 8)).toBeUndefined();
    expect(parseControl(ntpControl(7), 7)).toBeUndefined();
  });

  it('tells a response of mode 7 from a request', () => {
    expect(isPrivateAnswer(hex('9700030400000000'))).toBe(true);
    expect(isPrivateAnswer(ntpPrivate())).toBe(false);
  });

  it('is total', () => {
    fc.assert(
      fc.property(bytes, (any) => {
        parseControl(any, 7);
        isPrivateAnswer(any);
      }),
    );
  });
});

describe('IKE', () => {
  const cookie = hex('0102030405060708');
  const answer = (version: string) => hex(`0102030405060708 1111111111111111 29${version}2220 00000000 0000001c`);

  it('sends a header of a version that there is not, and reads which there is', () => {
    expect(ikeHeader(cookie).toString('hex')).toBe('010203040506070800000000000000000030220800000000' + '0000001c');
    expect(parseIke(answer('20'), cookie)).toBe('2.0');
    expect(parseIke(answer('10'), cookie)).toBe('1.0');
  });

  it('has nothing of an echo, of another conversation, of a message whose length lies', () => {
    expect(parseIke(ikeHeader(cookie), cookie)).toBeUndefined();
    expect(parseIke(answer('20'), hex('ff02030405060708'))).toBeUndefined();
    for (const one of [answer('20').subarray(0, 27), Buffer.concat([answer('20'), Buffer.of(0)])])
      expect(parseIke(one, cookie)).toBeUndefined();
  });

  it('is total', () => {
    fc.assert(
      fc.property(bytes, (any) => {
        parseIke(any, cookie);
      }),
    );
  });
});

describe('IPMI', () => {
  /** The question of `ipmitool`, as its trace prints it, but for the sequence number and the checksum after it. */
  const asked = '0600ff07 00 00000000 00000000 09 20 18 c8 81 04 38 8e 04 b1';

  it('asks for the capabilities as other clients do', () => {
    expect(authCapabilitiesRequest(1, true)).toEqual(hex(asked));
    expect(cipherSuitesRequest(1, 0)).toHaveLength(hex(asked).length + 1);
  });

  /** A response with its checksums (13.8). */
  const response = (command: number, sequence: number, ...data: number[]) => {
    const sum = (part: readonly number[]) => -part.reduce((total, byte) => total + byte, 0) & 0xff;
    const to = [0x81, 7 << 2];
    const body = [0x20, sequence << 2, command, ...data];
    const message = [...to, sum(to), ...body, sum(body)];
    return Buffer.concat([hex('0600ff07'), Buffer.alloc(9), Buffer.of(message.length, ...message)]);
  };

  it('reads what lets strangers in', () => {
    expect(parseAuthCapabilities(response(0x38, 1, 0, 1, 0x97, 0x07, 2, 0, 0, 0, 0), 1)).toEqual({
      authTypes: ['none', 'md2', 'md5', 'password'],
      v2: true,
      anonymousLogin: true,
      nullUsers: true,
    });
    expect(parseAuthCapabilities(response(0x38, 1, 0, 1, 0x04, 0x04, 0, 0, 0, 0, 0), 1)).toEqual({
      authTypes: ['md5'],
      v2: false,
      anonymousLogin: false,
      nullUsers: false,
    });
  });

  it('tells an error from another message', () => {
    expect(parseAuthCapabilities(response(0x38, 1, 0xcc), 1)).toBe('refused');
    expect(parseAuthCapabilities(response(0x38, 2, 0, 1, 4, 4, 0, 0, 0, 0, 0), 1)).toBeUndefined();
    expect(parseAuthCapabilities(authCapabilitiesRequest(1, true), 1)).toBeUndefined();
  });

  it('holds every message against its checksums and its length', () => {
    const good = response(0x38, 1, 0, 1, 4, 4, 0, 0, 0, 0, 0);
    for (let at = 14; at < good.length; at += 1) {
      const changed = Buffer.from(good);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(parseAuthCapabilities(changed, 1), String(at)).toBeUndefined();
      expect(parseAuthCapabilities(good.subarray(0, at), 1)).toBeUndefined();
    }
  });

  it('reads numbers of suites, those of manufacturers left out, and nothing of a list that is none', () => {
    const records = hex('c0 00 00 40 80 c0 03 01 41 81 c1 80 57 01 00 01 c0 11 03 44 81');
    expect(cipherSuiteNumbers(records)).toEqual([0, 3, 17]);
    expect(cipherSuiteNumbers(Buffer.alloc(0))).toEqual([]);
    expect(cipherSuiteNumbers(hex('01 02'))).toBeUndefined();
    expect(cipherSuiteNumbers(hex('c0'))).toBeUndefined();
    expect(parseCipherRecords(response(0x54, 3, 0, 1, 0xc0, 0), 3)).toEqual(hex('c000'));
    expect(parseCipherRecords(response(0x54, 3, 0xc1), 3)).toBe('refused');
  });

  it('is total', () => {
    fc.assert(
      fc.property(bytes, (any) => {
        parseAuthCapabilities(any, 1);
        parseCipherRecords(any, 1);
        cipherSuiteNumbers(any);
      }),
    );
    for (const one of spoilt(response(0x38, 1, 0, 1, 0x97, 7, 2, 0, 0, 0, 0))) parseAuthCapabilities(one, 1);
  });
});
