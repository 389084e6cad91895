import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tlsFacts, type TlsFacts } from '../../../src/model/facts/tls.ts';
import { createTlsProbe } from '../../../src/probe/tls/probe.ts';
import { makeCertificates, type LabCertificates } from '../../servers/tls-certificates.ts';
import { nginxTls, onAddress } from '../../servers/tls-configs.ts';
import { labDirectory, startNginx } from '../../servers/tls-lab.ts';
import type { RunningServer } from '../../servers/process.ts';
import { openWire, webTarget } from '../../servers/tls-wire.ts';
import { codesOf, nmapSets, setsOf, sslscanCodes } from './peers.ts';

const host = {
  modern: '127.0.31.21',
  intermediate: '127.0.31.22',
  old: '127.0.31.23',
  sniOnly: '127.0.31.24',
  expired: '127.0.31.25',
  selfSigned: '127.0.31.26',
  incomplete: '127.0.31.27',
  modernDual: '127.0.31.28',
  ed25519: '127.0.31.29',
  everything: '127.0.31.30',
} as const;
type Host = keyof typeof host;

let directory: Awaited<ReturnType<typeof labDirectory>>;
let certificates: LabCertificates;
let nginx: RunningServer;

beforeAll(async () => {
  directory = await labDirectory();
  certificates = await makeCertificates(directory.path);
  const { rsa, ec, ed25519, expired, selfSigned, incomplete } = certificates;
  nginx = await startNginx({
    dir: directory.path,
    servers: [
      onAddress(host.modern, nginxTls.modern(ec)),
      onAddress(host.intermediate, nginxTls.intermediate(rsa, ec)),
      onAddress(host.old, nginxTls.old(rsa, ec)),
      {
        listen: [{ host: host.sniOnly, port: 443, options: 'ssl default_server' }],
        directives: ['ssl_protocols TLSv1.2 TLSv1.3', 'ssl_reject_handshake on'],
      },
      onAddress(host.sniOnly, ['server_name www.lab.test', ...nginxTls.intermediate(rsa)]),
      onAddress(host.expired, nginxTls.intermediate(expired)),
      onAddress(host.selfSigned, nginxTls.intermediate(selfSigned)),
      onAddress(host.incomplete, nginxTls.intermediate(incomplete)),
      onAddress(host.modernDual, nginxTls.modern(rsa, ec)),
      onAddress(host.ed25519, nginxTls.intermediate(ed25519)),
      onAddress(host.everything, [
        'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3',
        'ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0',
        `ssl_certificate ${rsa.chain}`,
        `ssl_certificate_key ${rsa.key}`,
      ]),
    ],
  });
});

afterAll(async () => {
  await nginx.stop();
  await directory.remove();
});

async function observe(name: Host, options: { sni?: string | null; trust?: boolean; deep?: boolean } = {}) {
  const wire = openWire();
  const extraRoots = options.trust === false ? [] : [certificates.root];
  const probe = createTlsProbe({ extraRoots, deep: options.deep ?? true });
  const sni = options.sni === undefined ? 'lab.test' : options.sni;
  const target = webTarget(host[name], sni === null ? {} : { name: sni });
  const facts = await probe.observe({ target, wire, signal: new AbortController().signal });
  return { facts, connections: wire.costs()[0]?.connections ?? 0 };
}

const offered = ({ protocols }: TlsFacts) =>
  Object.entries(protocols).flatMap(([protocol, facts]) => (facts.offered ? [protocol] : []));

