import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readChecks } from '../../../src/judge/read.ts';
import type { Check, Platform } from '../../../src/model/check.ts';
import { packageRoot } from '../../../src/model/package-root.ts';

/** Lines of the TLS checks to paste, read by the servers' own syntax check; nothing is started and no port is opened. */
const nginx = '/usr/sbin/nginx';
const apache = '/usr/sbin/apache2';
const folder = mkdtempSync(join(tmpdir(), 'rasoat-tls-fix-'));
const file = (name: string) => join(folder, name);
let checks: readonly Check[] = [];

beforeAll(async () => {
  const subject = ['-subj', '/CN=fix.example', '-keyout', file('key.pem'), '-out', file('cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject], {
    stdio: 'ignore',
  });
  checks = await readChecks([fileURLToPath(new URL('checks/tls', packageRoot))]);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Needs an OpenSSL that Debian 12 does not have, and its text says so. */
const future = 'tls-group-post-quantum';

function linesFor(platform: Platform): readonly (readonly [string, string])[] {
  return checks.flatMap(({ id, fix }) => {
    const [, ...lines] = fix[platform]?.en.split('\n') ?? [];
    expect(fix[platform]?.vi.split('\n').slice(1), id).toEqual(fix[platform] === undefined ? undefined : lines);
    const code = lines
      .join('\n')
      .replace(/\/etc\/\S+?\/privkey\.pem/g, file('key.pem'))
      .replace(/\/etc\/\S+?\/fullchain\.pem/g, file('cert.pem'))
      .replaceAll('/var/run/apache2/', `${folder}/`);
    return code === '' || id === future ? [] : [[id, code] as const];
  });
}

function complaint(binary: string, args: readonly string[]): string | null {
  try {
    execFileSync(binary, args, { stdio: 'pipe' });
    return null;
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  }
}

test.skipIf(!existsSync(nginx))('nginx takes every line of the TLS checks', () => {
  const found = linesFor('nginx');
  expect(found.length).toBeGreaterThan(30);
  for (const [id, code] of found) {
    const has = (word: string) => new RegExp(`^${word} `, 'm').test(code);
    const own = [
      has('listen') ? '' : 'listen 127.0.0.1:8001 ssl;',
      has('ssl_certificate') ? '' : `ssl_certificate ${file('cert.pem')};`,
      has('ssl_certificate_key') ? '' : `ssl_certificate_key ${file('key.pem')};`,
    ].join(' ');
    const config = `pid ${file('nginx.pid')}; error_log ${file('nginx.log')}; events {} http { access_log off; server { ${own} ${code} } }`;
    writeFileSync(file('nginx.conf'), config);
    expect([id, complaint(nginx, ['-t', '-q', '-c', file('nginx.conf')])]).toEqual([id, null]);
  }
});

test.skipIf(!existsSync(apache))('Apache takes every line of the TLS checks', () => {
  const modules = ['mpm_event', 'ssl', 'http2', 'socache_shmcb', 'authz_core'];
  const found = linesFor('apache');
  expect(found.length).toBeGreaterThan(30);
  for (const [id, code] of found) {
    const global = /^SSL(StaplingCache|SessionCacheTimeout) /.test(code);
    const config = [
      `ServerRoot ${folder}`,
      'ServerName fix.example',
      `PidFile ${file('apache.pid')}`,
      `ErrorLog ${file('apache.log')}`,
      'Listen 127.0.0.1:8001',
      ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
      global ? code : '',
      `<VirtualHost 127.0.0.1:8001>\n${global ? '' : code}\n</VirtualHost>`,
      '',
    ].join('\n');
    writeFileSync(file('apache.conf'), config);
    expect([id, complaint(apache, ['-t', '-f', file('apache.conf')])]).toEqual([id, null]);
  }
});

test.skipIf(!existsSync(apache) || !existsSync(nginx))('a line that is wrong would be found', () => {
  const keys = `ssl_certificate ${file('cert.pem')}; ssl_certificate_key ${file('key.pem')};`;
  const server = `server { listen 127.0.0.1:8001 ssl; ${keys} ssl_ecdh_curve X25519:secp111r1; }`;
  writeFileSync(
    file('nginx.conf'),
    `pid ${file('nginx.pid')}; error_log ${file('nginx.log')}; events {} http { ${server} }`,
  );
  writeFileSync(
    file('apache.conf'),
    `LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\nSSLCompresion off\n`,
  );
  expect(complaint(nginx, ['-t', '-q', '-c', file('nginx.conf')])).toMatch(/secp111r1|curve/);
  expect(complaint(apache, ['-t', '-f', file('apache.conf')])).toMatch(/Invalid command/);
});
