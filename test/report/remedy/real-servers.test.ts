import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../../src/model/check.ts';
import { packageRoot } from '../../../src/model/package-root.ts';
import { mergeFixes } from '../../../src/report/view/remedy/merge-fixes.ts';

const folder = new URL('checks/', packageRoot);
const checks = ['tls', 'web'].flatMap((room) =>
  readdirSync(new URL(`${room}/`, folder)).map(
    (name) => parse(readFileSync(new URL(`${room}/${name}`, folder), 'utf8')) as Check,
  ),
);
const changes = ['security-headers', 'cookie-flags', 'tls-suites', 'tls-groups', 'version-disclosure'] as const;

/** The lines of a whole change as the report tells them, those of the http block apart. */
function linesOf(change: string, platform: 'nginx' | 'apache'): string {
  const fixes = checks.flatMap((one) => {
    const text = one.change === change ? one.fix[platform] : undefined;
    // Wants a newer OpenSSL than a server need have, and says so.
    return text === undefined || one.id === 'tls-group-post-quantum' ? [] : [{ title: one.title, text }];
  });
  return mergeFixes(fixes)
    .steps.flatMap(({ code }) => code?.vi ?? [])
    .join('\n');
}

describe('lines to change', () => {
  let room = '';
  beforeAll(() => {
    room = mkdtempSync(join(tmpdir(), 'rasoat-fixes-'));
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    const files = ['-subj', '/CN=ten-mien.example', '-keyout', join(room, 'key.pem'), '-out', join(room, 'cert.pem')];
    execFileSync('openssl', [...request, ...files], { stdio: 'ignore' });
  });
  afterAll(() => {
    rmSync(room, { recursive: true, force: true });
  });

  it.each(changes)('are taken by a real nginx: %s', (change) => {
    const file = join(room, 'nginx.conf');
    writeFileSync(
      file,
      `pid ${room}/nginx.pid; error_log stderr; events {}
http { access_log off; server { listen 127.77.0.1:8443 ssl; ssl_certificate ${room}/cert.pem; ssl_certificate_key ${room}/key.pem;
${linesOf(change, 'nginx')}
} }\n`,
    );
    const { status, stderr } = spawnSync('/usr/sbin/nginx', ['-t', '-q', '-p', room, '-c', file], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it.each(changes)('are taken by a real Apache: %s', (change) => {
    const file = join(room, 'apache.conf');
    const modules = ['mpm_event', 'authz_core', 'ssl', 'headers', 'rewrite', 'socache_shmcb'];
    writeFileSync(
      file,
      `ServerRoot ${room}\nServerName ten-mien.example\nPidFile ${room}/a.pid\nErrorLog ${room}/a.log\n${modules
        .map((one) => `LoadModule ${one}_module /usr/lib/apache2/modules/mod_${one}.so`)
        .join('\n')}\nListen 127.77.0.2:8443\n${change === 'version-disclosure' ? linesOf(change, 'apache') : ''}
<VirtualHost 127.77.0.2:8443>
ServerName ten-mien.example
SSLEngine on
SSLCertificateFile ${room}/cert.pem
SSLCertificateKeyFile ${room}/key.pem
${change === 'version-disclosure' ? '' : linesOf(change, 'apache')}
</VirtualHost>\n`,
    );
    const { status, stderr } = spawnSync('/usr/sbin/apache2', ['-t', '-f', file], { encoding: 'utf8' });
    expect([status, stderr.trim()]).toEqual([0, 'Syntax OK']);
  });
});
