import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openByBanner, openWebs, readOpenWeb } from '../../../../src/probe/ports/confirm/open-access.ts';
import { parseRdp, rdpLayers, rdpRequest } from '../../../../src/probe/ports/confirm/rdp.ts';
import { parseSmb1, parseSmb2, smb1Negotiate, smb2Negotiate } from '../../../../src/probe/ports/confirm/smb.ts';
import { parseSshKexInit } from '../../../../src/probe/ports/confirm/ssh.ts';
import { parseVnc, vncAnswer } from '../../../../src/probe/ports/confirm/vnc.ts';

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A KEXINIT as RFC 4253 sections 6 and 7.1 write it. */
function kexInit(lists: readonly string[]): Buffer {
  const names = lists.flatMap((list) => [u32(Buffer.byteLength(list)), Buffer.from(list, 'latin1')]);
  const payload = Buffer.concat([Buffer.of(20), Buffer.alloc(16, 1), ...names, Buffer.of(0), u32(0)]);
  const padding = Buffer.alloc(8);
  return Buffer.concat([u32(1 + payload.length + padding.length), Buffer.of(padding.length), payload, padding]);
}
const lists = ['a,b', 'ssh-rsa', 'in', 'out,in', 'm1', 'm2', 'none', 'zlib', '', ''];

describe('SSH', () => {
  const whole = Buffer.concat([Buffer.from('banner line\r\nSSH-2.0-x\r\n'), kexInit(lists)]);

  it('reads the lists of both directions, after other lines', () => {
    expect(parseSshKexInit(whole)).toEqual({
      kex: ['a', 'b'],
      hostKeys: ['ssh-rsa'],
      ciphers: ['out', 'in'],
      macs: ['m2', 'm1'],
      compression: ['zlib', 'none'],
    });
  });

  it('wants more until the packet is whole, at every place it may be cut', () => {
    for (let length = 0; length < whole.length; length += 1)
      expect(parseSshKexInit(whole.subarray(0, length))).toBe('more');
  });

  it('is nothing where a list runs past its packet, or another message comes first', () => {
    const lying = Buffer.from(whole);
    lying.writeUInt32BE(0xffff, whole.indexOf('a,b') - 4);
    expect(parseSshKexInit(lying)).toBeUndefined();
    const other = Buffer.from(whole);
    other[whole.indexOf('SSH-2.0-x\r\n') + 11 + 5] = 1;
    expect(parseSshKexInit(other)).toBeUndefined();
  });
});

describe('RDP', () => {
  const confirm = (type: number, value: number) =>
    Buffer.concat([
      Buffer.from('030000130ed000000000 00'.replaceAll(' ', ''), 'hex'),
      Buffer.of(type, 0, 8, 0, value, 0, 0, 0),
    ]);

  it('asks for one layer and reads what became of it', () => {
    expect(rdpRequest(1).toString('hex')).toBe('030000130ee000000000000100080001000000');
    expect(parseRdp(confirm(2, 1), rdpLayers.tls)).toBe(true);
    expect(parseRdp(confirm(2, 2), rdpLayers.tls)).toBe(false);
    expect(parseRdp(confirm(3, 5), rdpLayers.tls)).toBe(false);
    const bare = Buffer.from('0300000b06d00000123400', 'hex');
    expect(parseRdp(bare, rdpLayers.standard)).toBe(true);
    expect(parseRdp(bare, rdpLayers.tls)).toBe(false);
  });
});

describe('VNC', () => {
  const said = (greeting: string, ...rest: readonly number[]) =>
    Buffer.concat([Buffer.from(greeting), Buffer.from(rest)]);

  it.each([
    ['RFB 003.003\n', 'RFB 003.003\n'],
    ['RFB 003.007\n', 'RFB 003.007\n'],
    ['RFB 003.889\n', 'RFB 003.008\n'],
    ['RFB 004.001\n', 'RFB 003.008\n'],
    ['RFB 002.000\n', undefined],
  ])('%s is answered by %s', (greeting, answer) => {
    expect(vncAnswer(greeting)).toBe(answer);
  });

  it('reads types of every version', () => {
    expect(parseVnc(said('RFB 003.003\n', 0, 0, 0, 1))).toEqual({ version: '003.003', securityTypes: ['None'] });
    expect(parseVnc(said('RFB 003.008\n', 2, 2, 99))).toEqual({
      version: '003.008',
      securityTypes: ['VNC Authentication', '99'],
    });
    // A refusal, with its reason, is no list.
    expect(parseVnc(said('RFB 003.008\n', 0, 0, 0, 0, 4))).toBeUndefined();
  });
});

describe('services that should ask for a login', () => {
  const web = (service: string) => {
    const found = openWebs.find(({ services }) => services.includes(service));
    if (found === undefined) throw new Error(service);
    return found;
  };
  const ok = 'HTTP/1.1 200 OK\r\n';

  it('are open by a proof of the product, and closed by 401', () => {
    expect(readOpenWeb(`${ok}\r\n{"tagline" : "You Know, for Search"}`, web('elasticsearch'))).toMatchObject({
      openAccess: true,
    });
    expect(readOpenWeb('HTTP/1.1 401 Unauthorized\r\n\r\n', web('elasticsearch'))).toMatchObject({ openAccess: false });
    expect(readOpenWeb('HTTP/1.1 403 Forbidden\r\n\r\n', web('elasticsearch'))).toBeUndefined();
    expect(readOpenWeb(`${ok}\r\n<h1>Blocked by the firewall</h1>`, web('elasticsearch'))).toBeUndefined();
    expect(readOpenWeb('HTTP/1.1 500 x\r\n\r\n"tagline":"You Know, for Search"', web('elasticsearch'))).toBeUndefined();
    expect(readOpenWeb(`${ok}Api-Version: 1.43\r\n\r\nOK`, web('docker'))).toMatchObject({ openAccess: true });
  });

  it('Redis and memcached tell by their first words', () => {
    expect(openByBanner('redis', '+PONG\r\n')).toMatchObject({ openAccess: true });
    expect(openByBanner('redis', '-NOAUTH Authentication required.\r\n')).toMatchObject({ openAccess: false });
    expect(openByBanner('redis', '-ERR unknown command\r\n')).toBeUndefined();
    expect(openByBanner('memcached', 'VERSION 1.6.18\r\n')).toMatchObject({ openAccess: true });
    expect(openByBanner('http', '+PONG\r\n')).toBeUndefined();
  });
});

describe('any bytes', () => {
  const readers = [parseSshKexInit, parseSmb1, parseSmb2, parseVnc, (bytes: Buffer) => parseRdp(bytes, 0)];
  const starts = ['', 'SSH-2.0-x\r\n', 'RFB 003.008\n', '\0\0\0\x40\xffSMB\x72', '\0\0\0\x60\xfeSMB', '\x03\0\0\x13'];

  it('give an answer, and no more than was sent is asked for twice', () => {
    const bytes = fc
      .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }))
      .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'latin1'), rest]));
    fc.assert(
      fc.property(bytes, (given) => {
        for (const read of readers) {
          const answer: unknown = read(given);
          expect(['undefined', 'string', 'object', 'boolean']).toContain(typeof answer);
          if (answer !== 'more') expect(read(Buffer.concat([given, Buffer.alloc(0)]))).toEqual(answer);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('our own questions are whole messages', () => {
    for (const message of [smb1Negotiate(), smb2Negotiate(Buffer.alloc(32, 7))])
      expect(message.readUIntBE(1, 3)).toBe(message.length - 4);
  });
});