describe('protocols and suites', () => {
  it.each([
    ['modern', ['TLSv1.3']],
    ['intermediate', ['TLSv1.2', 'TLSv1.3']],
    ['old', ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']],
  ] as const)('of the %s configuration are all told, each as offered or refused', async (name, expected) => {
    const { facts } = await observe(name);
    expect(offered(facts)).toEqual(expected);
    expect(Object.keys(facts.protocols)).toEqual(['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
    for (const protocol of expected) {
      expect(facts.protocols[protocol]?.complete).toBe(true);
      expect(facts.protocols[protocol]?.order).toBe(name === 'old' ? 'server' : 'client');
    }
  });

  it.each(['modern', 'intermediate', 'old', 'ed25519', 'everything'] as const)(
    'of %s are the sets that nmap and sslscan find',
    async (name) => {
      const { facts } = await observe(name);
      const [nmap, sslscan] = await Promise.all([
        nmapSets(host[name], 443, 'lab.test'),
        sslscanCodes(host[name], 443, 'lab.test'),
      ]);
      const ours = setsOf(facts);
      // nmap 7.93 sends no ed25519 in signature_algorithms and finds nothing of TLS 1.2 there.
      if (name === 'ed25519') expect(ours['TLSv1.3']).toEqual(nmap['TLSv1.3']);
      else expect(ours).toEqual(nmap);
      expect(codesOf(facts)).toEqual(sslscan);
    },
  );

  it('cost no more connections than suites, one refusal and one question of order', async () => {
    const { facts, connections } = await observe('old', { deep: false });
    const suites = Object.values(facts.protocols).reduce((sum, { suites = [] }) => sum + suites.length, 0);
    const perOffered = 2 * offered(facts).length;
    const verified = 1;
    expect(connections).toBeLessThanOrEqual(suites + perOffered + 2 + verified);
  });

  it('follow the order that the server chooses in', async () => {
    const { facts } = await observe('old');
    expect(facts.protocols['TLSv1.3']?.suites?.map(({ name }) => name)).toEqual([
      'TLS_AES_256_GCM_SHA384',
      'TLS_CHACHA20_POLY1305_SHA256',
      'TLS_AES_128_GCM_SHA256',
    ]);
  });
});

describe('certificates', () => {
  it.each(['intermediate', 'old', 'modernDual'] as const)('of %s are both chains as sent', async (name) => {
    const { facts } = await observe(name);
    expect(facts.chains?.map((chain) => chain[0]?.keyType).sort()).toEqual(['ec', 'rsa']);
    for (const chain of facts.chains ?? []) {
      expect(chain.map(({ subject }) => subject)).toEqual(['CN=lab.test', 'O=Lab, CN=Lab Intermediate']);
      expect(chain[0]).toMatchObject({
        names: ['lab.test', '*.lab.test', '127.0.31.1'],
        isCa: false,
        selfIssued: false,
      });
    }
  });

  it('of TLS 1.3 alone are read without finishing the handshake', async () => {
    const { facts } = await observe('modern');
    expect(facts.chains?.map((chain) => chain.map(({ keyType, keyBits }) => [keyType, keyBits]))).toEqual([
      [
        ['ec', 256],
        ['ec', 256],
      ],
    ]);
  });

  it('are the leaf alone where the intermediate is missing', async () => {
    const { facts } = await observe('incomplete');
    expect(facts.chains?.map((chain) => chain.length)).toEqual([1]);
  });

  it('of Ed25519 are seen', async () => {
    const { facts } = await observe('ed25519');
    expect(facts.chains?.[0]?.[0]).toMatchObject({ keyType: 'ed25519', keyBits: 256 });
    expect(facts.protocols['TLSv1.2']?.suites?.length).toBe(3);
  });
});

describe('trust', () => {
  it.each([
    ['modern', { trusted: true, trustError: null, nameMatches: true, protocol: 'TLSv1.3' }, null],
    ['expired', { trusted: false, trustError: 'CERT_HAS_EXPIRED', nameMatches: true }, 'CERT_HAS_EXPIRED'],
    [
      'selfSigned',
      { trusted: false, trustError: 'DEPTH_ZERO_SELF_SIGNED_CERT', nameMatches: true },
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    [
      'incomplete',
      { trusted: false, trustError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
  ] as const)('of %s is what OpenSSL says, and ssl-checker agrees', async (name, verified, error) => {
    const { facts } = await observe(name);
    expect(facts.verified).toMatchObject(verified);
    expect(facts.secondOpinion).toMatchObject({ valid: error === null, error });
    expect(facts.secondOpinion?.notAfter).toBe(facts.chains?.[0]?.[0]?.notAfter);
  });

  it('is refused to a root that was not given', async () => {
    const { facts } = await observe('modern', { trust: false });
    expect(facts.verified).toMatchObject({ trusted: false, nameMatches: true });
  });

  it.each([
    ['a name under the wildcard', 'www.lab.test', true],
    ['a name two labels under it', 'a.b.lab.test', false],
    ['another name', 'other.test', false],
    ['the bare address, which the certificate does not have', null, false],
  ] as const)('tells whether %s is covered', async (_what, sni, nameMatches) => {
    const { facts } = await observe('intermediate', { sni });
    expect(facts.verified).toMatchObject({ trusted: true, nameMatches });
    expect(facts.sni).toBe(sni ?? undefined);
  });
});

describe('a host that needs a name', () => {
  it('is observed with it', async () => {
    const { facts } = await observe('sniOnly', { sni: 'www.lab.test' });
    expect(offered(facts)).toEqual(['TLSv1.2', 'TLSv1.3']);
  });

  it.each([
    [null, /needs a server name/],
    ['nobody.test', /does not know the name nobody\.test/],
  ] as const)('is not observed with %s', async (sni, detail) => {
    await expect(observe('sniOnly', { sni })).rejects.toMatchObject({
      failure: { code: 'tls', detail: expect.stringMatching(detail) as string },
    });
  });
});

it('every observation keeps to the schema', async () => {
  const valid = new Ajv2020({ discriminator: true }).compile(tlsFacts);
  for (const name of ['modern', 'old', 'expired', 'everything'] as const) {
    const { facts } = await observe(name);
    expect(valid(JSON.parse(JSON.stringify(facts))), JSON.stringify(valid.errors)).toBe(true);
  }
});
