import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/model/package-root.ts';
import type { Check, Platform } from '../../../src/model/check.ts';
import { readChecks } from '../../../src/judge/read.ts';

/**
 * What a check tells an engineer to paste must be taken by the server it names. The servers read the lines with their own
 * syntax check; nothing is started and no port is opened.
 */
const nginx = '/usr/sbin/nginx';
const apache = '/usr/sbin/apache2';
const folder = mkdtempSync(join(tmpdir(), 'rasoat-fix-'));
const file = (name: string) => join(folder, name);
let checks: readonly Check[] = [];

beforeAll(async () => {
  const subject = ['-subj', '/CN=fix.example', '-keyout', file('key.pem'), '-out', file('cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject], {
    stdio: 'ignore',
  });
  // Those of checks/tls need a server that speaks TLS: tls-fix-lines.test.ts.
  checks = await readChecks([fileURLToPath(new URL('checks/web', packageRoot))]);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The lines below the first sentence, the same in both languages; those that are shell commands are left out. */
function linesFor(platform: Platform): readonly (readonly [string, string])[] {
  return checks.flatMap(({ id, fix }) => {
    const [, ...lines] = fix[platform]?.en.split('\n') ?? [];
    const code = lines.join('\n');
    expect(fix[platform]?.vi.split('\n').slice(1).join('\n') ?? '').toBe(code);
    return code === '' || /^(tail|New-|Get-)/.test(code) ? [] : [[id, withOwnKeys(code)] as const];
  });
}

const withOwnKeys = (code: string) =>
  code.replace(/\/etc\/\S+?\/privkey\.pem/g, file('key.pem')).replace(/\/etc\/\S+?\/fullchain\.pem/g, file('cert.pem'));

function nginxConfig(code: string): string {
  const server = (inside: string) => `server { listen 127.0.0.1:8001; ${inside} }`;
  const inPlace = () => {
    if (/^server(_tokens| \{)/.test(code)) return code;
    const [first = '', ...rest] = code.split('\n');
    if (first.startsWith('map ')) return `${first}\n${server(rest.join('\n'))}`;
    return server(code.includes('proxy_') ? `location / { proxy_pass http://127.0.0.1:8002; ${code} }` : code);
  };
  return `pid ${file('nginx.pid')}; error_log ${file('nginx.log')}; events {} http { access_log off; ${inPlace()} }`;
}

function apacheConfig(code: string): string {
  const modules = [
    'mpm_event',
    'headers',
    'rewrite',
    'alias',
    'ssl',
    'socache_shmcb',
    'authz_core',
    'authz_host',
    'setenvif',
    'http2',
  ];
  const global = /^(<VirtualHost|ServerTokens)/.test(code);
  return [
    `ServerRoot ${folder}`,
    'ServerName fix.example',
    `PidFile ${file('apache.pid')}`,
    `ErrorLog ${file('apache.log')}`,
    'Listen 127.0.0.1:8001',
    ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    global ? code : `<VirtualHost 127.0.0.1:8001>\n${code}\n</VirtualHost>`,
    '',
  ].join('\n');
}

/** Runs the server's syntax check; its complaint, or null. */
function complaint(binary: string, args: readonly string[]): string | null {
  try {
    execFileSync(binary, args, { stdio: 'pipe' });
    return null;
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  }
}

describe('lines to paste', () => {
  it.skipIf(!existsSync(nginx))('nginx takes every line of ours', () => {
    const found = linesFor('nginx');
    expect(found.length).toBeGreaterThan(18);
    for (const [id, code] of found) {
      writeFileSync(file('nginx.conf'), nginxConfig(code));
      expect([id, complaint(nginx, ['-t', '-q', '-c', file('nginx.conf')])]).toEqual([id, null]);
    }
  });

  it.skipIf(!existsSync(apache))('Apache takes every line of ours', () => {
    const found = linesFor('apache');
    expect(found.length).toBeGreaterThan(18);
    for (const [id, code] of found) {
      writeFileSync(file('apache.conf'), apacheConfig(code));
      expect([id, complaint(apache, ['-t', '-f', file('apache.conf')])]).toEqual([id, null]);
    }
  });

  it('a line that is wrong would be found', () => {
    if (!existsSync(nginx)) return;
    writeFileSync(file('nginx.conf'), nginxConfig('add_heder X "1";'));
    expect(complaint(nginx, ['-t', '-q', '-c', file('nginx.conf')])).toMatch(/unknown directive/);
  });
});
