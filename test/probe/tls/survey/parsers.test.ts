import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyExchangeOf } from '../../../../src/probe/tls/registry/key-exchange.ts';
import { suiteName } from '../../../../src/probe/tls/registry/suites.ts';
import { createAlpnRider } from '../../../../src/probe/tls/survey/alpn.ts';
import { listedGroups } from '../../../../src/probe/tls/survey/groups13.ts';
import { jarmAnswerLimit, readJarmAnswer } from '../../../../src/probe/tls/survey/jarm-answer.ts';
import { uint16s, vector } from '../../../../src/probe/tls/wire/bytes.ts';
import { parseCertificateEntries13 } from '../../../../src/probe/tls/wire/certificate-message.ts';
import { parseEncryptedExtensions } from '../../../../src/probe/tls/wire/server-hello.ts';
import { parseServerKeyExchange } from '../../../../src/probe/tls/wire/server-key-exchange.ts';

const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const uint16 = fc.integer({ min: 0, max: 0xffff });
const filled = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((array) => Buffer.from(array));

describe('parseServerKeyExchange', () => {
  const kinds = fc.constantFrom('ecdhe', 'dhe', 'dhe-export', 'other' as const);

  it('is total over any bytes', () => {
    fc.assert(
      fc.property(bytes, kinds, fc.constantFrom(0x300, 0x301, 0x302, 0x303), (body, kind, version) => {
        const ske = parseServerKeyExchange(body, kind, version);
        if (ske?.prime !== undefined) expect(ske.prime[0]).not.toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads curve and scheme of ECDHE, and the scheme in TLS 1.2 alone', () => {
    fc.assert(
      fc.property(uint16, uint16, filled, filled, (group, scheme, point, signature) => {
        const params = Buffer.concat([Buffer.of(3), uint16s([group]), vector(1, point.subarray(0, 255))]);
        const signed = Buffer.concat([params, uint16s([scheme]), vector(2, signature)]);
        expect(parseServerKeyExchange(signed, 'ecdhe', 0x0303)).toEqual({ group, scheme });
        expect(parseServerKeyExchange(signed, 'ecdhe', 0x0301)).toEqual({ group });
        expect(parseServerKeyExchange(params, 'ecdhe', 0x0303)).toEqual({ group });
      }),
    );
  });

  it('reads the prime of DHE without its leading zeros, and nothing where a length lies', () => {
    fc.assert(
      fc.property(filled, filled, fc.nat(3), fc.nat(), (prime, share, zeros, cut) => {
        if (prime[0] === 0) prime[0] = 1;
        const body = Buffer.concat([vector(2, Buffer.alloc(zeros), prime), vector(2, Buffer.of(2)), vector(2, share)]);
        expect(parseServerKeyExchange(body, 'dhe', 0x0301)?.prime).toEqual(prime);
        expect(parseServerKeyExchange(body.subarray(0, cut % body.length), 'dhe', 0x0301)).toBeUndefined();
      }),
    );
  });
});

describe('keyExchangeOf', () => {
  it.each([
    ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 0xc02f, 'ecdhe'],
    ['TLS_ECDH_anon_WITH_AES_128_CBC_SHA', 0xc018, 'ecdhe'],
    ['TLS_ECDH_RSA_WITH_AES_128_CBC_SHA', 0xc00e, 'other'],
    ['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 0x009e, 'dhe'],
    ['TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA', 0x0014, 'dhe-export'],
    ['TLS_DH_anon_EXPORT_WITH_RC4_40_MD5', 0x0017, 'dhe-export'],
    ['TLS_DH_RSA_WITH_AES_128_CBC_SHA', 0x0031, 'other'],
    ['TLS_DHE_PSK_WITH_AES_128_CBC_SHA', 0x0090, 'other'],
    ['TLS_RSA_WITH_AES_128_CBC_SHA', 0x002f, 'other'],
  ] as const)('reads %s', (name, code, kind) => {
    expect(suiteName(code)).toBe(name);
    expect(keyExchangeOf(code)).toBe(kind);
  });
});

describe('what a TLS 1.3 server says under encryption', () => {
  it('is read or given up, never thrown over', () => {
    fc.assert(
      fc.property(bytes, (body) => {
        parseEncryptedExtensions(body);
        parseCertificateEntries13(body);
        expect(listedGroups(body).length).toBeLessThanOrEqual(128);
      }),
      { numRuns: 1000 },
    );
  });

  it('lists groups as sent', () => {
    fc.assert(
      fc.property(fc.array(uint16, { maxLength: 100 }), (groups) => {
        const body = vector(2, uint16s(groups));
        expect(listedGroups(body)).toEqual(groups);
        expect(listedGroups(Buffer.concat([Buffer.of(0xff), body]))).toEqual([]);
      }),
    );
  });

  it('has entries with their extensions', () => {
    const status = Buffer.from('0005000401000001', 'hex');
    const body = Buffer.concat([vector(1), vector(3, vector(3, Buffer.from('der')), vector(2, status))]);
    const [entry] = parseCertificateEntries13(body) ?? [];
    expect(entry?.der.toString()).toBe('der');
    expect(entry?.extensions.get(5)?.toString('hex')).toBe('01000001');
  });
});

describe('the ALPN rider', () => {
  it('stops at silence, at a name it did not ask for, and at any bytes that are none', () => {
    fc.assert(
      fc.property(fc.option(bytes, { nil: undefined }), (body) => {
        const rider = createAlpnRider();
        rider.heard(body);
        const found = rider.facts() ?? [];
        expect(found.length === 1 || rider.extension() === undefined).toBe(true);
      }),
    );
  });

  it('strikes what was accepted and tells it in its own order', () => {
    const rider = createAlpnRider();
    expect(rider.facts()).toBeUndefined();
    rider.heard(vector(2, vector(1, Buffer.from('http/1.1'))));
    rider.heard(vector(2, vector(1, Buffer.from('h2'))));
    expect(rider.extension()?.toString('latin1')).not.toContain('http/1.1');
    rider.heard(undefined);
    expect(rider.extension()).toBeUndefined();
    expect(rider.facts()).toEqual(['h2', 'http/1.1']);
  });
});

describe('readJarmAnswer', () => {
  it('is total over any bytes, and blind past its limit', () => {
    const start = fc.constantFrom(Buffer.alloc(0), Buffer.from('160303004002000000000303', 'hex'));
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 2000 }), (head, rest) => {
        const all = Buffer.concat([head, rest]);
        expect(readJarmAnswer(all)).toEqual(readJarmAnswer(all.subarray(0, jarmAnswerLimit)));
      }),
      { numRuns: 1000 },
    );
  });
});
