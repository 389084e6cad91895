import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileChecks } from '../../../src/judge/compile.ts';
import { judgeTarget } from '../../../src/judge/judge.ts';
import { readChecks } from '../../../src/judge/read.ts';
import { deriveTls } from '../../../src/judge/view/tls.ts';
import { tlsView } from '../../../src/judge/view/tls-view.ts';
import {
  tlsProtocols,
  type CertificateFacts,
  type ProtocolFacts,
  type TlsFacts,
} from '../../../src/model/facts/tls.ts';
import { packageRoot } from '../../../src/model/package-root.ts';
import { at, seen, suites, target, tlsFacts } from '../build.ts';
import { everyPlace, without } from '../examples.ts';

const context = { at, target, reference: {} };
const derive = (facts: Partial<TlsFacts>) => deriveTls({ ...tlsFacts, ...facts }, context);
const protocols = (changed: TlsFacts['protocols']) => derive({ protocols: { ...tlsFacts.protocols, ...changed } });

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
  der: 'AAAA',
};
const intermediate: CertificateFacts = {
  ...leaf,
  sha256: '2'.repeat(64),
  subject: 'CN=Trung gian',
  issuer: 'CN=Gốc',
  isCa: true,
};
const root: CertificateFacts = { ...intermediate, sha256: '3'.repeat(64), subject: 'CN=Gốc', selfIssued: true };
const trusted = { trusted: true, trustError: null, nameMatches: true, protocol: 'TLSv1.2' };
const untrusted = (trustError: string) => ({ ...trusted, trusted: false, trustError });

describe('suites', () => {
  test('are told of every version, with the version', () => {
    const { view } = protocols({ 'TLSv1.0': { offered: true, suites: [suites.rc4], complete: true } });
    expect(view.suites?.map(({ protocol, name }) => `${protocol} ${name}`)).toEqual([
      `TLSv1.0 ${suites.rc4.name}`,
      `TLSv1.2 ${suites.gcm.name}`,
    ]);
    expect(view.suitesComplete).toBe(true);
  });

  const incomplete: readonly (readonly [string, TlsFacts['protocols']])[] = [
    ['a list that did not end in a refusal', { 'TLSv1.2': { offered: true, suites: [suites.gcm] } }],
    ['an accepted version without a list', { 'TLSv1.1': { offered: true } }],
    ['a version without a clear answer', { ...tlsFacts.protocols, SSLv2: undefined as never }],
  ];
  test.each(incomplete)('%s leaves the suites incomplete, and says why', (_, changed) => {
    const facts = {
      ...tlsFacts,
      protocols: JSON.parse(JSON.stringify({ ...tlsFacts.protocols, ...changed })) as TlsFacts['protocols'],
    };
    const { view, unseen } = deriveTls(facts, context);
    expect(view.suitesComplete).toBeUndefined();
    expect(unseen.find((one) => one.at === '/tls/suitesComplete')?.failure.code).toBe('undecided');
  });

  test('AEAD beside others is told where both were seen, or the list is complete', () => {
    const mixes = (facts: ProtocolFacts) => protocols({ 'TLSv1.2': facts }).view.protocols['TLSv1.2']?.mixesAead;
    expect(mixes({ offered: true, suites: [suites.gcm, suites.cbc] })).toBe(true);
    expect(mixes({ offered: true, suites: [suites.gcm], complete: true })).toBe(false);
    expect(mixes({ offered: true, suites: [suites.gcm] })).toBeUndefined();
    expect(mixes({ offered: true, suites: [suites.gcm, suites.unknown], complete: true })).toBeUndefined();
    expect(mixes({ offered: false })).toBe(false);
  });

  test.each([
    [true, undefined, true],
    [undefined, true, true],
    [false, false, false],
    [false, undefined, undefined],
    [undefined, undefined, undefined],
  ])('TLS 1.2 %s, TLS 1.3 %s: 1.2 or later %s', (two, three, expected) => {
    const facts = (offered: boolean | undefined) => (offered === undefined ? {} : { offered });
    const changed = { 'TLSv1.2': facts(two), 'TLSv1.3': facts(three) };
    const seenOnly = Object.fromEntries(Object.entries(changed).filter(([, value]) => 'offered' in value));
    expect(derive({ protocols: seenOnly }).view.tls12OrLater).toBe(expected);
  });
});

