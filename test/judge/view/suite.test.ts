import { describe, expect, test } from 'vitest';
import { describeSuite } from '../../../src/judge/view/suite.ts';
import { ianaSuites } from '../../../src/probe/tls/registry/suites-iana.ts';
import { sslv2Suites } from '../../../src/probe/tls/registry/suites-sslv2.ts';
import { unregisteredSuites } from '../../../src/probe/tls/registry/suites-unregistered.ts';

const describeName = (name: string) => describeSuite('TLSv1.2', { name, code: '0x0000' });

type Row = readonly [
  name: string,
  keyExchange: string,
  authentication: string,
  cipher: string,
  bits: number,
  blockBits: number | null,
  mac: string | null,
  forwardSecret: boolean,
];
const table: readonly Row[] = [
  ['TLS_AES_128_GCM_SHA256', 'tls13', 'any', 'AES_128_GCM', 128, 128, null, true],
  ['TLS_AES_128_CCM_8_SHA256', 'tls13', 'any', 'AES_128_CCM_8', 128, 128, null, true],
  ['TLS_CHACHA20_POLY1305_SHA256', 'tls13', 'any', 'CHACHA20_POLY1305', 256, null, null, true],
  ['TLS_SHA256_SHA256', 'tls13', 'any', 'NULL', 0, null, 'SHA256', true],
  ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'ecdhe', 'rsa', 'AES_256_GCM', 256, 128, null, true],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', 'ecdhe', 'ecdsa', 'AES_128_CBC', 128, 128, 'SHA256', true],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8', 'ecdhe', 'ecdsa', 'AES_128_CCM_8', 128, 128, null, true],
  ['TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA', 'dhe', 'dss', '3DES_EDE_CBC', 168, 64, 'SHA', true],
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', 'rsa', 'rsa', 'AES_128_GCM', 128, 128, null, false],
  ['TLS_RSA_WITH_RC4_128_MD5', 'rsa', 'rsa', 'RC4_128', 128, null, 'MD5', false],
  ['TLS_RSA_WITH_NULL_SHA256', 'rsa', 'rsa', 'NULL', 0, null, 'SHA256', false],
  ['TLS_RSA_WITH_DES_CBC_SHA', 'rsa', 'rsa', 'DES_CBC', 56, 64, 'SHA', false],
  ['TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA', 'ecdh', 'ecdsa', 'AES_128_CBC', 128, 128, 'SHA', false],
  ['TLS_DH_anon_WITH_AES_128_CBC_SHA', 'dhe', 'none', 'AES_128_CBC', 128, 128, 'SHA', true],
  ['TLS_ECDH_anon_WITH_NULL_SHA', 'ecdhe', 'none', 'NULL', 0, null, 'SHA', true],
  ['TLS_PSK_DHE_WITH_AES_128_CCM_8', 'dhe-psk', 'psk', 'AES_128_CCM_8', 128, 128, null, true],
  ['TLS_PSK_WITH_AES_128_GCM_SHA256', 'psk', 'psk', 'AES_128_GCM', 128, 128, null, false],
  ['TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_L', 'gost', 'gost', 'KUZNYECHIK_MGM_L', 256, 128, null, false],
  ['SSL_CK_DES_192_EDE3_CBC_WITH_MD5', 'rsa', 'rsa', '3DES_EDE_CBC', 168, 64, 'MD5', false],
  ['SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5', 'rsa', 'rsa', 'RC2_CBC_40', 40, 64, 'MD5', false],
];

test.each(table)('%s', (name, keyExchange, authentication, cipher, bits, blockBits, mac, forwardSecret) => {
  expect(describeName(name)).toMatchObject({
    keyExchange,
    authentication,
    cipher,
    bits,
    blockBits,
    mac,
    forwardSecret,
  });
});

describe('the registry of the prober', () => {
  const names = [...ianaSuites, ...unregisteredSuites, ...sslv2Suites].map(([, name]) => name);

  test('every suite is read, but for two drafts whose names say nothing', () => {
    expect(names.filter((name) => describeName(name).cipher === undefined)).toEqual([
      'TLS_GOST89MAC_DRAFT',
      'TLS_GOST89STREAM_DRAFT',
    ]);
  });

  test('what a name says in plain words and what is read of it agree', () => {
    for (const name of names) {
      const suite = describeName(name);
      if (suite.cipher === undefined) continue;
      expect(suite.cipher.startsWith('RC4'), name).toBe(name.includes('RC4'));
      expect(suite.cipher === 'NULL', name).toBe(/NULL|^TLS_SHA/.test(name));
      expect(suite.export, name).toBe(name.includes('EXPORT'));
      expect(suite.authentication === 'none', name).toBe(/anon|TLS_NULL/.test(name));
      expect(suite.aead, name).toBe(/GCM|CCM|POLY1305|AEGIS|MGM/.test(name));
      expect(suite.mac === null || suite.mac === undefined, name).toBe(name === 'SSL_CK_NULL' || suite.aead === true);
    }
  });
});

test('a name that nobody gave leaves everything open', () => {
  expect(describeName('UNKNOWN_0xABCD')).toEqual({ protocol: 'TLSv1.2', name: 'UNKNOWN_0xABCD', code: '0x0000' });
});
