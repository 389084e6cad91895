import { describe, expect, it } from 'vitest';
import { deriveDns } from '../../../src/judge/view/dns.ts';
import type { DnsFacts, ServerAddress } from '../../../src/model/facts/dns.ts';
import { failure } from '../../../src/model/failure.ts';

const base: DnsFacts = {
  domain: 'tot.gov.vn',
  status: 'NOERROR',
  zone: 'tot.gov.vn',
  lookups: [
    { name: 'tot.gov.vn', end: 'found', aliases: [], addresses: ['192.0.2.1'] },
    { name: 'www.tot.gov.vn', end: 'nodata', aliases: [], addresses: [] },
  ],
  gaps: [],
  queries: { resolver: 20, servers: 10, leftOut: 0 },
};
const view = (facts: Partial<DnsFacts>) => deriveDns({ ...base, ...facts });
const server = (name: string, ...addresses: readonly ServerAddress[]) => ({
  name,
  lookup: 'found' as const,
  addresses: [...addresses],
});
const good = (address: string): ServerAddress => ({
  address,
  state: 'answers',
  serial: 1,
  recursion: false,
  transfer: 'refused',
  version: null,
});
const reasonAt = (derived: ReturnType<typeof deriveDns>, at: string) =>
  derived.unseen.find((one) => one.at === at)?.failure.code;

describe('name servers', () => {
  it('are told only when each answered on one address at least', () => {
    const whole = view({
      nameServers: [
        server('ns1', good('192.0.2.1'), { address: '2001:db8::1', state: 'failed' }),
        server('ns2', good('198.51.100.1')),
      ],
    });
    expect(whole.view).toMatchObject({
      authorityTold: true,
      recursionTold: true,
      transferTold: true,
      serialsEqual: true,
    });
    const quiet = view({
      nameServers: [server('ns1', good('192.0.2.1')), server('ns2', { address: '198.51.100.1', state: 'silent' })],
    });
    expect(quiet.view.lame).toEqual([]);
    expect(quiet.view).not.toHaveProperty('authorityTold');
    expect(reasonAt(quiet, '/dns/authorityTold')).toBe('timeout');
  });

  it.each([
    ['not-permitted', 'not-permitted'],
    ['failed', 'unreachable'],
    ['silent', 'timeout'],
  ] as const)('that are %s show nothing, for that reason', (state, code) => {
    const seen = view({ nameServers: [server('ns1', { address: '192.0.2.1', state })] });
    expect(reasonAt(seen, '/dns/transferTold')).toBe(code);
    expect(seen.view.lame).toEqual([]);
  });

  it('stand in networks of /24 and /48, however their addresses are written', () => {
    const addresses = [
      '192.0.2.1',
      '192.0.2.250',
      '2001:db8:1::1',
      '2001:0db8:0001:ffff::9',
      '2001:db8:2:0:0:0:0:1',
      '::1',
    ];
    const seen = view({ nameServers: [server('ns1', ...addresses.map(good))] });
    expect(seen.view.serverNetworks).toEqual(['192.0.2.0/24', '2001:db8:1::/48', '2001:db8:2::/48', '0:0:0::/48']);
  });

  it('one that tells another serial decides; a single one does not', () => {
    expect(
      view({ nameServers: [server('ns1', good('192.0.2.1')), server('ns2', { ...good('192.0.2.2'), serial: 2 })] }).view
        .serialsEqual,
    ).toBe(false);
    expect(reasonAt(view({ nameServers: [server('ns1', good('192.0.2.1'))] }), '/dns/serialsEqual')).toBe('undecided');
  });

  it('of the delegation are held against what the zone’s servers say themselves', () => {
    const seen = view({
      nameServers: [server('ns1', { ...good('192.0.2.1'), nameServers: ['ns1', 'ns2'] })],
      delegation: { parent: 'gov.vn', nameServers: ['ns1', 'ns3'], glue: [] },
    });
    expect(seen.view.delegation).toEqual({ onlyParent: ['ns3'], onlyChild: ['ns2'] });
  });
});