describe('certificates', () => {
  const one = (changed: Partial<CertificateFacts>) => derive({ chains: [[{ ...leaf, ...changed }]] });

  test('days of validity count both ends', () => {
    const days = (notBefore: string, notAfter: string) => one({ notBefore, notAfter }).view.leaves?.[0]?.validityDays;
    expect(days('2026-01-01T00:00:00.000Z', '2026-03-31T23:59:59.000Z')).toBe(90);
    expect(days('2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z')).toBe(91);
    expect(one({}).view.leaves?.[0]?.issuedDay).toBe(20261001);
  });

  test('it has started when its first second has come', () => {
    expect(one({ notBefore: at }).view.leaves?.[0]?.started).toBe(true);
    expect(one({ notBefore: '2026-11-22T08:00:01.000Z' }).view.leaves?.[0]?.started).toBe(false);
  });

  test.each([
    ['rsa', 1023, 0],
    ['rsa', 1024, 80],
    ['rsa', 2047, 80],
    ['rsa', 2048, 112],
    ['rsa', 4096, 128],
    ['dsa', 1024, 80],
    ['ec', 192, 96],
    ['ec', 256, 128],
    ['ec', 521, 256],
    ['ed25519', 256, 128],
    ['ed448', 456, 224],
    ['unknown', undefined, undefined],
    ['ec', undefined, undefined],
  ])('a key %s of %s bits has a strength of %s', (keyType, keyBits, strength) => {
    const { keyBits: _, ...rest } = leaf;
    const facts = { ...rest, keyType, ...(keyBits === undefined ? {} : { keyBits }) };
    const { view, unseen } = derive({ chains: [[facts]] });
    expect(view.leaves?.[0]?.strength).toBe(strength);
    expect(unseen.some((reason) => reason.at === '/tls/leaves/0/strength')).toBe(strength === undefined);
  });

  test.each([
    ['sha256WithRSAEncryption', 'sha256'],
    ['sha1WithRSAEncryption', 'sha1'],
    ['ecdsa-with-SHA1', 'sha1'],
    ['ecdsa-with-SHA384', 'sha384'],
    ['md5WithRSAEncryption', 'md5'],
    ['RSA-SHA3-256', 'sha3'],
    ['dsaWithSHA', 'sha0'],
    ['dsa_with_SHA224', 'sha224'],
    ['SM2-with-SM3', 'sm3'],
    ['ED25519', 'intrinsic'],
    ['GOST R 34.11-2012 with GOST R 34.10-2012 (256 bit)', 'streebog'],
    ['GOST R 34.11-94 with GOST R 34.10-2001', 'gost94'],
    ['rsassaPss', undefined],
  ])('%s is signed over %s', (signature, hash) => {
    expect(one({ signature }).view.leaves?.[0]?.signatureHash).toBe(hash);
  });

  test('the DER is not in the view', () => {
    expect(JSON.stringify(one({}).view)).not.toContain('"der"');
  });
});

describe('chains', () => {
  const chainOf = (chain: CertificateFacts[], verified?: TlsFacts['verified']) =>
    derive({ chains: [chain], ...(verified === undefined ? {} : { verified }) }).view.chains?.[0];

  test.each([
    ['in order', [leaf, intermediate, root], true],
    ['alone', [leaf], true],
    ['out of order', [leaf, root, intermediate], false],
    ['with a stranger', [leaf, { ...root, subject: 'CN=Khác' }], false],
  ])('%s', (_, chain, ordered) => {
    expect(chainOf(chain)?.ordered).toBe(ordered);
  });

  test.each([
    ['ends at its root', [leaf, intermediate, root], undefined, true],
    ['reaches its root though out of order', [leaf, root, intermediate], undefined, true],
    ['is trusted', [leaf, intermediate], trusted, true],
    ['is a self-signed leaf', [{ ...leaf, selfIssued: true }], untrusted('DEPTH_ZERO_SELF_SIGNED_CERT'), true],
    ['is a leaf alone whose issuer is not known', [leaf], untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), false],
    ['is a leaf alone that was not verified', [leaf], undefined, undefined],
    ['is a leaf alone that has expired', [leaf], untrusted('CERT_HAS_EXPIRED'), undefined],
    [
      'ends at a root that is not known',
      [leaf, intermediate],
      untrusted('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
      undefined,
    ],
  ])('that %s', (_, chain, verified, complete) => {
    expect(chainOf(chain, verified)?.complete).toBe(complete);
  });

  test('of two chains neither is known to be the one that was verified', () => {
    const { view } = derive({ chains: [[leaf], [{ ...leaf, keyType: 'ec', keyBits: 256 }]], verified: trusted });
    expect(view.chains?.map(({ complete }) => complete)).toEqual([undefined, undefined]);
  });

  test('two certificates that issued each other do not turn it in circles', () => {
    const [a, b] = [
      { ...leaf, issuer: 'CN=B' },
      { ...intermediate, subject: 'CN=B', issuer: leaf.subject },
    ];
    expect(chainOf([a, b])?.complete).toBeUndefined();
  });
});

