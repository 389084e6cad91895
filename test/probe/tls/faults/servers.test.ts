import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directDial } from '../../../../src/probe/tls/exchange.ts';
import { probeCbcPadding } from '../../../../src/probe/tls/faults/cbc-padding.ts';
import { findOldNode, oldNodes, startOldNode, type OldNodeVersion } from '../../../servers/old-node.ts';
import { makeCertificates, type LabCertificates } from '../../../servers/tls-certificates.ts';
import { nginxTls, onAddress } from '../../../servers/tls-configs.ts';
import { labDirectory, startNginx } from '../../../servers/tls-lab.ts';
import type { RunningServer } from '../../../servers/process.ts';
import { openWire } from '../../../servers/tls-wire.ts';
import { observeFaults } from './observe-faults.ts';

const run = promisify(execFile);
const host = {
  modern: '127.0.79.11',
  intermediate: '127.0.79.12',
  old: '127.0.79.13',
  stateful: '127.0.79.14',
} as const;

let directory: Awaited<ReturnType<typeof labDirectory>>;
let certificates: LabCertificates;
let nginx: RunningServer;

beforeAll(async () => {
  directory = await labDirectory();
  certificates = await makeCertificates(directory.path);
  const { rsa, ec } = certificates;
  nginx = await startNginx({
    dir: directory.path,
    servers: [
      onAddress(host.modern, [...nginxTls.modern(ec), 'ssl_early_data on']),
      onAddress(host.intermediate, nginxTls.intermediate(rsa, ec)),
      onAddress(host.old, [...nginxTls.old(rsa, ec), 'ssl_session_cache shared:a:1m', 'ssl_session_timeout 10m']),
      onAddress(host.stateful, [...nginxTls.intermediate(rsa), 'ssl_session_tickets off']),
    ],
  });
});

afterAll(async () => {
  await nginx.stop();
  await directory.remove();
});

describe('nginx with OpenSSL 3', () => {
  it('of TLS 1.3 alone is asked about its sessions and nothing else', async () => {
    const { faults, features, connections } = await observeFaults(host.modern, 443);
    expect(faults).toBeUndefined();
    expect(features).toEqual({ pskResumption: true, ticketLifetime: 300, earlyData: 16_384 });
    expect(connections).toBeLessThanOrEqual(3);
  });

  it('of the intermediate configuration has no fault', async () => {
    const { faults, features, connections } = await observeFaults(host.intermediate, 443);
    expect(faults).toEqual({ heartbeatOverread: false, earlyChangeCipherSpec: false, ticketOverread: false });
    expect(features).toEqual({
      clientRenegotiation: false,
      sessionIdResumption: false,
      ticketResumption: true,
      ticketLifetime: 300,
      pskResumption: true,
      earlyData: 0,
    });
    expect(connections).toBeLessThanOrEqual(12);
  });

  it('of the old configuration has none either, and shares sessions by id', async () => {
    const { faults, features, connections } = await observeFaults(host.old, 443);
    expect(faults).toEqual({
      heartbeatOverread: false,
      earlyChangeCipherSpec: false,
      ticketOverread: false,
      pkcs1Oracle: 'none',
      cbcPaddingIgnored: false,
    });
    expect(features).toMatchObject({ sessionIdResumption: true, ticketResumption: true, ticketLifetime: 600 });
    expect(connections).toBeLessThanOrEqual(22);
  });

  it('without tickets resumes nothing', async () => {
    const { faults, features, connections } = await observeFaults(host.stateful, 443);
    expect(faults).not.toHaveProperty('ticketOverread');
    expect(features).toMatchObject({ sessionIdResumption: false, ticketResumption: false, pskResumption: false });
    expect(connections).toBeLessThanOrEqual(12);
  });

  it('is observed alike within two connections at a time', async () => {
    const { faults } = await observeFaults(host.old, 443, { limits: { connections: 2, perSecond: 50 } });
    expect(faults).toMatchObject({ earlyChangeCipherSpec: false, pkcs1Oracle: 'none', cbcPaddingIgnored: false });
  });

  // False means that our own handshake with right padding went through: this tests the whole key schedule.
  it.each([
    ['TLS 1.0', 0x0301, [0x002f]],
    ['TLS 1.0 by ECDHE', 0x0301, [0xc014]],
    ['TLS 1.1', 0x0302, [0x0035]],
    ['TLS 1.1 by ECDHE and ECDSA', 0x0302, [0xc009]],
    ['TLS 1.2', 0x0303, [0x003c]],
    ['TLS 1.2 by ECDHE with SHA-384', 0x0303, [0xc028]],
  ] as const)('looks at CBC padding in %s', async (_what, version, suites) => {
    const { signal } = new AbortController();
    const dial = directDial({ wire: openWire(), address: host.old, port: 443, signal, answerMs: 2000 });
    expect((await probeCbcPadding(dial, 'lab.test', { version, suites })).ignored).toBe(false);
  });
});

