import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileChecks, type CompiledCheck } from '../../src/judge/compile.ts';
import { judgeTarget } from '../../src/judge/judge.ts';
import { readChecks } from '../../src/judge/read.ts';
import type { Finding } from '../../src/model/finding.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import type { Target } from '../../src/model/target.ts';
import { observeWeb } from '../probe/http/observe-web.ts';
import { makeCertificate } from '../servers/certificates.ts';
import { daemonFolder, startApache, startNginx, type WebDaemon } from '../servers/web-daemon.ts';
import { seen } from './build.ts';

const nginxAt = '127.0.71.1';
const apacheAt = '127.0.71.2';
const daemons: WebDaemon[] = [];
let compiled: readonly CompiledCheck[];

const neglected = `<!doctype html><html><head><meta http-equiv="refresh" content="0; url=http://portal.tinh.example/cu">
<script src="http://portal.tinh.example/jquery-1.12.4.min.js"></script>
<link rel="stylesheet" href="https://cdn.example/a.css" integrity="md5-abc"></head>
<body onload="start()"><img src="http://portal.tinh.example/anh.png"><script>var a = 1;</script>
<form action="http://portal.tinh.example/vao" method="post"><input type="password" name="mk"></form></body></html>`;
const tidy = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><link rel="stylesheet" href="/a.css">
<script src="/a.js"></script></head><body><img src="/a.png">
<form action="/vao" method="post"><input type="password" name="mk"></form></body></html>`;

/** The lines that a check tells the owner of this server to write, below their first sentence. */
function fixOf(id: string, platform: 'nginx' | 'apache'): string {
  const lines =
    compiled
      .find(({ check }) => check.id === id)
      ?.check.fix[platform]?.en.split('\n')
      .slice(1) ?? [];
  expect(lines.length, id).toBeGreaterThan(0);
  return lines.join('\n');
}

const mendedBy = [
  ...['csp', 'hsts', 'content-type-options', 'referrer-policy', 'permissions-policy-syntax', 'cross-origin-opener'],
  ...['cross-origin-resource', 'cache-personal'],
];

beforeAll(async () => {
  compiled = compileChecks(await readChecks([fileURLToPath(new URL('checks/web/', packageRoot))]));
  const certificate = await makeCertificate({ name: 'portal.tinh.example', algorithm: 'RSA-2048' });
  const folder = (name: string) => {
    const path = daemonFolder(name);
    writeFileSync(join(path, 'tls.crt'), certificate.certPem);
    writeFileSync(join(path, 'tls.key'), certificate.keyPem);
    writeFileSync(join(path, 'bad.html'), neglected);
    writeFileSync(join(path, 'good.html'), tidy);
    const meta = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; frame-ancestors 'none'">`;
    writeFileSync(join(path, 'meta.html'), `<html><head><script src="/early.js"></script>${meta}</head><body>`);
    return path;
  };
  const forNginx = folder('nginx');
  const nginx = `
    ssl_certificate ${forNginx}/tls.crt; ssl_certificate_key ${forNginx}/tls.key; root ${forNginx};
    types { text/html html; }
    server { listen ${nginxAt}:80; return 301 https://$host$request_uri; }
    server { listen ${nginxAt}:443 ssl;
      location = /bad.html {
        add_header Set-Cookie "JSESSIONID=E3F2C1; Path=/"; add_header Set-Cookie "track=1; SameSite=None";
        add_header Set-Cookie "sid=abc; Domain=tinh.example; Max-Age=31536000; Secure";
        add_header Content-Security-Policy "script-src 'self' 'unsafe-eval' https://ajax.googleapis.com 'nonce-abc' http://x.example foo; referrer x";
        add_header X-Frame-Options DENY; add_header X-Frame-Options SAMEORIGIN;
        add_header Permissions-Policy "camera 'none'"; add_header X-Backend "10.0.0.5:8080"; add_header X-Debug-Token a1;
        add_header Cross-Origin-Resource-Policy cross-origin;
      }
      location = /good.html { charset utf-8; ${mendedBy.map((id) => fixOf(id, 'nginx')).join('\n')} }
      location = /meta.html { }
    }`;
  daemons.push(await startNginx(nginx, { host: nginxAt, port: 443 }, forNginx));
  const forApache = folder('apache');
  const apache = `
    Listen ${apacheAt}:80
    Listen ${apacheAt}:443
    DocumentRoot ${forApache}
    <Directory ${forApache}>
      Require all granted
    </Directory>
    <VirtualHost ${apacheAt}:80>
      Header always set Set-Cookie "PHPSESSID=0123456789abcdef; Path=/"
    </VirtualHost>
    <VirtualHost ${apacheAt}:443>
      SSLEngine on
      SSLCertificateFile ${forApache}/tls.crt
      SSLCertificateKeyFile ${forApache}/tls.key
      <Location /good.html>
        AddDefaultCharset utf-8
        ${mendedBy.map((id) => fixOf(id, 'apache')).join('\n        ')}
      </Location>
    </VirtualHost>`;
  daemons.push(await startApache(apache, { host: apacheAt, port: 443 }, forApache));
});
afterAll(async () => {
  for (const { stop } of daemons) await stop();
});