describe('the second opinion', () => {
  const opinion = (changed: object) => ({ reader: 'x', valid: true, notAfter: leaf.notAfter, error: null, ...changed });
  const agree = (facts: Partial<TlsFacts>) =>
    derive({ chains: [[leaf]], verified: trusted, ...facts }).view.opinionsAgree;

  test('agrees on the end of validity and on trust', () => {
    expect(agree({ secondOpinion: opinion({}) })).toBe(true);
    expect(agree({ secondOpinion: opinion({ notAfter: '2026-12-29T23:59:58.000Z' }) })).toBe(false);
    expect(agree({ secondOpinion: opinion({ valid: false }) })).toBe(false);
    expect(agree({ secondOpinion: opinion({ valid: false }), verified: { ...trusted, nameMatches: false } })).toBe(
      true,
    );
    expect(agree({})).toBeUndefined();
  });
});

const certificate = fc.constantFrom(
  leaf,
  intermediate,
  root,
  { ...leaf, selfIssued: true },
  { ...leaf, signature: 'rsassaPss' },
  {
    ...leaf,
    policies: ['2.23.140.1.2.1'],
    scts: 0,
    mustStaple: true,
    crlAddresses: [],
    ocspAddresses: ['http://ocsp.example/'],
    keyUsage: null,
    extendedKeyUsage: ['clientAuth'],
  },
);
const protocol = fc.record(
  {
    offered: fc.boolean(),
    suites: fc.array(fc.constantFrom(...Object.values(suites)), { maxLength: 4 }),
    complete: fc.constant(true as const),
    order: fc.constantFrom('server' as const, 'client' as const),
  },
  { requiredKeys: ['offered'] },
);
const names = (...of: string[]) =>
  fc.record(
    {
      supported: fc.array(fc.constantFrom(...of.map((name) => ({ code: '0x0001', name }))), { maxLength: 3 }),
      complete: fc.constant(true as const),
    },
    { requiredKeys: ['supported'] },
  );
const byEra = (...of: string[]) =>
  fc.record({ 'TLSv1.2': names(...of), 'TLSv1.3': names(...of) }, { requiredKeys: [] });
const flag = fc.boolean();
const trustOf = (store: string, error: string | null) => ({
  leaf: leaf.sha256,
  store,
  trusted: error === null,
  error,
  anchor: error === null ? 'CN=Gốc' : null,
});
const depth = {
  groups: byEra('x25519', 'secp192r1', 'ffdhe2048', 'X25519MLKEM768', 'UNKNOWN_0x0001'),
  signatureAlgorithms: byEra('rsa_pkcs1_sha1', 'rsa_pss_rsae_sha256', 'UNKNOWN_0x0001'),
  dh: fc.array(
    fc.record({
      protocol: fc.constant('TLSv1.2'),
      bits: fc.constantFrom(512, 1024, 1536, 2048),
      knownAs: fc.constantFrom(null, 'nginx 1024'),
      primeSha256: fc.constant('0'.repeat(64)),
      export: fc.constant(false),
    }),
    { maxLength: 2 },
  ),
  features: fc.record(
    {
      secureRenegotiation: flag,
      clientRenegotiation: flag,
      compression: fc.constantFrom([], ['DEFLATE']),
      fallbackScsv: flag,
      extendedMasterSecret: flag,
      encryptThenMac: flag,
      heartbeat: fc.constant(true),
      ticketResumption: flag,
      pskResumption: flag,
      ticketLifetime: fc.constantFrom(300, 2_592_000),
      earlyData: fc.constantFrom(0, 16_384),
      alpn: fc.constantFrom([], ['h2']),
      intolerance: fc.constantFrom([], ['grease']),
      needsName: flag,
    },
    { requiredKeys: [] },
  ),
  trust: fc.constantFrom(
    [trustOf('mozilla', null)],
    [trustOf('mozilla', 'expired')],
    [trustOf('goc.pem', null), trustOf('mozilla', 'unknown-root')],
  ),
  staples: fc.array(
    fc.record(
      {
        leaf: fc.constant(leaf.sha256),
        status: fc.constantFrom('good', 'revoked', 'unknown', 'error'),
        thisUpdate: fc.constantFrom('2026-11-20T00:00:00.000Z', '2026-12-20T00:00:00.000Z'),
        nextUpdate: fc.constantFrom('2026-11-21T00:00:00.000Z', '2026-11-27T00:00:00.000Z'),
        verified: flag,
      },
      { requiredKeys: ['leaf', 'status', 'verified', 'thisUpdate'] },
    ),
    { maxLength: 2 },
  ),
  clientCertificate: fc.record({ requested: flag, authorities: fc.constant([]) }),
} as const;
/** Facts that go together: nothing is told of a version that is refused, or of suites that are not accepted. */
function consistent(facts: TlsFacts): TlsFacts {
  const { protocols, groups, signatureAlgorithms, dh, features = {}, ...rest } = facts;
  const older = (['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'] as const).flatMap((name) => protocols[name] ?? []);
  const elliptic = older.filter(({ offered }) => offered).flatMap(({ suites: accepted = [] }) => accepted);
  const { secureRenegotiation: _r, clientRenegotiation: _c, compression: _d, ...modern } = features;
  // Parameters are learnt from a suite that uses them.
  const finite = elliptic.some(({ name }) => name.startsWith('TLS_DHE_'));
  const isElliptic = elliptic.some(({ name }) => name.startsWith('TLS_ECDHE_'));
  const signs = protocols['TLSv1.2']?.suites?.some(({ name }) => name.startsWith('TLS_ECDHE_')) ?? false;
  const only = (eras: typeof groups) => ({
    ...(isElliptic && eras?.['TLSv1.2'] !== undefined ? { 'TLSv1.2': eras['TLSv1.2'] } : {}),
    ...(protocols['TLSv1.3']?.offered === true && eras?.['TLSv1.3'] !== undefined
      ? { 'TLSv1.3': eras['TLSv1.3'] }
      : {}),
  });
  return {
    ...rest,
    protocols,
    ...(dh === undefined || !finite ? {} : { dh }),
    ...(groups === undefined ? {} : { groups: only(groups) }),
    ...(signatureAlgorithms === undefined || !signs ? {} : { signatureAlgorithms: only(signatureAlgorithms) }),
    ...(facts.features === undefined ? {} : { features: older.some(({ offered }) => offered) ? features : modern }),
  };
}

