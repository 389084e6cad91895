import { describe, expect, it } from 'vitest';
import { weaknessesOf, weaknessIds, type WeaknessId } from '../../../src/judge/view/tls-weaknesses.ts';
import { tlsProtocols, type ProtocolFacts, type TlsFacts, type TlsProtocol } from '../../../src/model/facts/tls.ts';

const refused: ProtocolFacts = { offered: false };
const codes: Readonly<Record<string, string>> = { TLS_AES_128_GCM_SHA256: '0x1301' };
const offers = (...names: string[]): ProtocolFacts => ({
  offered: true,
  suites: names.map((name, index) => ({ name, code: codes[name] ?? `0x00${(index + 16).toString(16).toUpperCase()}` })),
  complete: true,
});

/** Facts of a service that refuses every version but those given. */
function facts(protocols: Partial<Record<TlsProtocol, ProtocolFacts>>, rest: Partial<TlsFacts> = {}): TlsFacts {
  return {
    port: 443,
    protocols: { ...Object.fromEntries(tlsProtocols.map((protocol) => [protocol, refused])), ...protocols },
    ...rest,
  };
}

const modern = facts({ 'TLSv1.3': offers('TLS_AES_128_GCM_SHA256') });
const present = (given: TlsFacts, id: WeaknessId) => weaknessesOf(given).find((one) => one.id === id)?.present;