async function judge(address: string, path: string): Promise<ReadonlyMap<string, Finding>> {
  const url = `https://portal.tinh.example${path}`;
  const facts = await observeWeb({ url, address, name: 'portal.tinh.example' });
  expect(JSON.stringify(facts)).not.toMatch(/E3F2C1|0123456789abcdef/);
  const target: Target = {
    ...{ key: `${url} [${address}]`, kind: 'web', system: 'portal', endpoint: { kind: 'web', url } },
    ...{ name: 'portal.tinh.example', address },
  };
  const observation = { ...seen('http', facts), target: target.key };
  const findings = judgeTarget(compiled, { target, observations: [observation], kinds: ['http'], reference: {} });
  return new Map(findings.map((finding) => [finding.check, finding]));
}

const failing = (findings: ReadonlyMap<string, Finding>) =>
  [...findings.values()].filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);

describe('real servers with such pages, observed and judged', () => {
  it('nginx with a neglected page has every flaw that it was given', async () => {
    expect(failing(await judge(nginxAt, '/bad.html'))).toEqual(
      expect.arrayContaining([
        ...['cache-personal', 'content-charset', 'cookie-lifetime', 'cookie-refused', 'cookie-scope', 'cookie-secure'],
        ...['cross-origin-opener', 'cross-origin-resource', 'csp-base-uri', 'csp-bypass-hosts', 'csp-directives'],
        ...['csp-eval-scripts', 'csp-form-action', 'csp-http-sources', 'csp-inline-blocked', 'csp-nonce-length'],
        ...['csp-object-sources', 'csp-reporting', 'csp-trusted-types', 'debug-headers', 'form-cleartext'],
        ...['header-agreement', 'integrity-works', 'internal-addresses', 'login-form-cleartext', 'meta-refresh'],
        ...['mixed-content', 'mixed-media', 'permissions-policy-syntax', 'subresource-integrity', 'third-parties'],
      ]),
    );
  });

  it.each([
    ['nginx', nginxAt],
    ['Apache', apacheAt],
  ])('%s with our own fixes written into it keeps what they promise', async (_name, address) => {
    const findings = await judge(address, '/good.html');
    const flaws = failing(findings).filter(
      (id) => !['cookie-cleartext', 'cookie-secure', 'cookie-samesite'].includes(id),
    );
    const advice = ['csp-form-action', 'csp-reporting', 'csp-trusted-types', 'http3-advertised'];
    const ofTheLab = [
      'cookie-httponly',
      'hsts-subdomains',
      'http-cleartext',
      'http-first-redirect',
      'login-cleartext',
      'server-version',
    ];
    expect(flaws.filter((id) => !advice.includes(id) && !ofTheLab.includes(id))).toEqual([]);
    for (const id of mendedBy) expect([id, findings.get(id)?.outcome]).toEqual([id, 'pass']);
    expect(findings.get('login-form-cleartext')?.outcome).toBe('pass');
  });

  it('a policy in a meta tag counts for what it covers', async () => {
    for (const address of [nginxAt, apacheAt]) {
      const findings = await judge(address, '/meta.html');
      expect(findings.get('csp')?.outcome).toBe('pass');
      expect(findings.get('frame-protection')?.outcome).toBe('fail');
      expect(findings.get('csp-meta')?.evidence.map(({ at }) => at)).toEqual([
        '/http/page/cspParts/meta/ignored/0',
        '/http/page/cspParts/meta/loadsBefore',
      ]);
    }
  });

  it('Apache that sets a session over http is told so, and the session is not kept', async () => {
    const findings = await judge(apacheAt, '/good.html');
    expect(findings.get('cookie-cleartext')).toMatchObject({ outcome: 'fail', severity: 'medium' });
  });
});