const anyFacts: fc.Arbitrary<TlsFacts> = fc
  .record(
    {
      port: fc.integer({ min: 1, max: 65_535 }),
      protocols: fc.record(Object.fromEntries(tlsProtocols.map((name) => [name, protocol])), { requiredKeys: [] }),
      chains: fc.array(fc.array(certificate, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      verified: fc.constantFrom(trusted, untrusted('CERT_HAS_EXPIRED'), untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE')),
      ...depth,
      secondOpinion: fc.constant({ reader: 'x', valid: true, notAfter: leaf.notAfter, error: null }),
    },
    { requiredKeys: ['port', 'protocols'] },
  )
  .map((facts) => consistent(facts as unknown as TlsFacts));

test('suites listed under a version that is refused are no difference from a profile', () => {
  const refused = { offered: false, suites: [suites.rc4], complete: true as const };
  const of = (modern: ProtocolFacts) =>
    deriveTls({ ...tlsFacts, protocols: { ...tlsFacts.protocols, 'TLSv1.3': modern } }, context).view
      .mozillaDifferences;
  expect(of(refused)).toEqual(of({ offered: false }));
});

test('whatever facts there are, the view fits its schema and has a reason for what it lacks', () => {
  const fits = new Ajv({ strict: false }).compile(tlsView);
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const { view, unseen } = deriveTls(facts, context);
      expect(fits(view), JSON.stringify(fits.errors)).toBe(true);
      const reasons = new Set(unseen.map((one) => one.at));
      for (const key of Object.keys(tlsView.properties)) {
        if (key !== 'sni' && !(key in view)) expect(reasons, key).toContain(`/tls/${key}`);
      }
    }),
  );
});

test('a fact that was not stored leaves every check as it was, or open', async () => {
  const checks = await readChecks([fileURLToPath(new URL('checks/tls/', packageRoot))]);
  const compiled = compileChecks(checks);
  const judge = (facts: TlsFacts) =>
    judgeTarget(compiled, { target, observations: [seen('tls', facts)], kinds: ['tls'], reference: {} });
  const optional = (place: readonly (string | number)[]) =>
    tlsProtocols.some((name) => name === place.at(-1)) ||
    [
      ...['suites', 'complete', 'order', 'chains', 'keyBits', 'signature', 'verified', 'secondOpinion'],
      ...['policies', 'scts', 'mustStaple', 'crlAddresses', 'ocspAddresses', 'keyUsage', 'extendedKeyUsage'],
      ...Object.keys(depth).filter((key) => key !== 'trust'),
    ].includes(String(place.at(-1))) ||
    place[0] === 'features';
  fc.assert(
    fc.property(anyFacts, fc.nat(), (facts, choice) => {
      const places = everyPlace(facts).filter(optional);
      const place = places[choice % Math.max(places.length, 1)];
      if (place === undefined) return;
      const before = judge(facts);
      judge(without(facts, place) as TlsFacts).forEach((finding, index) => {
        expect([before[index]?.outcome, 'not-observed'], `${finding.check} without ${place.join('/')}`).toContain(
          finding.outcome,
        );
      });
    }),
    { numRuns: 500 },
  );
});
