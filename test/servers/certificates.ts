import { webcrypto } from 'node:crypto';
import { Integer, Utf8String } from 'asn1js';
import {
  AltName,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  CryptoEngine,
  Extension,
  GeneralName,
  getRandomValues,
  setEngine,
} from 'pkijs';

setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto }));

/** A key and certificate in PEM, and what is needed to sign others. */
export type Identity = {
  readonly certificate: Certificate;
  readonly key: webcrypto.CryptoKey;
  readonly certPem: string;
  readonly keyPem: string;
};

export type CertificateWish = {
  readonly name: string;
  /** Days from now; negative is the past. */
  readonly fromDays?: number;
  readonly untilDays?: number;
  /** Absent: self-signed. */
  readonly issuer?: Identity;
  readonly isCa?: boolean;
  readonly names?: readonly string[];
  readonly algorithm?: 'P-256' | 'RSA-2048' | 'RSA-1024';
};

const dayMs = 86_400_000;

/** Makes a certificate as wished, with no program but Node. */
export async function makeCertificate(wish: CertificateWish): Promise<Identity> {
  const pair = await makeKeys(wish.algorithm ?? 'P-256');
  const certificate = new Certificate();
  certificate.version = 2;
  const serial = getRandomValues(new Uint8Array(8));
  // Positive, as RFC 5280 asks.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = new Integer({ valueHex: serial.buffer });
  certificate.subject.typesAndValues.push(commonName(wish.name));
  const issuer = wish.issuer;
  if (issuer === undefined) certificate.issuer.typesAndValues.push(commonName(wish.name));
  else certificate.issuer = issuer.certificate.subject;
  certificate.notBefore.value = new Date(Date.now() + (wish.fromDays ?? -1) * dayMs);
  certificate.notAfter.value = new Date(Date.now() + (wish.untilDays ?? 180) * dayMs);
  certificate.extensions = extensionsOf(wish);
  await certificate.subjectPublicKeyInfo.importKey(pair.publicKey);
  await certificate.sign(issuer?.key ?? pair.privateKey, 'SHA-256');
  const certPem =
    pem('CERTIFICATE', certificate.toSchema(true).toBER(false)) +
    (issuer === undefined || issuer.certificate.issuer.isEqual(issuer.certificate.subject) ? '' : issuer.certPem);
  const keyPem = pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', pair.privateKey));
  return { certificate, key: pair.privateKey, certPem, keyPem };
}

function makeKeys(algorithm: NonNullable<CertificateWish['algorithm']>): Promise<webcrypto.CryptoKeyPair> {
  return algorithm === 'P-256'
    ? webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    : webcrypto.subtle.generateKey(
        {
          name: 'RSASSA-PKCS1-v1_5',
          modulusLength: algorithm === 'RSA-1024' ? 1024 : 2048,
          publicExponent: new Uint8Array([1, 0, 1]),
          hash: 'SHA-256',
        },
        true,
        ['sign', 'verify'],
      );
}

function commonName(name: string): AttributeTypeAndValue {
  return new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: name }) });
}

function extensionsOf(wish: CertificateWish): Extension[] {
  const constraints = new BasicConstraints({ cA: wish.isCa === true });
  const extensions = [
    new Extension({
      extnID: '2.5.29.19',
      critical: true,
      extnValue: constraints.toSchema().toBER(false),
      parsedValue: constraints,
    }),
  ];
  const names = wish.names ?? (wish.isCa === true ? [] : [wish.name]);
  if (names.length > 0) {
    const alt = new AltName({ altNames: names.map((name) => new GeneralName({ type: 2, value: name })) });
    extensions.push(
      new Extension({ extnID: '2.5.29.17', critical: false, extnValue: alt.toSchema().toBER(false), parsedValue: alt }),
    );
  }
  return extensions;
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