describe('weaknessesOf', () => {
  it('tells each weakness once, in a fixed order, with a source', () => {
    const all = weaknessesOf(modern);
    expect(all.map(({ id }) => id)).toEqual([...weaknessIds]);
    expect(all.every(({ sources }) => sources.length > 0)).toBe(true);
  });

  it('rules out by TLS 1.3 alone everything that needs an older version', () => {
    expect(
      weaknessesOf(modern)
        .filter((one) => one.present !== false)
        .map(({ id }) => id),
    ).toEqual(['heartbleed']);
  });

  it('knows nothing where nothing was seen: never a false no', () => {
    const blind = weaknessesOf({ port: 443, protocols: {} });
    expect(new Set(blind.map((one) => one.present))).toEqual(new Set([null]));
    expect(blind.every(({ missing, evidence }) => missing.length > 0 && evidence.length === 0)).toBe(true);
  });

  const bySuite: readonly [WeaknessId, TlsProtocol, string][] = [
    ['drown', 'SSLv2', 'SSL_CK_RC4_128_WITH_MD5'],
    ['poodle-ssl', 'SSLv3', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
    ['beast', 'TLSv1.0', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
    ['lucky13', 'TLSv1.2', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256'],
    ['sweet32', 'TLSv1.2', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'],
    ['sweet32', 'TLSv1.0', 'TLS_RSA_WITH_IDEA_CBC_SHA'],
    ['rc4', 'TLSv1.1', 'TLS_ECDHE_RSA_WITH_RC4_128_SHA'],
    ['rc4', 'SSLv2', 'SSL_CK_RC4_128_EXPORT40_WITH_MD5'],
    ['null', 'TLSv1.2', 'TLS_RSA_WITH_NULL_SHA256'],
    ['anonymous', 'TLSv1.2', 'TLS_DH_anon_WITH_AES_128_GCM_SHA256'],
    ['export', 'SSLv2', 'SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5'],
    ['export', 'SSLv3', 'TLS_RSA_EXPORT_WITH_RC4_40_MD5'],
    ['freak', 'TLSv1.0', 'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA'],
    ['logjam', 'TLSv1.0', 'TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA'],
  ];
  it.each(bySuite)('sees %s by a suite of %s: %s', (id, protocol, name) => {
    const given = facts({ [protocol]: offers('TLS_RSA_WITH_AES_128_GCM_SHA256', name) });
    const found = weaknessesOf(given).find((one) => one.id === id);
    expect(found?.present).toBe(true);
    expect(found?.evidence[0]?.at).toBe(
      id === 'drown' ? '/protocols/SSLv2/offered' : `/protocols/${protocol}/suites/1`,
    );
    expect(present(modern, id)).toBe(false);
  });

  const unlike: readonly [WeaknessId, TlsProtocol, string][] = [
    ['poodle-ssl', 'SSLv3', 'TLS_RSA_WITH_RC4_128_SHA'],
    ['poodle-ssl', 'TLSv1.0', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
    ['beast', 'TLSv1.1', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
    ['freak', 'SSLv2', 'SSL_CK_RC4_128_EXPORT40_WITH_MD5'],
    ['freak', 'TLSv1.0', 'TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA'],
    ['lucky13', 'TLSv1.2', 'TLS_RSA_WITH_RC4_128_SHA'],
    ['sweet32', 'TLSv1.2', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
  ];
  it.each(unlike)('does not take for %s what is not: %s %s', (id, protocol, name) => {
    expect(present(facts({ [protocol]: offers(name) }), id)).toBe(false);
  });

  it('does not rule a suite out when a list was not read to its end, a version is unknown or a name cannot be read', () => {
    const { complete: _complete, ...open } = offers('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256');
    const cut = facts({ 'TLSv1.2': open });
    const { SSLv3: _gone, ...protocols } = modern.protocols;
    const strange = facts({ 'TLSv1.2': offers('UNKNOWN_0xFEED') });
    for (const given of [cut, { ...modern, protocols }, strange]) expect(present(given, 'rc4')).toBe(null);
    expect(weaknessesOf(cut).find(({ id }) => id === 'rc4')?.missing).toEqual(['/protocols/TLSv1.2/complete']);
  });

  const dhe = { 'TLSv1.2': offers('TLS_DHE_RSA_WITH_AES_128_GCM_SHA256') };
  const prime = (bits: number, knownAs: string | null): Partial<TlsFacts> => ({
    dh: [{ protocol: 'TLSv1.2', bits, knownAs, primeSha256: '0'.repeat(64), export: false }],
  });
  it.each([
    [prime(512, null), true, 'high'],
    [prime(768, null), true, 'high'],
    [prime(1024, 'Apache 1024'), true, 'medium'],
    [prime(1024, null), false, 'medium'],
    [prime(2048, 'RFC 7919 ffdhe2048'), false, 'medium'],
    [{}, null, 'medium'],
  ] as const)('tells Logjam by the parameters: %j is %s, %s', (rest, expected, severity) => {
    const found = weaknessesOf(facts(dhe, rest)).find(({ id }) => id === 'logjam');
    expect(found?.present).toBe(expected);
    if (expected === true) expect(found?.severity).toBe(severity);
  });

  const rsa = { 'TLSv1.2': offers('TLS_RSA_WITH_AES_128_CBC_SHA') };
  it.each([
    ['heartbleed', { faults: { heartbeatOverread: true } }, true],
    ['heartbleed', { faults: { heartbeatOverread: false } }, false],
    ['heartbleed', { features: { heartbeat: false } }, false],
    ['heartbleed', { features: { heartbeat: true } }, null],
    ['ccs-injection', { faults: { earlyChangeCipherSpec: true } }, true],
    ['ccs-injection', {}, null],
    ['ticketbleed', { faults: { ticketOverread: false } }, false],
    ['robot', { faults: { pkcs1Oracle: 'weak' } }, true],
    ['robot', { faults: { pkcs1Oracle: 'none' } }, false],
    ['robot', {}, null],
    ['poodle-tls', { faults: { cbcPaddingIgnored: true } }, true],
    ['poodle-tls', {}, null],
    ['crime', { features: { compression: ['DEFLATE'] } }, true],
    ['crime', { features: { compression: [] } }, false],
    ['crime', {}, null],
    ['insecure-renegotiation', { features: { secureRenegotiation: false } }, true],
    ['insecure-renegotiation', { features: { secureRenegotiation: true } }, false],
    ['client-renegotiation', { features: { clientRenegotiation: true } }, true],
    ['client-renegotiation', {}, null],
  ] as const)('tells %s by %j: %s', (id, rest, expected) => {
    expect(present(facts(rsa, rest as Partial<TlsFacts>), id)).toBe(expected);
  });

  it('needs no answer about RSA padding where no suite takes RSA key transport', () => {
    expect(present(facts({ 'TLSv1.2': offers('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256') }), 'robot')).toBe(false);
  });
});
