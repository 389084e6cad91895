import { execFileSync } from 'node:child_process';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { suiteSchema } from '../../../src/model/facts/tls.ts';
import { authenticationOf } from '../../../src/probe/tls/registry/authentication.ts';
import { legacyOffer, sslv2Offer, tls13Offer } from '../../../src/probe/tls/registry/offers.ts';
import { sslv2SuiteFact, suiteFact, suiteName } from '../../../src/probe/tls/registry/suites.ts';
import { ianaSuites } from '../../../src/probe/tls/registry/suites-iana.ts';
import { unregisteredSuites } from '../../../src/probe/tls/registry/suites-unregistered.ts';

describe('the registry of suites', () => {
  const all = [...ianaSuites, ...unregisteredSuites];

  it('gives no code point and no name twice', () => {
    expect(new Set(all.map(([code]) => code)).size).toBe(all.length);
    const shared = all.map(([, name]) => name).filter((name) => !name.startsWith('SSL_RSA_FIPS'));
    expect(new Set(shared).size).toBe(shared.length);
  });

  it('agrees with OpenSSL on every suite that OpenSSL has', () => {
    const lines = execFileSync('openssl', ['ciphers', '-V', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'], {
      encoding: 'utf8',
    });
    const theirs = [...lines.matchAll(/0x(..),0x(..) - (\S+)/g)].map(([, high, low, name]) => [
      Number.parseInt(`${high ?? ''}${low ?? ''}`, 16),
      name,
    ]);
    expect(theirs.length).toBeGreaterThan(100);
    for (const [code, name] of theirs) expect(suiteName(Number(code))).toBe(name);
  });

  it('makes facts that keep to the schema, for known and unknown codes', () => {
    const valid = new Ajv2020().compile(suiteSchema);
    const facts = [...legacyOffer, ...tls13Offer, 0x4a4a].map(suiteFact);
    for (const fact of [...facts, ...[...sslv2Offer, 0x123456].map(sslv2SuiteFact)])
      expect(valid(fact), fact.name).toBe(true);
    expect(suiteFact(0xc02f)).toEqual({ code: '0xC02F', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' });
    expect(suiteFact(0x4a4a).name).toBe('UNKNOWN_0x4A4A');
    expect(sslv2SuiteFact(0x010080)).toEqual({ code: '0x010080', name: 'SSL_CK_RC4_128_WITH_MD5' });
  });
});

describe('the offers', () => {
  it('hold every suite once, and no signalling value', () => {
    const offered = [...legacyOffer, ...tls13Offer];
    expect(new Set(offered).size).toBe(offered.length);
    expect(offered.length).toBe(ianaSuites.length + unregisteredSuites.length);
    expect(offered).not.toContain(0x00ff);
    expect(offered).not.toContain(0x5600);
  });

  it('begin with 64 suites that a cautious hello can live on, anonymous and NULL among them', () => {
    const names = legacyOffer.slice(0, 64).map(suiteName);
    expect(names.filter((name) => name.includes('UNKNOWN'))).toEqual([]);
    expect(names.some((name) => name.includes('anon'))).toBe(true);
    expect(names.some((name) => name.includes('NULL'))).toBe(true);
    expect(names.some((name) => name.includes('EXPORT'))).toBe(true);
  });
});

describe('authenticationOf', () => {
  it.each([
    ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 0xc02f, 'rsa'],
    ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 0xc02b, 'ecdsa'],
    ['TLS_DHE_DSS_WITH_AES_128_CBC_SHA', 0x0032, 'dss'],
    ['TLS_DH_anon_WITH_AES_128_CBC_SHA', 0x0034, 'none'],
    ['TLS_PSK_WITH_AES_128_CBC_SHA', 0x008c, 'none'],
    ['TLS_RSA_PSK_WITH_AES_128_CBC_SHA', 0x0094, 'rsa'],
    ['TLS_GOSTR341112_256_WITH_MAGMA_CTR_OMAC', 0xc101, 'gost'],
  ])('reads %s', (name, code, kind) => {
    expect(suiteName(code)).toBe(name);
    expect(authenticationOf(code)).toBe(kind);
  });
});