describe('DNSSEC', () => {
  const links = [
    { zone: '.', ds: [], keys: [] },
    {
      zone: 'tot.gov.vn',
      ds: [
        { keyTag: 1, algorithm: 8, digestType: 1 },
        { keyTag: 2, algorithm: 8, digestType: 1 },
        { keyTag: 2, algorithm: 8, digestType: 2 },
      ],
      keys: [
        { keyTag: 1, algorithm: 5, entryPoint: true, bits: 1024 },
        { keyTag: 2, algorithm: 13, entryPoint: true },
      ],
    },
  ];

  it('that breaks above the zone says nothing of it', () => {
    const seen = view({ dnssec: { state: 'bogus', zone: 'gov.vn', why: 'expired', links } });
    expect(seen.view).not.toHaveProperty('signed');
    expect(reasonAt(seen, '/dns/signed')).toBe('undecided');
  });

  it('that breaks in the zone is signed and broken', () => {
    const { view: seen } = view({ dnssec: { state: 'bogus', zone: 'tot.gov.vn', why: 'expired', links } });
    expect(seen).toMatchObject({ signed: true, broken: { zone: 'tot.gov.vn', why: 'expired' } });
    expect(seen.weakKeys).toEqual([{ keyTag: 1, algorithm: 5, bits: 1024 }]);
    expect(seen.shortKeys).toEqual(seen.weakKeys);
    // Key 2 has a SHA-256 digest beside its SHA-1 one.
    expect(seen.weakDigests).toEqual([{ keyTag: 1, digestType: 1 }]);
  });

  it.each([
    ['cut', false],
    ['opt-out', false],
    ['algorithm', true],
    ['too-costly', true],
  ] as const)('insecure for %s is signed: %s', (why, signed) => {
    expect(view({ dnssec: { state: 'insecure', zone: 'tot.gov.vn', why, links } }).view.signed).toBe(signed);
  });

  it('that the resolver could not show is not seen', () => {
    const seen = view({ dnssec: { state: 'indeterminate', zone: '.', detail: 'signatures left out', links: [] } });
    expect(reasonAt(seen, '/dns/signed')).toBe('dns');
  });
});

describe('CAA against the certificate', () => {
  const caa = (...records: readonly (readonly [tag: string, value: string])[]) => ({
    at: 'gov.vn',
    records: records.map(([tag, value]) => ({ critical: false, tag, value })),
  });
  const certificate = (organisation: string, byWildcard = false) => ({
    address: '192.0.2.1',
    organisation,
    commonName: 'R11',
    byWildcard,
    selfSigned: false,
  });
  it.each([
    [caa(['issue', 'letsencrypt.org; accounturi=x']), certificate("Let's Encrypt"), true],
    [caa(['issue', 'DigiCert.com']), certificate("Let's Encrypt"), false],
    [caa(['issue', ';']), certificate('DigiCert Inc'), false],
    [caa(['iodef', 'mailto:a@b.vn']), certificate('DigiCert Inc'), true],
    [caa(['issue', 'digicert.com'], ['issuewild', ';']), certificate('DigiCert Inc', true), false],
    [caa(['issue', 'digicert.com'], ['issuewild', ';']), certificate('DigiCert Inc'), true],
  ])('%j', (records, leaf, allowed) => {
    expect(view({ caa: records, certificate: leaf }).view.caaCertificate?.allowed).toBe(allowed);
  });

  it('an issuer whose CAA name is not known decides nothing', () => {
    const seen = view({ caa: caa(['issue', 'digicert.com']), certificate: certificate('CA nội bộ') });
    expect(reasonAt(seen, '/dns/caaCertificate')).toBe('undecided');
  });
});

describe('a domain', () => {
  it('that does not exist leaves everything else open', () => {
    const seen = view({ status: 'NXDOMAIN', lookups: [], gaps: [] });
    expect(seen.view).toEqual({ belowGovVn: true, exists: false });
  });

  it('that the resolver fails on is not called missing', () => {
    const seen = view({ status: 'SERVFAIL', gaps: [{ part: 'dnssec', failure: failure('dns', 'x') }] });
    expect(reasonAt(seen, '/dns/exists')).toBe('dns');
  });

  it('whose own name is an alias is told where the zone begins there', () => {
    const lookups = [{ name: 'tot.gov.vn', end: 'found' as const, aliases: ['a.b'], addresses: ['192.0.2.1'] }];
    expect(view({ lookups }).view.apexAlias).toBe(true);
    expect(view({ lookups, zone: 'gov.vn' }).view.apexAlias).toBe(false);
  });
});