/** What a build with its faults shows; peers are asked too. */
const expected = {
  '0.10.0': { heartbeatOverread: true, earlyChangeCipherSpec: true },
  '0.10.28': { heartbeatOverread: false, earlyChangeCipherSpec: true },
  '0.10.29': { heartbeatOverread: false, earlyChangeCipherSpec: false },
  '0.8.28': { heartbeatOverread: false, earlyChangeCipherSpec: false },
} as const satisfies Record<OldNodeVersion, object>;

const versions = Object.keys(oldNodes) as OldNodeVersion[];
const found = await Promise.all(
  versions.map(async (version) => ({ version, ...oldNodes[version], node: await findOldNode(version) })),
);

for (const [index, { version, openssl, node }] of found.entries()) {
  const title = `Node ${version} with OpenSSL ${openssl}`;
  describe.skipIf('missing' in node)('missing' in node ? `${title} (not here: ${node.missing})` : title, () => {
    const [address, port] = [`127.0.79.${20 + index}`, 8443];
    let server: RunningServer;
    beforeAll(async () => {
      if ('missing' in node) return;
      server = await startOldNode({
        path: node.path,
        dir: directory.path,
        host: address,
        port,
        certificate: certificates.rsa,
      });
    });
    afterAll(() => server.stop());

    it('shows the faults of its OpenSSL and no other', async () => {
      const { faults, features, connections } = await observeFaults(address, port);
      expect(faults).toEqual({
        ...expected[version],
        ticketOverread: false,
        pkcs1Oracle: 'none',
        cbcPaddingIgnored: false,
      });
      expect(features).toMatchObject({ clientRenegotiation: true, ticketResumption: true });
      expect(connections).toBeLessThanOrEqual(22);
    });

    it('has Heartbleed if nmap and sslscan say so', async () => {
      const [nmap, sslscan] = await Promise.all([
        run('nmap', ['-Pn', '-n', '-sT', '-p', String(port), '--script', '+ssl-heartbleed', address]),
        run('sslscan', [
          '--no-colour',
          '--no-ciphersuites',
          '--no-check-certificate',
          '--no-groups',
          `${address}:${port}`,
        ]),
      ]);
      const { heartbeatOverread } = expected[version];
      expect(nmap.stdout.includes('State: VULNERABLE')).toBe(heartbeatOverread);
      expect(sslscan.stdout.replaceAll('not vulnerable', '').includes(' vulnerable to heartbleed')).toBe(
        heartbeatOverread,
      );
    });
  });
}

/**
 * nmap asks for the alert alone, and these servers end without one: it finds nothing on 1.0.1e and 1.0.1g, which have the
 * fault, so only its negatives are compared.
 */
it('nmap finds no CCS injection where we find none', async () => {
  const { stdout } = await run('nmap', [
    ...['-Pn', '-n', '-sT', '-p', '443', '--script', '+ssl-ccs-injection', host.old, host.intermediate],
  ]);
  expect(stdout).not.toContain('VULNERABLE');
});
