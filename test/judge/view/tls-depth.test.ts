import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileChecks, type CompiledCheck } from '../../../src/judge/compile.ts';
import { judgeTarget } from '../../../src/judge/judge.ts';
import { readChecks } from '../../../src/judge/read.ts';
import { deriveTls } from '../../../src/judge/view/tls.ts';
import type { CertificateFacts, DhParameters, TlsFacts, TrustFacts } from '../../../src/model/facts/tls.ts';
import { packageRoot } from '../../../src/model/package-root.ts';
import { at, seen, suites, target, tlsFacts } from '../build.ts';

const derive = (facts: Partial<TlsFacts>) => deriveTls({ ...tlsFacts, ...facts }, { at, target, reference: {} });
const named = (...names: string[]) => names.map((name) => ({ code: '0x0001', name }));
const complete = (...names: string[]) => ({ supported: named(...names), complete: true as const });
const refused = { offered: false };
const tls13 = {
  offered: true,
  suites: [{ code: '0x1301', name: 'TLS_AES_128_GCM_SHA256' }],
  complete: true as const,
};
const dhe = { code: '0x009E', name: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256' };
const rsaOnly = { code: '0x009C', name: 'TLS_RSA_WITH_AES_128_GCM_SHA256' };
const tls12 = (...of: { code: string; name: string }[]) => ({
  ...tlsFacts.protocols,
  'TLSv1.2': { offered: true, suites: of, complete: true as const },
});
const only13 = { ...tlsFacts.protocols, 'TLSv1.2': refused, 'TLSv1.3': tls13 };

const leaf: CertificateFacts = {
  sha256: '1'.repeat(64),
  subject: 'CN=dichvu.tinh.example',
  issuer: 'CN=Trung gian',
  serial: '01',
  notBefore: '2026-10-01T00:00:00.000Z',
  notAfter: '2026-12-29T23:59:59.000Z',
  names: ['dichvu.tinh.example'],
  keyType: 'rsa',
  keyBits: 2048,
  signature: 'sha256WithRSAEncryption',
  isCa: false,
  selfIssued: false,
};
const root: CertificateFacts = {
  ...leaf,
  sha256: '3'.repeat(64),
  subject: 'CN=Gốc',
  issuer: 'CN=Gốc',
  selfIssued: true,
};
const verdict = (store: string, error: string | null, of = leaf): TrustFacts => ({
  leaf: of.sha256,
  store,
  trusted: error === null,
  error,
  anchor: error === null ? 'CN=Gốc' : null,
});
const prime = (bits: number, knownAs: string | null = null): DhParameters => ({
  protocol: 'TLSv1.2',
  bits,
  knownAs,
  primeSha256: '0'.repeat(64),
  export: false,
});

let checks: readonly CompiledCheck[] = [];
beforeAll(async () => {
  checks = compileChecks(await readChecks([fileURLToPath(new URL('checks/tls/', packageRoot))]));
});
function outcomes(facts: Partial<TlsFacts>): Readonly<Record<string, string>> {
  const observations = [seen('tls', { ...tlsFacts, ...facts })];
  const findings = judgeTarget(checks, { target, observations, kinds: ['tls'], reference: {} });
  return Object.fromEntries(findings.map(({ check, outcome }) => [check, outcome]));
}

describe('groups', () => {
  test.each([
    ['x25519', 128, false],
    ['x448', 224, false],
    ['secp192r1', 96, false],
    ['secp224r1', 112, false],
    ['secp521r1', 256, false],
    ['sect163k1', 81, false],
    ['brainpoolP384r1tls13', 192, false],
    ['ffdhe2048', 112, false],
    ['X25519MLKEM768', 192, true],
    ['SecP384r1MLKEM1024', 256, true],
    ['X25519Kyber768Draft00', 128, false],
    ['UNKNOWN_0xABCD', undefined, false],
  ])('%s has %s bits of security', (name, strength, postQuantum) => {
    const [group] = derive({ groups: { 'TLSv1.2': complete(name) } }).view.groups ?? [];
    expect([group?.strength, group?.postQuantum]).toEqual([strength, postQuantum]);
  });

  test('Given each era read to its end, then what is not listed is refused', () => {
    const both = { protocols: { ...tlsFacts.protocols, 'TLSv1.3': tls13 } };
    const groups = { 'TLSv1.2': complete('secp192r1'), 'TLSv1.3': complete('X25519MLKEM768') };
    expect(derive({ ...both, groups }).view).toMatchObject({ groupsComplete: true, postQuantumGroup: true });
    expect(derive({ ...both, groups: { 'TLSv1.2': groups['TLSv1.2'] } }).view.modernGroup).toBeUndefined();
    expect(derive({ groups: { 'TLSv1.2': groups['TLSv1.2'] } }).view.modernGroup).toBe(false);
  });

  test('Given RSA key exchange alone, then there is nothing to ask of groups', () => {
    const protocols = tls12(rsaOnly);
    expect(derive({ protocols }).view).toMatchObject({ groupsUsed: false, groups: [], groupsComplete: true });
    expect(outcomes({ protocols })['tls-group-strength']).toBe('not-applicable');
  });
});

describe('Diffie-Hellman parameters', () => {
  test.each([
    [512, 'fail', 'not-applicable'],
    [1024, 'fail', 'not-applicable'],
    [1025, 'pass', 'fail'],
    [2047, 'pass', 'fail'],
    [2048, 'pass', 'pass'],
  ])('of %s bits are asked one question', (bits, strength, size) => {
    const of = outcomes({ protocols: tls12(dhe), dh: [prime(bits)] });
    expect([of['tls-dh-strength'], of['tls-dh-size']]).toEqual([strength, size]);
  });
});

describe('signatures', () => {
  test('at TLS 1.2 tell their hash; a server of TLS 1.3 alone has none to be asked', () => {
    const signatureAlgorithms = { 'TLSv1.2': complete('rsa_pkcs1_sha1', 'ed25519', 'rsa_pss_rsae_sha256') };
    const hashes = derive({ signatureAlgorithms }).view.signatureAlgorithms?.map(({ hash }) => hash);
    expect(hashes).toEqual(['sha1', 'intrinsic', 'sha256']);
    expect(outcomes({ signatureAlgorithms })['tls-signature-hash']).toBe('fail');
    expect(outcomes({ protocols: only13 })['tls-signature-hash']).toBe('not-applicable');
  });
});

describe('a server of TLS 1.3 alone', () => {
  test('is clear of what belongs to older versions, without a question', () => {
    const of = outcomes({ protocols: only13, features: { heartbeat: false } });
    for (const id of ['tls-secure-renegotiation', 'tls-client-renegotiation', 'tls-compression', 'tls-heartbleed'])
      expect([id, of[id]]).toEqual([id, 'pass']);
    for (const id of ['tls-ccs-injection', 'tls-ticketbleed', 'tls-robot', 'tls-cbc-padding'])
      expect([id, of[id]]).toEqual([id, 'pass']);
    for (const id of ['tls-fallback-scsv', 'tls-extended-master-secret', 'tls-encrypt-then-mac'])
      expect([id, of[id]]).toEqual([id, 'not-applicable']);
  });
});

test('Given nothing but versions and suites, then nothing of the deeper survey fails', () => {
  const failed = Object.entries(outcomes({})).filter(([, outcome]) => outcome === 'fail');
  expect(failed).toEqual([['tls-13-offered', 'fail']]);
});

describe('faults', () => {
  test.each([
    ['heartbeatOverread', true, 'tls-heartbleed'],
    ['earlyChangeCipherSpec', true, 'tls-ccs-injection'],
    ['ticketOverread', true, 'tls-ticketbleed'],
    ['cbcPaddingIgnored', true, 'tls-cbc-padding'],
    ['pkcs1Oracle', 'strong', 'tls-robot'],
    ['pkcs1Oracle', 'weak', 'tls-robot'],
  ])('%s %s', (fault, value, id) => {
    expect(outcomes({ faults: { [fault]: value } })[id]).toBe('fail');
    const none = value === true ? false : 'none';
    expect(outcomes({ faults: { [fault]: none } })[id]).toBe('pass');
  });
});

describe('trust', () => {
  const trusted = (trust: TrustFacts[]) => derive({ chains: [[leaf]], trust }).view.trust;

  test('names every store, the one that vouches first', () => {
    expect(trusted([verdict('mozilla', 'unknown-issuer'), verdict('goc-chuyen-dung.pem', null)])).toEqual([
      {
        subject: leaf.subject,
        vouched: true,
        stores: ['goc-chuyen-dung.pem: CN=Gốc', 'mozilla: unknown-issuer'],
      },
    ]);
  });

  test('of a certificate past its day is a question of its own', () => {
    const of = outcomes({
      chains: [[{ ...leaf, notAfter: '2026-11-01T00:00:00.000Z' }]],
      trust: [verdict('mozilla', 'expired')],
    });
    expect([of['cert-trusted'], of['cert-expiry']]).toEqual(['pass', 'fail']);
  });

  test('of each leaf counts', () => {
    const other = { ...leaf, sha256: '2'.repeat(64), subject: 'CN=khac' };
    const of = {
      chains: [[leaf], [other]],
      trust: [verdict('mozilla', null), verdict('mozilla', 'self-signed', other)],
    };
    expect(outcomes(of)['cert-trusted']).toBe('fail');
    expect(derive(of).view.leaves?.map(({ publiclyTrusted }) => publiclyTrusted)).toEqual([true, false]);
  });

  test('rules of browsers do not bind what a ministry issued', () => {
    const long = { ...leaf, notBefore: '2026-04-01T00:00:00.000Z', notAfter: '2028-04-01T00:00:00.000Z', scts: 0 };
    const of = { chains: [[long]], trust: [verdict('goc.pem', null), verdict('mozilla', 'unknown-root')] };
    expect(outcomes(of)).toMatchObject({ 'cert-lifetime': 'not-applicable', 'cert-transparency': 'not-applicable' });
    expect(outcomes({ chains: [[long]], trust: [verdict('mozilla', null)] })).toMatchObject({
      'cert-lifetime': 'fail',
      'cert-transparency': 'fail',
    });
  });

  test('a missing intermediate is seen by the path, also beside another chain', () => {
    const chains = [[leaf], [{ ...leaf, sha256: '2'.repeat(64) }]];
    const { view } = derive({ chains, trust: [verdict('mozilla', 'missing-intermediate')] });
    expect(view.chains?.map((chain) => chain.complete)).toEqual([false, undefined]);
  });

  test('a root that is sent is superfluous, a self-signed leaf is not', () => {
    const sends = (...chain: CertificateFacts[]) => derive({ chains: [chain] }).view.chains?.[0]?.sendsRoot;
    expect([sends(leaf, root), sends(root), sends(leaf)]).toEqual([true, false, false]);
  });
});

describe('leaves', () => {
  const one = (changed: Partial<CertificateFacts>) => derive({ chains: [[{ ...leaf, ...changed }]] }).view.leaves?.[0];

  test.each([
    [['2.23.140.1.1', '1.2.3'], 'ev'],
    [['2.23.140.1.2.1'], 'dv'],
    [['2.23.140.1.2.2'], 'ov'],
    [['1.2.3'], 'none'],
    [undefined, undefined],
  ])('policies %s: %s', (policies, validation) => {
    expect(one(policies === undefined ? {} : { policies })?.validation).toBe(validation);
  });

  test.each([
    [null, null, true],
    [['digitalSignature'], ['serverAuth'], true],
    [['keyEncipherment'], ['2.5.29.37.0'], true],
    [['digitalSignature'], ['clientAuth'], false],
    [['keyCertSign'], null, false],
    [[], null, false],
  ])('usage %s, extended %s: serves TLS %s', (keyUsage, extendedKeyUsage, serves) => {
    expect(one({ keyUsage, extendedKeyUsage })?.servesTls).toBe(serves);
  });

  test('usage that was not read decides only where the other forbids', () => {
    expect(one({ keyUsage: null })?.servesTls).toBeUndefined();
    expect(one({ extendedKeyUsage: ['clientAuth'] })?.servesTls).toBe(false);
  });

  test('an address of either kind is enough, and none is needed for seven days', () => {
    expect(one({ crlAddresses: ['http://crl.example/'] })?.revocable).toBe(true);
    expect(one({ crlAddresses: [], ocspAddresses: [] })?.revocable).toBe(false);
    expect(one({ crlAddresses: [] })?.revocable).toBeUndefined();
    expect(one({ crlAddresses: [], ocspAddresses: [], notAfter: '2026-10-07T23:59:59.000Z' })?.revocable).toBe(true);
  });
});

describe('staples', () => {
  const staple = (changed: object) => ({ leaf: leaf.sha256, status: 'good' as const, verified: true, ...changed });
  const current = (changed: object) => derive({ staples: [staple(changed)] }).view.staples?.[0]?.current;

  test.each([
    ['2026-11-20T00:00:00.000Z', '2026-11-27T00:00:00.000Z', true],
    ['2026-11-20T00:00:00.000Z', undefined, true],
    ['2026-11-10T00:00:00.000Z', '2026-11-17T00:00:00.000Z', false],
    ['2026-11-22T08:04:00.000Z', '2026-11-27T00:00:00.000Z', true],
    ['2026-11-23T00:00:00.000Z', '2026-11-27T00:00:00.000Z', false],
  ])('from %s to %s: current %s', (thisUpdate, nextUpdate, expected) => {
    expect(current({ thisUpdate, ...(nextUpdate === undefined ? {} : { nextUpdate }) })).toBe(expected);
  });

  test('a certificate that asks for one must come with one', () => {
    const chains = [[{ ...leaf, mustStaple: true }]];
    expect(outcomes({ chains, staples: [] })['cert-must-staple']).toBe('fail');
    expect(outcomes({ chains, staples: [staple({})] })['cert-must-staple']).toBe('pass');
    expect(outcomes({ chains })['cert-must-staple']).toBe('not-observed');
    expect(outcomes({ chains: [[{ ...leaf, mustStaple: false }]] })['cert-must-staple']).toBe('not-applicable');
  });
});

describe("Mozilla's profiles", () => {
  const strong = complete('x25519', 'secp256r1', 'secp384r1', 'secp521r1', 'X25519MLKEM768');
  const ecdsa = { ...leaf, keyType: 'ec', keyBits: 256, signature: 'ecdsa-with-SHA384' };
  const modern: Partial<TlsFacts> = { protocols: only13, groups: { 'TLSv1.3': strong }, chains: [[ecdsa]] };
  const intermediate: Partial<TlsFacts> = {
    protocols: { ...tls12(suites.gcm, dhe), 'TLSv1.3': tls13 },
    groups: { 'TLSv1.2': strong, 'TLSv1.3': complete('x25519', 'ffdhe2048') },
    dh: [prime(2048)],
    chains: [[leaf], [ecdsa]],
  };
  const old: Partial<TlsFacts> = {
    ...intermediate,
    protocols: { ...tls12(suites.gcm, suites.cbc), 'TLSv1.0': { offered: true, suites: [suites.cbc], complete: true } },
  };
  const profile = (facts: Partial<TlsFacts>) => derive(facts).view.mozillaProfile;

  const cases: readonly (readonly [string, Partial<TlsFacts>, string])[] = [
    ['TLS 1.3 alone with ECDSA', modern, 'modern'],
    [
      'TLS 1.3 alone with Ed25519',
      { ...modern, chains: [[{ ...ecdsa, keyType: 'ed25519', signature: 'ED25519' }]] },
      'modern',
    ],
    ['TLS 1.3 alone with RSA', { ...modern, chains: [[leaf]] }, 'intermediate'],
    ['TLS 1.3 alone with ffdhe', { ...modern, groups: { 'TLSv1.3': complete('ffdhe3072') } }, 'intermediate'],
    ['intermediate', intermediate, 'intermediate'],
    ['DHE of 1024 bits', { ...intermediate, dh: [prime(1024)] }, 'old'],
    ['old', old, 'old'],
    ['RC4', { ...old, protocols: tls12(suites.rc4) }, 'none'],
    ['a weak key', { ...intermediate, chains: [[{ ...leaf, keyBits: 1024 }]] }, 'none'],
    ['a SHA-1 signature', { ...intermediate, chains: [[{ ...leaf, signature: 'sha1WithRSAEncryption' }]] }, 'none'],
    [
      'a weak curve',
      { ...intermediate, groups: { 'TLSv1.2': complete('secp192r1'), 'TLSv1.3': complete('x25519') } },
      'none',
    ],
  ];
  test.each(cases)('%s', (_, facts, expected) => {
    expect(profile(facts)).toBe(expected);
  });

  test('what differs from intermediate is named', () => {
    expect(derive(old).view.mozillaDifferences).toEqual([
      { about: 'protocol', saw: 'TLSv1.0' },
      { about: 'suite', saw: suites.cbc.name },
    ]);
    expect(derive(intermediate).view.mozillaDifferences).toEqual([]);
  });

  const { chains: _chains, ...noChain } = intermediate;
  const { dh: _dh, ...noDh } = intermediate;
  const { groups: _groups, ...noGroups } = intermediate;
  test.each([
    ['no certificate', noChain],
    ['no DH parameters', noDh],
    ['no groups', noGroups],
    ['groups not read to their end', { ...intermediate, groups: { 'TLSv1.2': { supported: named('x25519') } } }],
    ['a list not read to its end', { ...noDh, protocols: { ...tls12(suites.gcm), 'TLSv1.3': { offered: true } } }],
  ])('%s: it cannot be told', (_, facts) => {
    expect(derive(facts).view).not.toHaveProperty('mozillaProfile');
    expect(outcomes(facts)['tls-mozilla-profile']).toBe('not-observed');
  });

  test('what is broken for all is told though not everything was seen', () => {
    expect(profile({ protocols: { 'TLSv1.2': { offered: true, suites: [suites.rc4] } } })).toBe('none');
  });
});
