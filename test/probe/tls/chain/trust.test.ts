import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCACertificates } from 'node:tls';
import { trustFacts } from '../../../../src/probe/tls/chain/trust-facts.ts';
import type { TrustError } from '../../../../src/probe/tls/chain/trust-error.ts';
import { labDirectory } from '../../../servers/tls-lab.ts';
import { caExtensions, createPki, leafExtensions, type Issued } from '../../../servers/tls-pki.ts';
import { cpuMs } from '../../../setup/cpu.ts';

let directory: Awaited<ReturnType<typeof labDirectory>>;
let pki: ReturnType<typeof makePki>;

beforeAll(async () => {
  directory = await labDirectory();
  pki = makePki(join(directory.path, 'pki'));
});
afterAll(() => directory.remove());

function makePki(dir: string) {
  const issue = createPki(dir);
  const ca = (name: string, issuer?: Issued, more: readonly string[] = [], constraints?: string) =>
    issue(name, { ...(issuer === undefined ? {} : { issuer }), extensions: caExtensions(more, constraints) });
  const leaf = (name: string, issuer: Issued, names?: string, more: readonly string[] = []) =>
    issue(name, { issuer, subject: '/CN=lab.test', extensions: leafExtensions(names, more) });
  const root = ca('root');
  const otherRoot = ca('other-root');
  const int = ca('int', root);
  const good = leaf('good', int);
  const deep = Array.from({ length: 11 }).reduce<Issued[]>(
    (all, _, index) => [...all, ca(`d${index}`, all.at(-1) ?? root)],
    [],
  );
  const pathOne = ca('path-one', root, [], 'critical,CA:TRUE,pathlen:0');
  const pathTwo = ca('path-two', pathOne);
  const noBasic = issue('no-basic', { issuer: root, extensions: ['subjectKeyIdentifier = hash'] });
  const notCa = issue('not-ca', { issuer: root, extensions: ['basicConstraints = CA:FALSE'] });
  const usageOnly = issue('usage-only', { issuer: root, extensions: ['keyUsage = keyCertSign'] });
  const noSigning = issue('no-signing', {
    issuer: root,
    extensions: ['basicConstraints = CA:TRUE', 'keyUsage = cRLSign'],
  });
  const expiredInt = issue('expired-int', { issuer: root, extensions: caExtensions(), to: '20250601000000Z' });
  const renewedInt = issue('renewed-int', {
    issuer: root,
    subject: '/O=Lab/CN=expired-int',
    keyOf: expiredInt,
    extensions: caExtensions(),
  });
  const crossed = issue('crossed', {
    issuer: otherRoot,
    subject: '/O=Lab/CN=root',
    keyOf: root,
    extensions: caExtensions(),
  });
  const clientOnly = ca('client-int', root, ['extendedKeyUsage = clientAuth']);
  const serverOnly = ca('server-int', root, ['extendedKeyUsage = serverAuth']);
  const dnsOnly = ca('dns-int', root, [
    'nameConstraints = critical,permitted;DNS:gov.test,excluded;DNS:secret.gov.test',
  ]);
  const dotted = ca('dot-int', root, ['nameConstraints = permitted;DNS:.gov.test']);
  const ipOnly = ca('ip-int', root, [
    'nameConstraints = permitted;IP:10.0.0.0/255.0.0.0,excluded;IP:10.9.0.0/255.255.0.0',
  ]);
  const mailOnly = ca('mail-int', root, ['nameConstraints = permitted;email:gov.test']);
  const twin = issue('int-twin', {
    issuer: root,
    subject: '/O=Lab/CN=int',
    extensions: ['basicConstraints = CA:TRUE'],
  });
  const twinned = issue('twinned', {
    issuer: int,
    extensions: ['subjectAltName = DNS:lab.test', 'authorityKeyIdentifier = none'],
  });
  const selfSigned = issue('self', { subject: '/CN=lab.test', extensions: leafExtensions().slice(0, -1) });
  const v1 = issue('v1', { subject: '/CN=v1 root', extensions: [] });
  const v1Int = issue('v1-int', { issuer: root, extensions: [] });
  return {
    root,
    otherRoot,
    int,
    good,
    deep,
    pathOne,
    pathTwo,
    noBasic,
    notCa,
    usageOnly,
    noSigning,
    expiredInt,
    renewedInt,
    crossed,
    clientOnly,
    serverOnly,
    dnsOnly,
    dotted,
    ipOnly,
    mailOnly,
    twin,
    twinned,
    selfSigned,
    expired: issue('expired', { issuer: int, extensions: leafExtensions(), to: '20250601000000Z' }),
    future: issue('future', { issuer: int, extensions: leafExtensions(), from: '20400101000000Z' }),
    ofDeep: leaf('of-deep', deep[10] ?? root),
    ofNinth: leaf('of-ninth', deep[7] ?? root),
    ofPath: leaf('of-path', pathTwo),
    ofPathOne: leaf('of-path-one', pathOne),
    ofNoBasic: leaf('of-no-basic', noBasic, undefined),
    ofNotCa: issue('of-not-ca', { issuer: notCa, extensions: ['subjectAltName = DNS:lab.test'] }),
    ofUsageOnly: issue('of-usage-only', { issuer: usageOnly, extensions: ['subjectAltName = DNS:lab.test'] }),
    ofNoSigning: issue('of-no-signing', { issuer: noSigning, extensions: ['subjectAltName = DNS:lab.test'] }),
    ofExpiredInt: leaf('of-expired-int', expiredInt),
    ofClientOnly: leaf('of-client-only', clientOnly),
    ofServerOnly: leaf('of-server-only', serverOnly),
    clientLeaf: issue('client-leaf', { issuer: int, extensions: ['extendedKeyUsage = clientAuth'] }),
    signingLeaf: issue('signing-leaf', { issuer: int, extensions: ['keyUsage = critical,cRLSign'] }),
    anyLeaf: issue('any-leaf', { issuer: int, extensions: ['extendedKeyUsage = anyExtendedKeyUsage'] }),
    critical: issue('critical', { issuer: int, extensions: [...leafExtensions(), '1.2.3.4.5 = critical,ASN1:NULL'] }),
    inDns: leaf('in-dns', dnsOnly, 'DNS:www.gov.test,DNS:GOV.test'),
    outDns: leaf('out-dns', dnsOnly, 'DNS:www.gov.test,DNS:bank.test'),
    excludedDns: leaf('excluded-dns', dnsOnly, 'DNS:a.secret.gov.test'),
    lookalike: leaf('lookalike', dnsOnly, 'DNS:notgov.test'),
    commonNameOut: issue('cn-out', {
      issuer: dnsOnly,
      subject: '/CN=bank.test',
      extensions: ['extendedKeyUsage = serverAuth'],
    }),
    underDot: leaf('under-dot', dotted, 'DNS:www.gov.test'),
    theDot: leaf('the-dot', dotted, 'DNS:gov.test'),
    inIp: leaf('in-ip', ipOnly, 'IP:10.1.2.3'),
    outIp: leaf('out-ip', ipOnly, 'IP:11.1.2.3'),
    excludedIp: leaf('excluded-ip', ipOnly, 'IP:10.9.2.3'),
    inMail: leaf('in-mail', mailOnly, 'DNS:lab.test,email:a@gov.test'),
    outMail: leaf('out-mail', mailOnly, 'DNS:lab.test,email:a@bank.test'),
    direct: leaf('direct', root),
    v1,
    v1Int,
    ofV1: issue('of-v1', { issuer: v1, extensions: ['subjectAltName = DNS:lab.test'] }),
    ofV1Int: issue('of-v1-int', { issuer: v1Int, extensions: ['subjectAltName = DNS:lab.test'] }),
  };
}

