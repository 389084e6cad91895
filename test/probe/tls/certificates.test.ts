import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateNames } from '../../../src/probe/tls/certificate-names.ts';
import { certificateFacts, chainFacts } from '../../../src/probe/tls/certificates.ts';
import { secondReader } from '../../../src/probe/tls/second-opinion.ts';
import { serverNameOf, serviceOf } from '../../../src/probe/tls/service.ts';
import { labDirectory } from '../../servers/tls-lab.ts';
import { serviceTarget, webTarget } from '../../servers/tls-wire.ts';

let directory: Awaited<ReturnType<typeof labDirectory>>;
beforeAll(async () => {
  directory = await labDirectory();
});
afterAll(() => directory.remove());

/** A self-signed certificate made by openssl. */
function make(name: string, key: readonly string[], ...more: string[]): Buffer {
  const out = `${directory.path}/${name}`;
  const common = ['-nodes', '-keyout', `${out}.key`, '-out', `${out}.der`, '-outform', 'DER', '-days', '30'];
  execFileSync('openssl', ['req', '-x509', '-subj', '/CN=x', ...common, ...key, ...more], { stdio: 'pipe' });
  return readFileSync(`${out}.der`);
}

describe('certificateFacts', () => {
  it.each([
    ['rsa', 2048, ['-newkey', 'rsa:2048', '-sha256'], 'sha256WithRSAEncryption'],
    ['rsa', 1024, ['-newkey', 'rsa:1024', '-sha1'], 'sha1WithRSAEncryption'],
    ['ec', 384, ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384'], 'ecdsa-with-SHA384'],
    ['ec', 256, ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1', '-sha256'], 'ecdsa-with-SHA256'],
    ['ed25519', 256, ['-newkey', 'ed25519'], 'ED25519'],
    ['ed448', 456, ['-newkey', 'ed448'], 'ED448'],
  ] as const)('reads a key of %s with %i bits', (keyType, keyBits, args, signature) => {
    const facts = certificateFacts(make(`${keyType}${keyBits}`, args));
    expect(facts).toMatchObject({ keyType, keyBits, signature, selfIssued: true, subject: 'CN=x' });
  });

  it('does not take a certificate whose dates are none', () => {
    const der = make('dates', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    const at = der.indexOf(Buffer.of(0x17, 13));
    expect(at).toBeGreaterThan(0);
    for (let place = at; place < at + 15; place += 1) {
      for (let value = 0; value < 256; value += 5) {
        const spoilt = Buffer.from(der);
        spoilt[place] = value;
        const facts = certificateFacts(spoilt);
        if (facts !== undefined) expect(facts.notBefore).toMatch(/^(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
      }
    }
  });

  it('says what openssl says of dates, serial and fingerprint', () => {
    const der = make('plain', ['-newkey', 'rsa:2048']);
    const facts = certificateFacts(der);
    const said = execFileSync(
      'openssl',
      ['x509', '-inform', 'DER', '-noout', '-serial', '-fingerprint', '-sha256', '-dates', '-dateopt', 'iso_8601'],
      { input: der, encoding: 'utf8' },
    );
    expect(said).toContain(`serial=${facts?.serial ?? ''}`);
    expect(said.toLowerCase().replaceAll(':', '')).toContain(facts?.sha256);
    expect(said).toContain(facts?.notAfter.replace('T', ' ').replace('.000Z', 'Z'));
    expect(facts?.der).toBe(der.toString('base64'));
  });

  it('leaves out what is no certificate, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => certificateFacts(Buffer.from(bytes)) === undefined),
    );
  });

  it('survives a certificate with any byte changed', () => {
    const der = make('mutated', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(der);
        changed[at] = (changed[at] ?? 0) ^ change;
        certificateFacts(changed);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('chainFacts', () => {
  it('cuts a chain where it cannot be read, drops one without a leaf, and keeps each once', () => {
    const der = make('chain', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    const rubbish = Buffer.from('no certificate');
    expect(chainFacts([[rubbish, der]])).toEqual([]);
    const chains = chainFacts([[der, rubbish, der], [der], [der, der]]);
    expect(chains.map((chain) => chain.length)).toEqual([1, 2]);
    expect(chainFacts([Array.from({ length: 50 }, () => der)])[0]?.length).toBe(20);
  });
});

describe('certificateNames', () => {
  it('keeps a name with a comma in one piece', () => {
    const config = `${directory.path}/names.cnf`;
    writeFileSync(
      config,
      `[req]
distinguished_name = dn
x509_extensions = ext
[dn]
[ext]
subjectAltName = @names
[names]
DNS.1 = a.test
DNS.2 = B.Test
IP.1 = 192.0.2.1
IP.2 = 2001:db8::1
email.1 = x@y.test
DNS.3 = evil, DNS:bank.test
`,
    );
    const facts = certificateFacts(make('names', ['-newkey', 'ed25519'], '-config', config));
    expect([...(facts?.names ?? [])].sort()).toEqual(
      ['192.0.2.1', '2001:db8:0:0:0:0:0:1', 'a.test', 'b.test', 'evil, dns:bank.test'].sort(),
    );
  });

  it('unquotes, and cannot be made to see two names in one', () => {
    expect(certificateNames('DNS:"a.test, DNS:bank.test", DNS:c.test')).toEqual(['a.test, dns:bank.test', 'c.test']);
    fc.assert(
      fc.property(fc.string(), (name) => {
        const names = certificateNames(`DNS:${JSON.stringify(name)}, DNS:c.test`);
        expect(names).toContain('c.test');
        expect(names.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('is total and bounded', () => {
    fc.assert(fc.property(fc.string({ maxLength: 3000 }), (text) => certificateNames(text).length <= 1000));
    expect(certificateNames(Array.from({ length: 3000 }, (_, index) => `DNS:h${index}.test`).join(', ')).length).toBe(
      1000,
    );
  });
});

describe('where and by which name', () => {
  it.each([
    [webTarget('127.0.31.1'), { port: 443, https: true }],
    [webTarget('127.0.31.1', { name: 'lab.test', port: 8443 }), { port: 8443, https: true }],
    [serviceTarget('127.0.31.1', 993), { port: 993, https: false }],
    [{ ...webTarget('127.0.31.1'), endpoint: { kind: 'web' as const, url: 'http://lab.test/' } }, undefined],
    [{ ...webTarget('127.0.31.1'), kind: 'host' as const }, undefined],
  ])('a service is found', (target, service) => {
    expect(serviceOf(target)).toEqual(service);
  });

  it.each([
    ['lab.test', 'lab.test'],
    ['LAB.test.', 'lab.test'],
    ['tỉnh.vn', 'xn--tnh-dlz.vn'],
    ['127.0.31.1', undefined],
    ['2001:db8::1', undefined],
    [undefined, undefined],
  ])('%s is asked for as %s', (name, sni) => {
    expect(serverNameOf(webTarget('127.0.31.1', name === undefined ? {} : { name }))).toBe(sni);
  });

  it('the second reader names the version that is installed', () => {
    const url = new URL('../../../node_modules/ssl-checker/package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(url, 'utf8')) as { version: string };
    expect(secondReader).toBe(`ssl-checker ${version}`);
  });
});
