import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTlsProbe } from '../../../src/probe/tls/probe.ts';
import { startServer, type RunningServer } from '../../servers/process.ts';
import { labDirectory } from '../../servers/tls-lab.ts';
import { openWire, webTarget } from '../../servers/tls-wire.ts';

const host = '127.0.63.4';
let directory: Awaited<ReturnType<typeof labDirectory>>;
let server: RunningServer;

/** A key that may only sign by RSA-PSS: its certificate says rsassaPss (RFC 4055). */
beforeAll(async () => {
  directory = await labDirectory();
  const [key, cert] = [join(directory.path, 'pss.key'), join(directory.path, 'pss.crt')];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048', '-nodes', '-days', '30'],
    ...['-subj', '/CN=lab.test', '-addext', 'subjectAltName=DNS:lab.test', '-keyout', key, '-out', cert],
  ]);
  server = await startServer(
    'openssl',
    ['s_server', '-accept', `${host}:8443`, '-www', '-quiet', '-cert', cert, '-key', key],
    [{ host, port: 8443 }],
  );
});

afterAll(async () => {
  await server.stop();
  await directory.remove();
});

describe('a server whose key only signs by RSA-PSS', () => {
  it('is seen whole by both of our TLS clients', async () => {
    const target = webTarget(host, { name: 'lab.test', port: 8443 });
    const facts = await createTlsProbe().observe({ target, wire: openWire(), signal: AbortSignal.timeout(60_000) });
    const schemes = ['rsa_pss_pss_sha256', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha512'];
    for (const era of ['TLSv1.2', 'TLSv1.3'] as const) {
      expect(facts.signatureAlgorithms?.[era]?.supported.map(({ name }) => name)).toEqual(schemes);
      expect(facts.signatureAlgorithms?.[era]?.complete).toBe(true);
      expect(facts.protocols[era]).toMatchObject({ offered: true, complete: true });
    }
    expect(facts.chains?.[0]?.[0]).toMatchObject({ keyType: 'rsa-pss', keyBits: 2048 });
    expect(facts.verified).toMatchObject({ trusted: false, nameMatches: true });
    // Handshakes by node:tls, and one of our own with right padding.
    expect(facts.features).toMatchObject({ ticketResumption: true, pskResumption: true, clientRenegotiation: false });
    expect(facts.faults).toMatchObject({ ticketOverread: false, cbcPaddingIgnored: false });
  });
});
