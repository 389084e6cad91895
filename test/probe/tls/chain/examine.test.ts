import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tlsFacts, type TlsFacts } from '../../../../src/model/facts/tls.ts';
import { examineChains } from '../../../../src/probe/tls/chain/examine.ts';
import { directDial } from '../../../../src/probe/tls/exchange.ts';
import { observeProtocols } from '../../../../src/probe/tls/observe.ts';
import { modernFlights } from '../../../../src/probe/tls/survey/modern-flights.ts';
import { verify } from '../../../../src/probe/tls/verify.ts';
import { labDirectory, startNginx } from '../../../servers/tls-lab.ts';
import { onAddress } from '../../../servers/tls-configs.ts';
import { answerOcsp } from '../../../servers/tls-ocsp.ts';
import { caExtensions, createPki, leafExtensions, type Issued } from '../../../servers/tls-pki.ts';
import { startServer, type RunningServer } from '../../../servers/process.ts';
import { openWire, serviceTarget } from '../../../servers/tls-wire.ts';

let directory: Awaited<ReturnType<typeof labDirectory>>;
let pki: ReturnType<typeof makePki>;
const servers: RunningServer[] = [];

function makePki(dir: string) {
  const issue = createPki(dir);
  const root = issue('root', { extensions: caExtensions() });
  const otherRoot = issue('other-root', { extensions: caExtensions() });
  const ca = (name: string, more: readonly string[] = [], to?: string) =>
    issue(name, { issuer: root, extensions: caExtensions(more), ...(to === undefined ? {} : { to }) });
  const int = ca('int');
  const leaf = (name: string, issuer = int, more: readonly string[] = [], algorithm?: readonly string[]) =>
    issue(name, {
      issuer,
      subject: `/CN=${name}`,
      extensions: leafExtensions('DNS:lab.test', more),
      ...(algorithm === undefined ? {} : { algorithm }),
    });
  const govInt = ca('gov-int', ['nameConstraints = permitted;DNS:gov.test']);
  const notCa = issue('not-ca', { issuer: root, extensions: ['basicConstraints = CA:FALSE'] });
  const ocsp = ['authorityInfoAccess = OCSP;URI:http://127.0.34.99:8099/', 'tlsfeature = status_request'];
  return {
    root,
    otherRoot,
    int,
    expiredInt: ca('expired-int', [], '20250601000000Z'),
    notCa,
    rsa: leaf('rsa', int, ocsp, ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']),
    ec: leaf('ec'),
    ed: leaf('ed', int, [], ['-algorithm', 'ED25519']),
    fallback: leaf('fallback'),
    expired: issue('expired', { issuer: int, extensions: leafExtensions(), to: '20250601000000Z' }),
    wrongName: issue('wrong-name', { issuer: int, extensions: leafExtensions('DNS:other.test') }),
    selfSigned: issue('self', { extensions: leafExtensions().slice(0, -1) }),
    crossed: issue('crossed', {
      issuer: otherRoot,
      subject: '/O=Lab/CN=root',
      keyOf: root,
      extensions: caExtensions(),
    }),
    ofExpiredInt: (issuer: Issued) => leaf('of-expired-int', issuer),
    ofNotCa: issue('of-not-ca', { issuer: notCa, extensions: ['subjectAltName = DNS:lab.test'] }),
    govInt,
    constrained: leaf('constrained', govInt),
    clientOnly: issue('client-only', { issuer: int, extensions: ['extendedKeyUsage = clientAuth'] }),
  };
}

/** A chain file for servers, and the two lines that name it. */
function certificate(name: string, ...[leaf, ...others]: [Issued, ...Issued[]]): string[] {
  const file = join(directory.path, `${name}.pem`);
  writeFileSync(file, [leaf, ...others].map(({ pem }) => pem).join(''));
  return [`ssl_certificate ${file}`, `ssl_certificate_key ${leaf.key}`];
}

const at = {
  dual: '127.0.34.1',
  triple: '127.0.34.2',
  modernTriple: '127.0.34.3',
  modernOnlyEc: '127.0.34.4',
  named: '127.0.34.5',
  rejecting: '127.0.34.6',
  stapled: '127.0.34.7',
  lateStaple: '127.0.34.13',
  modernStapled: '127.0.34.8',
  wantsClient: '127.0.34.9',
  needsClient: '127.0.34.10',
  needsClient13: '127.0.34.11',
  wantsClient13: '127.0.34.12',
  chains: '127.0.34.20',
} as const;

/** What servers send: the name of each is its port on one address. */
const sent = (): Record<string, [Issued, ...Issued[]]> => {
  const { expiredInt, ofExpiredInt } = pki;
  return {
    good: [pki.ec, pki.int],
    expired: [pki.expired, pki.int],
    selfSigned: [pki.selfSigned],
    wrongName: [pki.wrongName, pki.int],
    incomplete: [pki.ec],
    reordered: [pki.ec, pki.root, pki.int],
    superfluous: [pki.ec, pki.otherRoot, pki.selfSigned, pki.int],
    crossSigned: [pki.ec, pki.int, pki.crossed],
    expiredIssuer: [ofExpiredInt(expiredInt), expiredInt],
    noCa: [pki.ofNotCa, pki.notCa],
    constrained: [pki.constrained, pki.govInt],
    clientOnly: [pki.clientOnly, pki.int],
  };
};
/** What our own path building says of each with the lab's root. */
const errors: Record<string, string | null> = {
  good: null,
  expired: 'expired',
  selfSigned: 'self-signed',
  wrongName: null,
  incomplete: 'missing-intermediate',
  reordered: null,
  superfluous: null,
  crossSigned: null,
  expiredIssuer: 'issuer-expired',
  noCa: 'not-a-ca',
  constrained: 'name-constraints',
  clientOnly: 'wrong-usage',
};
const kinds = Object.keys(errors);

beforeAll(async () => {
  directory = await labDirectory();
  pki = makePki(join(directory.path, 'pki'));
  const both = ['ssl_protocols TLSv1.2 TLSv1.3'];
  const only13 = ['ssl_protocols TLSv1.3'];
  const rsa = certificate('rsa', pki.rsa, pki.int);
  const ec = certificate('ec', pki.ec, pki.int);
  const ed = certificate('ed', pki.ed, pki.int);
  const staple = join(directory.path, 'rsa.ocsp');
  writeFileSync(staple, answerOcsp({ dir: directory.path, leaf: pki.rsa, issuer: pki.int }));
  const stapling = ['ssl_stapling on', `ssl_stapling_file ${staple}`];
  const client = [`ssl_client_certificate ${pki.root.crt}`, 'ssl_verify_depth 3'];
  const fallback = certificate('fallback', pki.fallback, pki.int);
  const chains = sent();
  servers.push(
    await startNginx({
      dir: directory.path,
      servers: [
        onAddress(at.dual, [...both, ...rsa, ...ec]),
        onAddress(at.triple, ['ssl_protocols TLSv1.2', ...rsa, ...ec, ...ed]),
        onAddress(at.modernTriple, [...only13, ...rsa, ...ec, ...ed]),
        onAddress(at.modernOnlyEc, [...both, 'ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256', ...rsa, ...ec]),
        { listen: [{ host: at.named, port: 443, options: 'ssl default_server' }], directives: [...both, ...fallback] },
        onAddress(at.named, ['server_name lab.test', ...both, ...ec]),
        {
          listen: [{ host: at.rejecting, port: 443, options: 'ssl default_server' }],
          directives: [...both, 'ssl_reject_handshake on'],
        },
        onAddress(at.rejecting, ['server_name lab.test', ...both, ...ec]),
        onAddress(at.stapled, [...both, ...rsa, ...stapling]),
        onAddress(at.lateStaple, [
          'ssl_protocols TLSv1.2',
          'ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256',
          ...rsa,
          'ssl_stapling on',
        ]),
        onAddress(at.modernStapled, [...only13, ...rsa, ...stapling]),
        onAddress(at.wantsClient, [...both, ...ec, ...client, 'ssl_verify_client on']),
        onAddress(at.wantsClient13, [...only13, ...ec, ...client, 'ssl_verify_client optional']),
        ...kinds.map((kind, index) => ({
          listen: [{ host: at.chains, port: 9000 + index }],
          directives: [...both, ...certificate(`kind-${kind}`, ...(chains[kind] ?? [pki.ec]))],
        })),
      ],
    }),
  );
  const sServer = async (host: string, ...args: string[]) => {
    const own = ['-cert', pki.ec.crt, '-key', pki.ec.key, '-CAfile', pki.root.crt, '-Verify', '3', '-quiet'];
    const listen = ['-accept', `${host}:443`, '-naccept', '100000'];
    servers.push(await startServer('openssl', ['s_server', ...listen, ...own, ...args], [{ host, port: 443 }]));
  };
  await sServer(at.needsClient);
  await sServer(at.needsClient13, '-tls1_3');
});

afterAll(async () => {
  for (const server of servers) await server.stop();
  await directory.remove();
});

/** The base enumeration, then what is examined here, and how many connections the latter made. */
async function examine(address: string, options: { port?: number; sni?: string | undefined } = {}) {
  const { port = 443 } = options;
  const sni = 'sni' in options ? options.sni : 'lab.test';
  const wire = openWire();
  const target = serviceTarget(address, port, sni);
  const dial = directDial({ wire, address, port, signal: new AbortController().signal, answerMs: 3000 });
  const seen = await observeProtocols(dial, { sni, agreements: true, onSpeaksTls: () => undefined });
  const extraRoots = [
    { name: 'lab.pem', pem: readFileSync(pki.root.crt, 'utf8') },
    { name: 'other.pem', pem: readFileSync(pki.otherRoot.crt, 'utf8') },
  ];
  const context = { dial, sni, seen, target, extraRoots };
  // Asked for the survey's sake too, and counted there.
  await modernFlights(context);
  const before = wire.costs()[0]?.connections ?? 0;
  const facts = await examineChains(context);
  const connections = (wire.costs()[0]?.connections ?? 0) - before;
  const whole: TlsFacts = { port, ...seen.facts, ...facts };
  expect(isValid(JSON.parse(JSON.stringify(whole))), JSON.stringify(isValid.errors)).toBe(true);
  expect(connections).toBeLessThanOrEqual(4);
  return { facts, connections, dial, extraRoots };
}

const isValid = new Ajv2020({ discriminator: true }).compile(tlsFacts);
const leaves = (chains: TlsFacts['chains']) => chains?.map(([leaf]) => leaf?.subject);

describe('certificates of every kind', () => {
  it.each([
    ['two of them, with no third', at.dual, ['CN=ec', 'CN=rsa'], 2],
    ['three at TLS 1.2, where suites do not tell two of them apart', at.triple, ['CN=ec', 'CN=ed', 'CN=rsa'], 2],
    ['three at TLS 1.3 alone', at.modernTriple, ['CN=ec', 'CN=ed', 'CN=rsa'], 3],
    ['one that TLS 1.2 has no suite for', at.modernOnlyEc, ['CN=ec', 'CN=rsa'], 3],
  ])('are found: %s', async (_what, address, expected, most) => {
    const { facts, connections } = await examine(address);
    expect([...(leaves(facts.chains) ?? [])].sort()).toEqual(expected);
    expect(new Set(facts.trust?.map(({ leaf }) => leaf)).size).toBe(expected.length);
    // One of these asks again for the staple that its must-staple certificate promises.
    expect(connections).toBeLessThanOrEqual(most + 1);
  });
});

describe('without a name', () => {
  it('the certificate of the default server is told apart', async () => {
    const { facts } = await examine(at.named);
    expect(leaves(facts.chains)).toEqual(['CN=ec']);
    expect(leaves(facts.chainsWithoutName)).toEqual(['CN=fallback']);
    expect(facts.features).toEqual({ needsName: false });
    expect(facts.trust?.some(({ leaf }) => leaf === facts.chainsWithoutName?.[0]?.[0]?.sha256)).toBe(false);
  });

  it('a server that has one certificate sends it all the same', async () => {
    const { facts } = await examine(at.stapled);
    expect(leaves(facts.chainsWithoutName)).toEqual(leaves(facts.chains));
  });

  it('a server that refuses sends none', async () => {
    const { facts } = await examine(at.rejecting);
    expect(facts.chainsWithoutName).toEqual([]);
    expect(facts.features).toEqual({ needsName: true });
  });

  it('is not asked of a service that has no name', async () => {
    const { facts } = await examine(at.named, { sni: undefined });
    expect(facts.chainsWithoutName).toBeUndefined();
    expect(facts.features).toEqual({ needsName: false });
    expect(leaves(facts.chains)).toEqual(['CN=fallback']);
  });
});

describe('a staple', () => {
  it.each([
    ['in the clear', at.stapled],
    ['of TLS 1.3 alone', at.modernStapled],
  ])('is read and verified %s', async (_where, address) => {
    const { facts } = await examine(address);
    expect(facts.staples).toMatchObject([{ leaf: facts.chains?.[0]?.[0]?.sha256, status: 'good', verified: true }]);
    expect(facts.chains?.[0]?.[0]).toMatchObject({ mustStaple: true, ocspAddresses: ['http://127.0.34.99:8099/'] });
  });

  it('that nginx fetches only once it was wanted comes to the second question', async () => {
    const answer = answerOcsp({ dir: directory.path, leaf: pki.rsa, issuer: pki.int });
    let asked = 0;
    const responder = createServer((_request, response) => {
      asked += 1;
      response.setHeader('Content-Type', 'application/ocsp-response').end(answer);
    });
    responder.listen(8099, '127.0.34.99');
    await once(responder, 'listening');
    try {
      const { facts, connections } = await examine(at.lateStaple);
      expect(facts.staples).toMatchObject([{ status: 'good', verified: true }]);
      expect([asked, connections]).toEqual([1, 2]);
    } finally {
      responder.close();
    }
  });

  it('that does not come, though asked for twice, is none', async () => {
    const { facts } = await examine(at.dual);
    expect(facts.staples).toEqual([]);
  });
});

describe('a certificate of the client', () => {
  it.each([
    ['is not asked for', at.dual, { requested: false, authorities: [] }],
    ['is asked for', at.wantsClient, { requested: true, required: false, authorities: ['O=Lab, CN=root'] }],
    [
      'is asked for at TLS 1.3',
      at.wantsClient13,
      { requested: true, required: false, authorities: ['O=Lab, CN=root'] },
    ],
    ['is required', at.needsClient, { requested: true, required: true, authorities: ['O=Lab, CN=root'] }],
    ['is required at TLS 1.3', at.needsClient13, { requested: true, required: true, authorities: ['O=Lab, CN=root'] }],
  ])('%s', async (_what, address, expected) => {
    const { facts } = await examine(address);
    expect(facts.clientCertificate).toEqual(expected);
  });
});

describe('trust beside node:tls', () => {
  it.each(kinds)('agrees about %s', async (kind) => {
    const { facts, dial, extraRoots } = await examine(at.chains, { port: 9000 + kinds.indexOf(kind) });
    const trust = (store: string) => facts.trust?.find((one) => one.store === store);
    expect(trust('lab.pem')?.error).toBe(errors[kind]);
    expect(trust('mozilla')?.trusted).toBe(false);
    if (kind === 'crossSigned')
      expect(trust('other.pem')).toMatchObject({ trusted: true, anchor: 'O=Lab, CN=other-root' });
    const [lab] = extraRoots;
    const options = { sni: 'lab.test', extraRoots: [lab?.pem ?? ''], https: false };
    const { verified } = (await verify(dial, options)).facts;
    expect(verified).toMatchObject({
      trusted: errors[kind] === null,
      nameMatches: kind !== 'wrongName' && kind !== 'clientOnly',
    });
  });
});
