import { createHash, webcrypto, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Asn1 from 'asn1js';
import type * as Pki from 'pkijs';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';

/** A small authority of our own: it signs the gateway's certificate and those of agents, ECDSA over P-256 (RFC 5480). */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const dayMs = 86_400_000;

type Libraries = { readonly pki: typeof Pki; readonly asn1: typeof Asn1 };
type KeyPair = webcrypto.CryptoKeyPair;

const oids = {
  commonName: '2.5.4.3',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectAltName: '2.5.29.17',
  subjectKeyIdentifier: '2.5.29.14',
  authorityKeyIdentifier: '2.5.29.35',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** Loaded when certificates are made, which is once in a while. */
async function libraries(): Promise<Libraries> {
  const [pki, asn1] = await Promise.all([import('pkijs'), import('asn1js')]);
  const crypto = webcrypto as never as Pki.CryptoEngine;
  pki.setEngine('node', new pki.CryptoEngine({ name: 'node', crypto }));
  return { pki, asn1 };
}

/** Files of an authority and its gateway in a folder. */
export const authorityFiles = {
  ca: 'ca.pem',
  caKey: 'ca.key',
  certificate: 'gateway.pem',
  key: 'gateway.key',
} as const;

/** Makes an authority and the certificate of the gateway that is reached by these names or addresses. Never overwrites. */
export async function makeAuthority(folder: string, hosts: readonly string[], days: number): Promise<void> {
  const libs = await libraries();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const inFolder = (name: string) => join(folder, name);
  for (const name of Object.values(authorityFiles)) if (existsSync(inFolder(name))) refuse(inFolder(name), 'exists');
  const root = await newPair();
  const own = await newPair();
  const name = `Ra Soat zones ${new Date().toISOString().slice(0, 10)}`;
  const ca = await issue(libs, {
    subject: name,
    issuer: name,
    publicKey: root.publicKey,
    signer: root.privateKey,
    days,
    use: 'ca',
  });
  const gateway = await issue(libs, {
    subject: hosts[0] ?? '',
    issuer: name,
    publicKey: own.publicKey,
    signer: root.privateKey,
    days,
    use: 'server',
    authority: certificateIn(libs, ca),
    hosts,
  });
  writeNew(inFolder(authorityFiles.caKey), await keyPem(root.privateKey), 0o600);
  writeNew(inFolder(authorityFiles.ca), ca, 0o644);
  writeNew(inFolder(authorityFiles.key), await keyPem(own.privateKey), 0o600);
  writeNew(inFolder(authorityFiles.certificate), gateway, 0o644);
}

/** Makes an agent's key and its request for a certificate (PKCS #10, RFC 2986): the key never leaves the machine. */
export async function makeRequest(
  folder: string,
  name: string,
): Promise<{ readonly key: string; readonly request: string }> {
  const { pki, asn1 } = await libraries();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pair = await newPair();
  const asked = new pki.CertificationRequest();
  asked.subject.typesAndValues.push(nameOf({ pki, asn1 }, name));
  await asked.subjectPublicKeyInfo.importKey(pair.publicKey);
  await asked.sign(pair.privateKey, 'SHA-256');
  const [key, request] = [join(folder, 'agent.key'), join(folder, 'agent.csr')];
  for (const file of [key, request]) if (existsSync(file)) refuse(file, 'exists');
  writeNew(key, await keyPem(pair.privateKey), 0o600);
  writeNew(request, pem('CERTIFICATE REQUEST', asked.toSchema().toBER(false)), 0o644);
  return { key, request };
}

/** Signs an agent's request; gives the certificate and its fingerprint (SHA-256, hexadecimal). Throws UserError. */
export async function signRequest(
  folder: string,
  requestFile: string,
  name: string,
  days: number,
): Promise<{ readonly certificate: string; readonly fingerprint: string; readonly until: string }> {
  const libs = await libraries();
  const publicKey = await keyIn(libs, requestFile);
  const authority = new X509Certificate(readOr(join(folder, authorityFiles.ca)));
  const signer = await readPrivate(join(folder, authorityFiles.caKey));
  const certificate = await issue(libs, {
    subject: name,
    issuer: commonNameOf(authority),
    publicKey,
    signer,
    days,
    use: 'client',
    authority: certificateIn(libs, readOr(join(folder, authorityFiles.ca)).toString('latin1')),
  });
  const made = new X509Certificate(certificate);
  return {
    certificate,
    fingerprint: createHash('sha256').update(made.raw).digest('hex'),
    until: new Date(made.validTo).toISOString(),
  };
}

async function keyIn({ pki }: Libraries, file: string): Promise<webcrypto.CryptoKey> {
  try {
    const body = /-----BEGIN CERTIFICATE REQUEST-----([\s\S]+?)-----END/.exec(readOr(file).toString('latin1'))?.[1];
    const asked = pki.CertificationRequest.fromBER(Buffer.from(body ?? '', 'base64'));
    if (!(await asked.verify())) throw new Error('its signature is not by its own key');
    const key: unknown = await asked.getPublicKey();
    return key as webcrypto.CryptoKey;
  } catch (error) {
    if (error instanceof UserError) throw error;
    return refuse(file, 'bad-request', { reason: error instanceof Error ? error.message : String(error) });
  }
}

const certificateIn = ({ pki }: Libraries, text: string): Pki.Certificate =>
  pki.Certificate.fromBER(Buffer.from(/-----BEGIN CERTIFICATE-----([\s\S]+?)-----END/.exec(text)?.[1] ?? '', 'base64'));

type Wish = {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: webcrypto.CryptoKey;
  readonly signer: webcrypto.CryptoKey;
  readonly days: number;
  readonly use: 'ca' | 'server' | 'client';
  readonly hosts?: readonly string[];
  /** Whose key signs; absent of the authority's own certificate. */
  readonly authority?: Pki.Certificate;
};

/** A key's identifier: the first 160 bits of SHA-256 over it (RFC 7093, 2.1). */
function identifierOf(spki: ArrayBuffer): ArrayBuffer {
  const digest = createHash('sha256').update(Buffer.from(spki)).digest();
  return Uint8Array.from(digest.subarray(0, 20)).buffer;
}

async function issue(libs: Libraries, wish: Wish): Promise<string> {
  const { pki, asn1 } = libs;
  const certificate = new pki.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1.Integer({ valueHex: serial() });
  certificate.subject.typesAndValues.push(nameOf(libs, wish.subject));
  certificate.issuer.typesAndValues.push(nameOf(libs, wish.issuer));
  // Clocks of agents may be behind.
  certificate.notBefore.value = new Date(Date.now() - dayMs);
  certificate.notAfter.value = new Date(Date.now() + wish.days * dayMs);
  await certificate.subjectPublicKeyInfo.importKey(wish.publicKey);
  const authority = wish.use === 'ca' ? certificate : wish.authority;
  if (authority === undefined) throw new Error('no authority');
  certificate.extensions = [
    ...extensionsOf(libs, wish),
    subjectKeyOf(libs, certificate),
    authorityKeyOf(libs, authority),
  ];
  await certificate.sign(wish.signer, 'SHA-256');
  return pem('CERTIFICATE', certificate.toSchema().toBER(false));
}

function extensionsOf({ pki, asn1 }: Libraries, { use, hosts = [] }: Wish): Pki.Extension[] {
  const extension = (extnID: string, critical: boolean, parsed: { toSchema: () => Asn1.BaseBlock }) =>
    new pki.Extension({ extnID, critical, extnValue: parsed.toSchema().toBER(false) });
  // Bits of KeyUsage (RFC 5280, 4.2.1.3): keyCertSign is 5; digitalSignature is 0.
  const usage = new asn1.BitString({
    valueHex: new Uint8Array([use === 'ca' ? 0x04 : 0x80]).buffer,
    unusedBits: use === 'ca' ? 2 : 7,
  });
  return [
    extension(
      oids.basicConstraints,
      true,
      new pki.BasicConstraints(use === 'ca' ? { cA: true, pathLenConstraint: 0 } : {}),
    ),
    new pki.Extension({ extnID: oids.keyUsage, critical: true, extnValue: usage.toBER(false) }),
    ...(use === 'ca'
      ? []
      : [
          extension(
            oids.extendedKeyUsage,
            false,
            new pki.ExtKeyUsage({ keyPurposes: [use === 'server' ? oids.serverAuth : oids.clientAuth] }),
          ),
        ]),
    ...(hosts.length === 0
      ? []
      : [
          extension(
            oids.subjectAltName,
            false,
            new pki.AltName({ altNames: hosts.map((host) => altName({ pki, asn1 }, host)) }),
          ),
        ]),
  ];
}

const subjectKey = ({ subjectPublicKeyInfo }: Pki.Certificate): ArrayBuffer =>
  identifierOf(subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView.slice().buffer);

function subjectKeyOf({ pki, asn1 }: Libraries, certificate: Pki.Certificate): Pki.Extension {
  const octets = new asn1.OctetString({ valueHex: subjectKey(certificate) });
  return new pki.Extension({ extnID: oids.subjectKeyIdentifier, critical: false, extnValue: octets.toBER(false) });
}

function authorityKeyOf({ pki, asn1 }: Libraries, authority: Pki.Certificate): Pki.Extension {
  const identifier = new pki.AuthorityKeyIdentifier({
    keyIdentifier: new asn1.OctetString({ valueHex: subjectKey(authority) }),
  });
  const extnValue = identifier.toSchema().toBER(false);
  return new pki.Extension({ extnID: oids.authorityKeyIdentifier, critical: false, extnValue });
}

function altName({ pki, asn1 }: Libraries, host: string): Pki.GeneralName {
  const [isV4, isV6] = [/^\d+(\.\d+){3}$/.test(host), host.includes(':')];
  if (!isV4 && !isV6) return new pki.GeneralName({ type: 2, value: host });
  const bytes = isV4 ? Uint8Array.from(host.split('.').map(Number)) : ipv6Bytes(host);
  return new pki.GeneralName({ type: 7, value: new asn1.OctetString({ valueHex: bytes.buffer as ArrayBuffer }) });
}

function ipv6Bytes(text: string): Uint8Array {
  const [head = '', tail] = text.split('::');
  const words = (part: string) => (part === '' ? [] : part.split(':').map((word) => parseInt(word, 16)));
  const [front, back] = [words(head), tail === undefined ? [] : words(tail)];
  const all = [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back];
  return Uint8Array.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}

function nameOf({ pki, asn1 }: Libraries, value: string): Pki.AttributeTypeAndValue {
  return new pki.AttributeTypeAndValue({ type: oids.commonName, value: new asn1.Utf8String({ value }) });
}

/** The issuer's name must be, byte for byte, the subject of the authority's certificate: its one common name. */
const commonNameOf = ({ subject }: X509Certificate): string => /^CN=(.*)$/m.exec(subject)?.[1] ?? '';

/** 127 random bits, positive (RFC 5280, 4.1.2.2). */
function serial(): ArrayBuffer {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.buffer;
}

const newPair = (): Promise<KeyPair> => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  return pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', key));
}

async function readPrivate(file: string): Promise<webcrypto.CryptoKey> {
  const body = /-----BEGIN PRIVATE KEY-----([\s\S]+?)-----END/.exec(readOr(file).toString('latin1'))?.[1] ?? '';
  try {
    return await webcrypto.subtle.importKey('pkcs8', Buffer.from(body, 'base64'), algorithm, false, ['sign']);
  } catch (error) {
    return refuse(file, 'unreadable', { reason: error instanceof Error ? error.message : String(error) });
  }
}

function pem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function readOr(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    return refuse(file, 'unreadable', { reason: error instanceof Error ? error.message : String(error) });
  }
}

function writeNew(file: string, content: string, mode: number): void {
  try {
    writeFileSync(file, content, { flag: 'wx', mode });
  } catch (error) {
    refuse(file, 'not-written', { reason: error instanceof Error ? error.message : String(error) });
  }
}

function refuse(file: string, key: string, params?: Record<string, string>): never {
  throw new UserError([{ file, message: message(`zone-agents.${key}`, params) }]);
}
