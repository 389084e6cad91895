import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../servers/process.ts';
import { startSshd } from '../servers/sshd.ts';
import { startApache, startNginx } from '../servers/web-daemon.ts';
import { makeCertificates } from '../servers/tls-certificates.ts';
import { findingsOf, rasoat, scratch, type PublishedFinding } from './cli.ts';
import { sketchInventory } from './inventory.ts';

const folder = scratch();
const running: Pick<RunningServer, 'stop'>[] = [];
let findings: readonly PublishedFinding[] = [];
let scanCode: number | null = null;
let summary: Record<string, unknown> = {};

beforeAll(async () => {
  const certificates = folder.file('certificates');
  const sshd = folder.file('sshd');
  for (const each of [certificates, sshd]) mkdirSync(each);
  const { rsa, expired } = await makeCertificates(certificates);
  running.push(
    await startNginx(
      `server_tokens off;
       server { listen 127.0.40.1:8443 ssl; ssl_certificate ${rsa.chain}; ssl_certificate_key ${rsa.key};
         ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384;
         add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
         add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'" always;
         add_header X-Content-Type-Options nosniff always; add_header Referrer-Policy no-referrer always;
         default_type text/html; return 200 "<title>Cổng</title>"; }
       server { listen 127.0.40.1:8080; return 301 https://lab.test:8443$request_uri; }`,
      { host: '127.0.40.1', port: 8443 },
    ),
    await startApache(
      `Listen 127.0.40.2:8443
       ServerTokens Full
       <VirtualHost 127.0.40.2:8443>
         SSLEngine on
         SSLProtocol all -SSLv3
         SSLCipherSuite ALL:@SECLEVEL=0
         SSLCertificateFile ${expired.chain}
         SSLCertificateKeyFile ${expired.key}
         DocumentRoot ${certificates}
         Header always set Set-Cookie "PHPSESSID=abc; path=/"
         <Directory ${certificates}>
           Require all granted
         </Directory>
         Alias /index ${certificates}/index.html
       </VirtualHost>`,
      { host: '127.0.40.2', port: 8443 },
    ),
    await startSshd(sshd, { host: '127.0.40.3', port: 2022 }),
  );
  writeFileSync(join(certificates, 'index.html'), '<title>Apache</title><input type=password>');
  writeFileSync(
    folder.file('inventory.yaml'),
    sketchInventory([
      {
        id: 'tot',
        level: 3,
        endpoints: [
          { kind: 'web', url: 'https://lab.test:8443/', httpUrl: 'http://lab.test:8080/', addresses: ['127.0.40.1'] },
        ],
      },
      {
        id: 'kem',
        level: 3,
        endpoints: [{ kind: 'web', url: 'https://lab.test:8443/index', addresses: ['127.0.40.2'] }],
      },
      { id: 'may-chu', endpoints: [{ kind: 'host', host: '127.0.40.3', services: [{ port: 2022, service: 'ssh' }] }] },
    ]),
  );
  const result = await rasoat([
    'scan',
    '--inventory',
    folder.file('inventory.yaml'),
    '--out',
    folder.file('out'),
    '--json',
  ]);
  scanCode = result.code;
  expect(result.err).not.toContain('bug');
  summary = JSON.parse(result.out) as Record<string, unknown>;
  findings = await findingsOf(folder.file('out'));
});

afterAll(async () => {
  for (const server of running) await server.stop();
  folder.remove();
});

const outcome = (system: string, check: string) =>
  findings.filter((finding) => finding.system === system && finding.check === check).map((finding) => finding.outcome);

describe('a scan of real servers, from inventory to findings', () => {
  it('ends with 1: something is not met', () => {
    expect(scanCode).toBe(1);
    expect(summary).toMatchObject({ targets: 3, systems: { total: 3 } });
  });

  it('finds nothing wrong with the protocols, suites and headers of a good nginx', () => {
    for (const check of [
      'tls-protocols',
      'hsts',
      'content-type-options',
      'csp',
      'frame-protection',
      'http-cleartext',
    ]) {
      expect([check, outcome('tot', check)]).toEqual([check, ['pass']]);
    }
  });

  it('finds old protocols, the expired certificate, missing headers and the open session cookie of a bad Apache', () => {
    for (const check of [
      'tls-protocols',
      'cert-expiry',
      'hsts',
      'cookie-secure',
      'cookie-httponly',
      'server-version',
    ]) {
      expect([check, outcome('kem', check)]).toEqual([check, ['fail']]);
    }
    const protocols = findings.find(({ system, check }) => system === 'kem' && check === 'tls-protocols');
    expect(protocols?.evidence.map(({ at }) => at)).toEqual(
      expect.arrayContaining(['/tls/protocols/TLSv1.0/offered', '/tls/protocols/TLSv1.1/offered']),
    );
  });

  it('names OpenSSH and its version as Debian packages it', () => {
    const installed = execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'openssh-server']).toString();
    const upstream = /^\d+:([\d.]+p\d+)/.exec(installed)?.[1];
    const told = findings.find(({ system, check }) => system === 'may-chu' && check === 'ssh-port');
    expect(JSON.stringify(told?.evidence)).toContain(upstream);
  });

  it('every failing finding shows evidence with its reason in both languages; every unseen one its cause', () => {
    for (const finding of findings) {
      if (finding.outcome === 'fail') {
        expect(finding.evidence.length).toBeGreaterThan(0);
        for (const { because } of finding.evidence) expect(because.vi !== '' && because.en !== '').toBe(true);
      }
      expect(finding.cause === null).toBe(finding.outcome !== 'not-observed');
    }
  });

  it('judging the stored observations again by the same checks changes nothing', async () => {
    const again = await rasoat(['rejudge', '--json', '--out', folder.file('out')]);
    expect(again.out).toBe('');
    expect(again.code).toBe(1);
  });

  it('draws the report again from the store alone', async () => {
    const { code, out } = await rasoat(['report', '--out', folder.file('out'), '--to', folder.file('again'), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ index: folder.file('again/index.html') });
  });
});