type Case = {
  readonly leaf: Issued;
  readonly sent: readonly Issued[];
  readonly roots?: readonly Issued[];
};

const now = Date.parse('2026-11-22T00:00:00Z');

function ours({ leaf, sent, roots = [pki.root] }: Case) {
  const pem = roots.map((one) => one.pem).join('');
  const facts = trustFacts([[leaf, ...sent].map(({ der }) => der)], [{ name: 'lab.pem', pem }], now);
  return facts.find(({ store }) => store === 'lab.pem');
}

/** `openssl verify` at the same clock, and what it says. */
function opensslSays({ leaf, sent, roots = [pki.root] }: Case): { trusted: boolean; said: string } {
  const path = (name: string) => join(directory.path, name);
  writeFileSync(path('roots.pem'), roots.map((one) => one.pem).join(''));
  writeFileSync(path('sent.pem'), sent.map((one) => one.pem).join(''));
  const untrusted = sent.length === 0 ? [] : ['-untrusted', path('sent.pem')];
  const args = ['-no-CApath', '-no-CAstore', '-purpose', 'sslserver', '-attime', String(now / 1000)];
  try {
    const said = execFileSync('openssl', ['verify', ...args, '-CAfile', path('roots.pem'), ...untrusted, leaf.crt], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { trusted: true, said };
  } catch (error) {
    return { trusted: false, said: (error as { stderr: string }).stderr };
  }
}

const cases: Record<string, [() => Case, TrustError | null, RegExp?]> = {
  'a good chain': [() => ({ leaf: pki.good, sent: [pki.int] }), null],
  'a good chain with its root': [() => ({ leaf: pki.good, sent: [pki.int, pki.root] }), null],
  'a chain in the wrong order': [() => ({ leaf: pki.good, sent: [pki.root, pki.int] }), null],
  'superfluous certificates': [
    () => ({ leaf: pki.good, sent: [pki.selfSigned, pki.otherRoot, pki.pathTwo, pki.int, pki.good, pki.int] }),
    null,
  ],
  'a leaf signed by the root itself': [() => ({ leaf: pki.direct, sent: [] }), null],
  'a missing intermediate': [
    () => ({ leaf: pki.good, sent: [] }),
    'missing-intermediate',
    /unable to get local issuer/,
  ],
  'the wrong intermediate': [() => ({ leaf: pki.good, sent: [pki.pathOne] }), 'missing-intermediate'],
  'a root that is not in the store': [
    () => ({ leaf: pki.good, sent: [pki.int, pki.root], roots: [pki.otherRoot] }),
    'unknown-root',
    /self-signed certificate in certificate chain/,
  ],
  'an issuer that is not in the store': [
    () => ({ leaf: pki.good, sent: [pki.int], roots: [pki.otherRoot] }),
    'unknown-issuer',
    /unable to get issuer certificate|unable to get local issuer/,
  ],
  'a self-signed certificate': [() => ({ leaf: pki.selfSigned, sent: [] }), 'self-signed', /self-signed certificate/],
  'a self-signed certificate in the store': [() => ({ leaf: pki.selfSigned, sent: [], roots: [pki.selfSigned] }), null],
  'an expired leaf': [() => ({ leaf: pki.expired, sent: [pki.int] }), 'expired', /has expired/],
  'a leaf of the future': [() => ({ leaf: pki.future, sent: [pki.int] }), 'not-yet-valid', /not yet valid/],
  'an expired intermediate': [
    () => ({ leaf: pki.ofExpiredInt, sent: [pki.expiredInt] }),
    'issuer-expired',
    /has expired/,
  ],
  'an expired intermediate beside its renewal': [
    () => ({ leaf: pki.ofExpiredInt, sent: [pki.expiredInt, pki.renewedInt] }),
    null,
  ],
  'a root cross-signed by one in the store': [
    () => ({ leaf: pki.good, sent: [pki.int, pki.crossed], roots: [pki.otherRoot] }),
    null,
  ],
  'a CA without basicConstraints': [() => ({ leaf: pki.ofNoBasic, sent: [pki.noBasic] }), 'not-a-ca', /invalid CA/],
  'a CA by CA:FALSE': [() => ({ leaf: pki.ofNotCa, sent: [pki.notCa] }), 'not-a-ca', /invalid CA/],
  'a CA by key usage alone': [() => ({ leaf: pki.ofUsageOnly, sent: [pki.usageOnly] }), 'not-a-ca', /invalid CA/],
  'a root of version 1': [() => ({ leaf: pki.ofV1, sent: [], roots: [pki.v1] }), null],
  'an intermediate of version 1': [() => ({ leaf: pki.ofV1Int, sent: [pki.v1Int] }), 'not-a-ca', /invalid CA/],
  'a CA that may not sign certificates': [
    () => ({ leaf: pki.ofNoSigning, sent: [pki.noSigning] }),
    'missing-intermediate',
  ],
  'one CA under pathlen:0': [() => ({ leaf: pki.ofPathOne, sent: [pki.pathOne] }), null],
  'two CAs under pathlen:0': [
    () => ({ leaf: pki.ofPath, sent: [pki.pathTwo, pki.pathOne] }),
    'path-too-long',
    /path length constraint exceeded/,
  ],
  'a usage for clients alone': [
    () => ({ leaf: pki.clientLeaf, sent: [pki.int] }),
    'wrong-usage',
    /unsuitable|unsupported certificate purpose/,
  ],
  'any usage, which OpenSSL does not take': [() => ({ leaf: pki.anyLeaf, sent: [pki.int] }), 'wrong-usage'],
  'a key that may not sign handshakes': [() => ({ leaf: pki.signingLeaf, sent: [pki.int] }), 'wrong-usage'],
  'a CA for clients alone': [() => ({ leaf: pki.ofClientOnly, sent: [pki.clientOnly] }), 'wrong-usage'],
  'a CA for servers': [() => ({ leaf: pki.ofServerOnly, sent: [pki.serverOnly] }), null],
  'an unknown critical extension': [
    () => ({ leaf: pki.critical, sent: [pki.int] }),
    'critical-extension',
    /unhandled critical extension/,
  ],
  'names within the permitted': [() => ({ leaf: pki.inDns, sent: [pki.dnsOnly] }), null],
  'a name outside of the permitted': [
    () => ({ leaf: pki.outDns, sent: [pki.dnsOnly] }),
    'name-constraints',
    /permitted subtree violation/,
  ],
  'an excluded name': [
    () => ({ leaf: pki.excludedDns, sent: [pki.dnsOnly] }),
    'name-constraints',
    /excluded subtree violation/,
  ],
  'a name that only ends like the permitted': [
    () => ({ leaf: pki.lookalike, sent: [pki.dnsOnly] }),
    'name-constraints',
  ],
  'a common name outside of the permitted': [
    () => ({ leaf: pki.commonNameOut, sent: [pki.dnsOnly] }),
    'name-constraints',
  ],
  'a name under a dot': [() => ({ leaf: pki.underDot, sent: [pki.dotted] }), null],
  'the name of the dot itself': [() => ({ leaf: pki.theDot, sent: [pki.dotted] }), 'name-constraints'],
  'a permitted address': [() => ({ leaf: pki.inIp, sent: [pki.ipOnly] }), null],
  'an address outside': [() => ({ leaf: pki.outIp, sent: [pki.ipOnly] }), 'name-constraints'],
  'an excluded address': [() => ({ leaf: pki.excludedIp, sent: [pki.ipOnly] }), 'name-constraints'],
  'a permitted mailbox': [() => ({ leaf: pki.inMail, sent: [pki.mailOnly] }), null],
  'a mailbox outside': [() => ({ leaf: pki.outMail, sent: [pki.mailOnly] }), 'name-constraints'],
  'an issuer of the same name and another key': [
    () => ({ leaf: pki.twinned, sent: [pki.twin] }),
    'bad-signature',
    /signature failure/,
  ],
  'both issuers of that name': [() => ({ leaf: pki.twinned, sent: [pki.int, pki.twin] }), null],
  'eight CAs, deepest first': [() => ({ leaf: pki.ofNinth, sent: pki.deep.slice(0, 8).toReversed() }), null],
};

describe('trust by our own path building', () => {
  it.each(Object.entries(cases))('judges %s as openssl does', (_name, [make, error, word]) => {
    const given = make();
    const peer = opensslSays(given);
    expect(ours(given)).toMatchObject({ trusted: error === null, error });
    expect(peer.trusted, peer.said).toBe(error === null);
    if (word !== undefined) expect(peer.said).toMatch(word);
  });

  it('names the anchor that a path ends in, also of one that is not trusted', () => {
    expect(ours({ leaf: pki.good, sent: [pki.int] })?.anchor).toBe('O=Lab, CN=root');
    expect(ours({ leaf: pki.expired, sent: [pki.int] })?.anchor).toBe('O=Lab, CN=root');
    expect(ours({ leaf: pki.good, sent: [pki.int], roots: [pki.otherRoot] })?.anchor).toBeNull();
  });

  it('goes past a root that is not in the store, at which openssl stops and browsers do not', () => {
    const given = { leaf: pki.good, sent: [pki.root, pki.crossed, pki.int], roots: [pki.otherRoot] };
    expect(ours(given)).toMatchObject({ trusted: true, anchor: 'O=Lab, CN=other-root' });
    expect(opensslSays(given).said).toMatch(/self-signed certificate in certificate chain/);
  });

  it('goes no deeper than ten certificates below the anchor', () => {
    expect(ours({ leaf: pki.ofDeep, sent: pki.deep })).toMatchObject({ trusted: false, error: 'too-deep' });
  });

  it('judges each store apart, what is trusted first', () => {
    const roots = [
      { name: 'other.pem', pem: pki.otherRoot.pem },
      { name: 'lab.pem', pem: pki.root.pem },
    ];
    const facts = trustFacts([[pki.good.der, pki.int.der]], roots, now);
    expect(facts.map(({ store, error }) => [store, error])).toEqual([
      ['lab.pem', null],
      ['mozilla', 'unknown-issuer'],
      ['other.pem', 'unknown-issuer'],
    ]);
  });

  it('does not lend a server the intermediate that its store or another chain has', () => {
    const pem = pki.root.pem + pki.int.pem;
    const alone = trustFacts([[pki.good.der]], [{ name: 'lab.pem', pem }], now);
    expect(alone.find(({ store }) => store === 'lab.pem')?.error).toBe('missing-intermediate');
    // The path breaks at the second CA, which another chain of the service has.
    const chains = [
      [pki.ofPath.der, pki.pathTwo.der],
      [pki.ofPathOne.der, pki.pathOne.der],
    ];
    const facts = trustFacts(chains, [{ name: 'lab.pem', pem: pki.root.pem }], now);
    expect(facts.filter(({ store }) => store === 'lab.pem').map(({ error }) => error)).toEqual([
      null,
      'unknown-issuer',
    ]);
    const good = trustFacts(
      [
        [pki.good.der, pki.int.der],
        [pki.direct.der, pki.crossed.der],
      ],
      [{ name: 'lab.pem', pem: pki.otherRoot.pem }],
      now,
    );
    expect(good.filter(({ store }) => store === 'lab.pem').map(({ error }) => error)).toEqual([
      null,
      'missing-intermediate',
    ]);
  });

  it('takes a file that holds no root at its word', () => {
    expect(ours({ leaf: pki.good, sent: [], roots: [pki.int] })).toMatchObject({
      trusted: true,
      anchor: 'O=Lab, CN=int',
    });
  });

  it('reports a leaf sent in two chains by the worse of them', () => {
    const facts = trustFacts(
      [[pki.good.der, pki.int.der], [pki.good.der]],
      [{ name: 'lab.pem', pem: pki.root.pem }],
      now,
    );
    expect(facts.filter(({ store }) => store === 'lab.pem').map(({ error }) => error)).toEqual([
      'missing-intermediate',
    ]);
  });

  it('trusts each Mozilla root by itself, or tells what is wrong, as openssl does', () => {
    const pems = getCACertificates('bundled').slice(0, 20);
    for (const [index, pem] of pems.entries()) {
      const crt = join(directory.path, `m${index}.crt`);
      writeFileSync(crt, pem);
      const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
      const issued = { name: '', crt, key: '', pem, der };
      const peer = opensslSays({ leaf: issued, sent: [], roots: [issued] });
      expect(trustFacts([[der]], [], now)[0]?.trusted, peer.said).toBe(peer.trusted);
    }
  });
});

describe('hostile chains', () => {
  it('of many certificates of one name and key end soon', () => {
    const issue = createPki(join(directory.path, 'maze'));
    const first = issue('maze', { extensions: ['basicConstraints = CA:TRUE'] });
    const others = Array.from({ length: 12 }, (_, index) =>
      issue(`maze${index}`, {
        issuer: first,
        subject: '/O=Lab/CN=maze',
        keyOf: first,
        extensions: ['basicConstraints = CA:TRUE'],
      }),
    );
    const leaf = issue('lost', { issuer: first, extensions: ['subjectAltName = DNS:lab.test'] });
    const build = () => trustFacts([[leaf, ...others].map(({ der }) => der)], [], now);
    expect(cpuMs(build)).toBeLessThan(1000);
    expect(build()[0]).toMatchObject({ trusted: false, error: 'too-deep' });
  });

  it('never make it throw, and are never trusted when a byte of the leaf is changed', () => {
    const { good, int, root } = pki;
    fc.assert(
      fc.property(fc.nat(good.der.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(good.der);
        changed[at] = (changed[at] ?? 0) ^ change;
        const facts = trustFacts([[changed, int.der]], [{ name: 'lab.pem', pem: root.pem }], now);
        return facts.every(({ trusted }) => !trusted);
      }),
      { numRuns: 1000 },
    );
  });

  it('with any byte of an intermediate changed never make it throw', () => {
    const { good, int, root } = pki;
    fc.assert(
      fc.property(fc.nat(int.der.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(int.der);
        changed[at] = (changed[at] ?? 0) ^ change;
        const facts = trustFacts([[good.der, changed]], [{ name: 'lab.pem', pem: root.pem }], now);
        return facts.every(({ trusted }) => !trusted);
      }),
      { numRuns: 1000 },
    );
  });
});
