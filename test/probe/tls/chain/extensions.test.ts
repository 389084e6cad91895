import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import * as pkijs from 'pkijs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extensionFacts } from '../../../../src/probe/tls/certificate-extensions.ts';
import { certificateFacts, chainFacts } from '../../../../src/probe/tls/certificates.ts';
import { derAt, derList, derSequence } from '../../../../src/probe/tls/chain/der.ts';
import { distinguishedName } from '../../../../src/probe/tls/chain/distinguished-name.ts';
import { certificateParts } from '../../../../src/probe/tls/chain/extensions.ts';
import { oidText } from '../../../../src/probe/tls/chain/oid.ts';
import { parseCertificateMessage } from '../../../../src/probe/tls/wire/certificate-message.ts';
import { certificateMessage } from '../../../servers/tls-fake.ts';
import { labDirectory } from '../../../servers/tls-lab.ts';
import { createPki, type Issued } from '../../../servers/tls-pki.ts';

let directory: Awaited<ReturnType<typeof labDirectory>>;
let issue: ReturnType<typeof createPki>;
let everything: Issued;
let plain: Issued;
const bundled = getCACertificates('bundled').map((pem) => new X509Certificate(pem).raw);

beforeAll(async () => {
  directory = await labDirectory();
  issue = createPki(join(directory.path, 'pki'));
  plain = issue('plain', { extensions: [] });
  everything = issue('everything', {
    subject: '/C=VN/O=Ủy ban nhân dân tỉnh/CN=lab.test',
    extensions: [
      'basicConstraints = CA:FALSE',
      'keyUsage = critical,digitalSignature,nonRepudiation,keyAgreement,decipherOnly',
      'extendedKeyUsage = serverAuth,clientAuth,1.3.6.1.5.5.7.3.9',
      'certificatePolicies = 2.23.140.1.2.2,1.3.6.1.4.1.99999.1.2.3,2.25.329800735698586629295641978511506172918',
      'tlsfeature = status_request',
      'crlDistributionPoints = URI:http://crl.lab.test/a.crl,URI:ldap://crl.lab.test/b',
      'authorityInfoAccess = OCSP;URI:http://ocsp.lab.test/,caIssuers;URI:http://ca.lab.test/int.crt,OCSP;DNS:not-an-address',
      'nameConstraints = permitted;DNS:gov.test,permitted;IP:10.0.0.0/255.0.0.0,permitted;IP:2001:db8::/ffff:ffff::,permitted;email:.gov.test,permitted;URI:.gov.test,excluded;dirName:dir',
      // Two timestamps of three and of one byte.
      '1.3.6.1.4.1.11129.2.4.2 = DER:04:0a:00:08:00:03:01:02:03:00:01:09',
      'subjectAltName = DNS:lab.test',
      '[dir]',
      'C = VN',
      'O = Lab',
    ],
  });
});
afterAll(() => directory.remove());

describe('what extensions say', () => {
  it('is read, each in its own fact', () => {
    expect(certificateFacts(everything.der)).toMatchObject({
      policies: ['2.23.140.1.2.2', '1.3.6.1.4.1.99999.1.2.3', '2.25.329800735698586629295641978511506172918'],
      scts: 2,
      mustStaple: true,
      crlAddresses: ['http://crl.lab.test/a.crl', 'ldap://crl.lab.test/b'],
      ocspAddresses: ['http://ocsp.lab.test/'],
      issuerAddresses: ['http://ca.lab.test/int.crt'],
      keyUsage: ['digitalSignature', 'nonRepudiation', 'keyAgreement', 'decipherOnly'],
      extendedKeyUsage: ['serverAuth', 'clientAuth', '1.3.6.1.5.5.7.3.9'],
      nameConstraints: {
        permitted: ['dns:gov.test', 'ip:10.0.0.0/8', 'ip:2001:db8:0:0:0:0:0:0/32', 'email:.gov.test', 'uri:.gov.test'],
        excluded: ['dn:C=VN, O=Lab'],
      },
    });
  });

  it('is seen to be absent where it is', () => {
    expect(extensionFacts(plain.der)).toEqual({
      policies: [],
      scts: 0,
      mustStaple: false,
      crlAddresses: [],
      ocspAddresses: [],
      issuerAddresses: [],
      keyUsage: null,
      extendedKeyUsage: null,
      nameConstraints: null,
    });
  });

  it.each([
    ['1.3.6.1.4.1.11129.2.4.2 = DER:04:04:00:08:00:03', 'scts'],
    ['1.3.6.1.5.5.7.1.24 = DER:31:00', 'mustStaple'],
    ['2.5.29.31 = DER:05:00', 'crlAddresses'],
    ['1.3.6.1.5.5.7.1.1 = DER:30:02:30:05', 'ocspAddresses'],
    ['2.5.29.15 = DER:30:00', 'keyUsage'],
    ['2.5.29.30 = DER:30:04:a5:02:30:00', 'nameConstraints'],
  ] as const)('is left out where %s cannot be read', (line, fact) => {
    const { der } = issue(`odd-${fact}`, { extensions: [line] });
    const facts = extensionFacts(der);
    expect(facts[fact]).toBeUndefined();
    expect(facts.policies).toEqual([]);
  });

  it('is cut to what the facts hold', () => {
    const many = (count: number, text: (index: number) => string) =>
      Array.from({ length: count }, (_, at) => text(at)).join(',');
    const { der } = issue('many', {
      extensions: [
        `subjectAltName = ${many(1000, (at) => `DNS:h${at}.lab.test`)}`,
        `certificatePolicies = ${many(60, (at) => `1.2.3.${at}`)}`,
        `crlDistributionPoints = ${many(30, (at) => `URI:http://crl.lab.test/${at}`)},URI:http://crl.lab.test/${'x'.repeat(600)}`,
        `nameConstraints = ${many(250, (at) => `permitted;DNS:n${at}.test`)}`,
      ],
    });
    const facts = certificateFacts(der);
    expect(facts?.names).toHaveLength(1000);
    expect(facts?.policies).toHaveLength(50);
    expect(facts?.crlAddresses).toHaveLength(20);
    expect(facts?.nameConstraints?.permitted).toHaveLength(200);
  });
});

