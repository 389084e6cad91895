import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCertificates } from '../servers/tls-certificates.ts';
import { startFake } from '../servers/tls-fake.ts';
import { startNginx } from '../servers/web-daemon.ts';
import { findingsOf, rasoat, scratch, type PublishedFinding } from './cli.ts';
import { sketchInventory } from './inventory.ts';

const folder = scratch();
const running: { readonly stop: () => Promise<unknown> }[] = [];
let findings: readonly PublishedFinding[] = [];

beforeAll(async () => {
  const { rsa, ec } = await makeCertificates(folder.path);
  const leaf = new X509Certificate(readFileSync(rsa.chain)).raw;
  // A daemon from before 2011: SSLv2 alone, and the key of the portal.
  const old = await startFake('127.0.42.2', 465, (first) => (first[0] === 0x80 ? sslv2Hello(leaf) : 'close'));
  const server = (address: string, { chain, key }: typeof rsa) =>
    `server { listen ${address}:443 ssl; ssl_certificate ${chain}; ssl_certificate_key ${key}; return 200 x; }`;
  const nginx = await startNginx(`${server('127.0.42.1', rsa)} ${server('127.0.42.3', ec)}`, {
    host: '127.0.42.1',
    port: 443,
  });
  running.push(old, nginx);
  const web = (address: string) => ({ kind: 'web', url: `https://${address}/` });
  writeFileSync(
    folder.file('inventory.yaml'),
    sketchInventory([
      { id: 'cong', endpoints: [web('127.0.42.1')] },
      { id: 'khac-khoa', endpoints: [web('127.0.42.3')] },
      { id: 'thu-cu', endpoints: [{ kind: 'host', host: '127.0.42.2', services: [{ port: 465, tls: true }] }] },
    ]),
  );
  const scan = [
    'scan',
    '--inventory',
    folder.file('inventory.yaml'),
    '--out',
    folder.file('out'),
    '--ports',
    'connect',
  ];
  const { code, err } = await rasoat([...scan, '--no-report']);
  expect(code, err).toBe(1);
  findings = await findingsOf(folder.file('out'));
});

afterAll(async () => {
  for (const { stop } of running) await stop();
  folder.remove();
});

const ofKey = (system: string) => findings.find((one) => one.system === system && one.check === 'tls-sslv2-key');

it('a server without SSLv2 is told of the one that accepts it with the same key', () => {
  expect(ofKey('cong')?.outcome).toBe('fail');
  expect(ofKey('cong')?.evidence.map(({ saw }) => saw)).toEqual(['127.0.42.2:465 [127.0.42.2]']);
  expect(findings.filter(({ system, check }) => system === 'cong' && check === 'tls-sslv2-key')).toHaveLength(1);
});

it('another key passes, and the old service is not its own neighbour', () => {
  expect(ofKey('khac-khoa')?.outcome).toBe('pass');
  expect(ofKey('thu-cu')?.outcome).toBe('pass');
  expect(findings.find(({ system, check }) => system === 'thu-cu' && check === 'tls-protocols')?.outcome).toBe('fail');
});

it('judging again gives the same', async () => {
  const { code, out, err } = await rasoat(['rejudge', '--out', folder.file('out'), '--json']);
  expect(code, err).toBe(1);
  expect(out).not.toContain('tls-sslv2-key');
});

/** An SSLv2 SERVER-HELLO with one cipher kind (SSL_CK_RC4_128_WITH_MD5). */
function sslv2Hello(certificate: Buffer): Buffer {
  const u16 = (value: number) => Buffer.of(value >> 8, value & 255);
  const lengths = [0x0002, certificate.length, 3, 16].map(u16);
  const body = Buffer.concat([Buffer.of(4, 0, 1), ...lengths, certificate, Buffer.of(1, 0, 0x80), Buffer.alloc(16)]);
  return Buffer.concat([u16(0x8000 | body.length), body]);
}
