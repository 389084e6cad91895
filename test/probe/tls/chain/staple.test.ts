import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathCertificate, type PathCertificate } from '../../../../src/probe/tls/chain/path-certificate.ts';
import { stapleFact } from '../../../../src/probe/tls/chain/staple.ts';
import { labDirectory } from '../../../servers/tls-lab.ts';
import { answerOcsp } from '../../../servers/tls-ocsp.ts';
import { caExtensions, createPki, leafExtensions, type Issued } from '../../../servers/tls-pki.ts';

let directory: Awaited<ReturnType<typeof labDirectory>>;
let pki: ReturnType<typeof makePki>;
beforeAll(async () => {
  directory = await labDirectory();
  pki = makePki(join(directory.path, 'pki'));
});
afterAll(() => directory.remove());

function makePki(dir: string) {
  const issue = createPki(dir);
  const root = issue('root', { extensions: caExtensions() });
  const int = issue('int', { issuer: root, extensions: caExtensions() });
  const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
  const rsaInt = issue('rsa-int', { issuer: root, extensions: caExtensions(), algorithm: rsa });
  const edInt = issue('ed-int', {
    issuer: root,
    extensions: caExtensions(),
    algorithm: ['-algorithm', 'ED25519'],
    digest: 'sha256',
  });
  const signer = ['extendedKeyUsage = OCSPSigning', 'authorityKeyIdentifier = keyid'];
  return {
    root,
    int,
    rsaInt,
    edInt,
    leaf: issue('leaf', { issuer: int, subject: '/CN=lab.test', extensions: leafExtensions() }),
    other: issue('other', { issuer: int, subject: '/CN=other.test', extensions: leafExtensions('DNS:other.test') }),
    ofRsa: issue('of-rsa', { issuer: rsaInt, subject: '/CN=lab.test', extensions: leafExtensions() }),
    ofEd: issue('of-ed', { issuer: edInt, subject: '/CN=lab.test', extensions: leafExtensions() }),
    delegate: issue('delegate', { issuer: int, extensions: signer }),
    lateDelegate: issue('late-delegate', { issuer: int, extensions: signer, to: '20250601000000Z' }),
    strangeDelegate: issue('strange-delegate', { issuer: root, extensions: signer }),
    noDelegate: issue('no-delegate', { issuer: int, extensions: ['extendedKeyUsage = serverAuth'] }),
  };
}

const read = ({ der }: Issued): PathCertificate => {
  const certificate = pathCertificate(der);
  if (certificate === undefined) throw new Error('lab certificate cannot be read');
  return certificate;
};

/** The body of a CertificateStatus message. */
const message = (response: Buffer) =>
  Buffer.concat([Buffer.of(1, 0, response.length >> 8, response.length & 255), response]);

const judge = (response: Buffer, leaf: Issued, known: readonly Issued[]) =>
  stapleFact({ leaf: read(leaf), status: message(response) }, known.map(read), Date.now());

describe('a stapled answer', () => {
  it.each(['good', 'revoked', 'unknown'] as const)('%s, signed by the issuer, is verified', async (status) => {
    const response = answerOcsp({ dir: directory.path, leaf: pki.leaf, issuer: pki.int, status });
    const fact = await judge(response, pki.leaf, [pki.int]);
    expect(fact).toMatchObject({ leaf: read(pki.leaf).sha256, status, verified: true });
    const hours = (Date.parse(fact.nextUpdate ?? '') - Date.parse(fact.thisUpdate ?? '')) / 3_600_000;
    expect(hours).toBe(72);
    expect(Math.abs(Date.parse(fact.thisUpdate ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ['the delegate of the issuer', () => pki.delegate, true],
    ['a delegate whose time is over', () => pki.lateDelegate, false],
    ['the delegate of another', () => pki.strangeDelegate, false],
    ['a certificate that is no responder', () => pki.noDelegate, false],
  ] as const)('signed by %s is verified: %s', async (_who, signer, verified) => {
    const response = answerOcsp({ dir: directory.path, leaf: pki.leaf, issuer: pki.int, signer: signer() });
    expect(await judge(response, pki.leaf, [pki.int, pki.root])).toMatchObject({ status: 'good', verified });
    expect(opensslVerifies(response, pki.leaf)).toBe(verified);
  });

  it.each([
    ['RSA', () => [pki.ofRsa, pki.rsaInt] as const, ['-rsigopt', 'rsa_padding_mode:pkcs1']],
    ['RSA-PSS', () => [pki.ofRsa, pki.rsaInt] as const, ['-rsigopt', 'rsa_padding_mode:pss', '-rmd', 'sha384']],
    ['SHA-1', () => [pki.ofRsa, pki.rsaInt] as const, ['-rmd', 'sha1']],
  ] as const)('signed by %s is verified', async (_what, make, more) => {
    const [leaf, issuer] = make();
    const response = answerOcsp({ dir: directory.path, leaf, issuer, more });
    expect(await judge(response, leaf, [issuer])).toMatchObject({ status: 'good', verified: true });
  });

  it('whose issuer is not known is not verified', async () => {
    const response = answerOcsp({ dir: directory.path, leaf: pki.leaf, issuer: pki.int });
    expect(await judge(response, pki.leaf, [pki.root])).toMatchObject({ status: 'good', verified: false });
  });

  it('about another certificate is an error', async () => {
    const response = answerOcsp({ dir: directory.path, leaf: pki.other, issuer: pki.int });
    expect(await judge(response, pki.leaf, [pki.int])).toEqual({
      leaf: read(pki.leaf).sha256,
      status: 'error',
      verified: false,
    });
  });

  it.each([
    ['tryLater', Buffer.from('30030a0103', 'hex')],
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('no answer')],
  ])('that says %s is an error', async (_what, response) => {
    expect(await judge(response, pki.leaf, [pki.int])).toMatchObject({ status: 'error', verified: false });
  });

  it('is never verified with any byte changed, and never throws', async () => {
    const response = answerOcsp({ dir: directory.path, leaf: pki.leaf, issuer: pki.int, more: ['-resp_no_certs'] });
    expect(await judge(response, pki.leaf, [pki.int])).toMatchObject({ verified: true });
    await fc.assert(
      fc.asyncProperty(fc.nat(response.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(response);
        changed[at] = (changed[at] ?? 0) ^ change;
        return !(await judge(changed, pki.leaf, [pki.int])).verified;
      }),
      { numRuns: 2000 },
    );
  });

  it('of random bytes is an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const fact = await stapleFact(
          { leaf: read(pki.leaf), status: Buffer.from(bytes) },
          [read(pki.int)],
          Date.now(),
        );
        return fact.status === 'error' && !fact.verified;
      }),
    );
  });
});

function opensslVerifies(response: Buffer, leaf: Issued): boolean {
  const path = (name: string) => join(directory.path, name);
  writeFileSync(path('check.ocsp'), response);
  writeFileSync(path('check-chain.pem'), readFileSync(pki.root.crt, 'utf8') + readFileSync(pki.int.crt, 'utf8'));
  try {
    const args = [
      '-issuer',
      pki.int.crt,
      '-cert',
      leaf.crt,
      '-respin',
      path('check.ocsp'),
      '-CAfile',
      path('check-chain.pem'),
    ];
    execFileSync('openssl', ['ocsp', ...args, '-no_nonce'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