describe('beside pkijs', () => {
  it('the Mozilla roots and the lab say the same', () => {
    for (const der of [...bundled, everything.der, plain.der]) {
      const theirs = pkijs.Certificate.fromBER(new Uint8Array(der));
      const ours = certificateParts(der);
      const extensions = theirs.extensions ?? [];
      expect([...(ours?.extensions ?? [])].map(([oid, { critical }]) => [oid, critical])).toEqual(
        extensions.map(({ extnID, critical }) => [extnID, critical]),
      );
      for (const { extnID, extnValue } of extensions) {
        expect(ours?.extensions.get(extnID)?.value.equals(Buffer.from(extnValue.valueBlock.valueHexView))).toBe(true);
      }
      expect(ours?.version).toBe(theirs.version + 1);
      const subject = theirs.subject.typesAndValues.map(({ type, value }) => [type, value.valueBlock.value]);
      expect(subject.length).toBeGreaterThan(0);
      for (const [, text = ''] of subject)
        expect(distinguishedName(ours?.subject ?? der)).toContain(text.replaceAll(',', '\\,'));
    }
  });

  it('names are those of node:crypto, escapes and all', () => {
    const odd = issue('odd-name', { subject: '/C=VN/O=Lab, "Inc\\+" <x>/CN= lead; and trail ', extensions: [] });
    for (const der of [...bundled, everything.der, odd.der]) {
      const theirs = new X509Certificate(der).subject.replaceAll('\n', ', ');
      expect(distinguishedName(certificateParts(der)?.subject ?? der)).toBe(theirs);
    }
  });
});

describe('hostile DER', () => {
  const mutated = () =>
    fc
      .tuple(
        fc.constantFrom(everything.der, plain.der, ...bundled.slice(0, 10)),
        fc.array(fc.tuple(fc.nat(5000), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      )
      .map(([der, changes]) => {
        const changed = Buffer.from(der);
        for (const [at, byte] of changes) changed[at % changed.length] = byte;
        return changed;
      });

  it('changed in a few bytes never throws, and keeps within the bounds of the facts', () => {
    fc.assert(
      fc.property(mutated(), (der) => {
        const facts = extensionFacts(der);
        certificateFacts(der);
        return (facts.policies ?? []).every((oid) => oid.length <= 64) && (facts.scts ?? 0) <= 100;
      }),
      { numRuns: 3000 },
    );
  });

  it('cut anywhere is no certificate, or says what it said', () => {
    for (let length = 0; length < everything.der.length; length += 1) {
      expect(certificateParts(everything.der.subarray(0, length))).toBeUndefined();
    }
  });

  it('of random bytes is total', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const input = Buffer.from(bytes);
        derList(input);
        derSequence(input);
        distinguishedName(input);
        extensionFacts(input);
        const element = derAt(input);
        return (element?.whole.length ?? 0) <= input.length && (oidText(input)?.length ?? 0) <= 64;
      }),
      { numRuns: 3000 },
    );
  });

  it('nested ten thousand deep costs nothing', () => {
    let der = Buffer.alloc(0);
    for (let depth = 0; depth < 10_000 && der.length < 60_000; depth += 1) {
      der = Buffer.concat([
        Buffer.from(der.length < 128 ? [0x30, der.length] : [0x30, 0x82, der.length >> 8, der.length & 255]),
        der,
      ]);
    }
    expect(extensionFacts(der)).toEqual({});
    expect(certificateFacts(der)).toBeUndefined();
  });

  it('of ten thousand certificates is cut', () => {
    const message = certificateMessage(Array.from({ length: 10_000 }, () => plain.der));
    const chain = parseCertificateMessage(message.subarray(4)) ?? [];
    expect(chain).toHaveLength(20);
    expect(chainFacts([chain])[0]).toHaveLength(20);
  });
});

describe('object identifiers', () => {
  it('are written as openssl writes them', () => {
    const arcs = fc.tuple(
      fc.constantFrom(0, 1, 2),
      fc.nat(39),
      fc.array(fc.nat(0x7fffffff), { minLength: 1, maxLength: 5 }),
    );
    fc.assert(
      fc.property(arcs, ([first, second, rest]) => {
        const text = [first, second, ...rest].join('.');
        const out = join(directory.path, 'oid.der');
        execFileSync('openssl', ['asn1parse', '-genstr', `OID:${text}`, '-noout', '-out', out]);
        return oidText(readFileSync(out).subarray(2)) === text;
      }),
      { numRuns: 25 },
    );
  });
});
