import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { daemonFolder } from './web-daemon.ts';
import { rmSync } from 'node:fs';

const openssl = (cwd: string, ...args: readonly string[]): Buffer =>
  execFileSync('openssl', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });

/** What a server can do wrong. */
export type Mischief = 'none' | 'stale' | 'not-200' | 'html' | 'endless' | 'rejects';

export type TimestampServer = {
  readonly url: string;
  readonly folder: string;
  /** PEM file of the root that its certificate leads to. */
  readonly ca: string;
  /** PEM file of a root of nobody here. */
  readonly otherCa: string;
  readonly behave: (mischief: Mischief) => void;
  readonly stop: () => Promise<void>;
};

/** An RFC 3161 server: `openssl ts -reply` behind HTTP, its certificate under an intermediate authority. */
export async function startTimestampServer(host: string, port: number): Promise<TimestampServer> {
  const folder = daemonFolder('tsa');
  makeAuthorities(folder);
  let mischief: Mischief = 'none';
  let first: Buffer | undefined;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const query = Buffer.concat(parts);
      const reply = () => {
        writeFileSync(join(folder, 'query'), mischief === 'rejects' ? withUnknownHash(query) : query);
        return openssl(folder, 'ts', '-reply', '-config', 'tsa.cnf', '-section', 'tsa', '-queryfile', 'query');
      };
      const type = mischief === 'html' ? 'text/html' : 'application/timestamp-reply';
      response.writeHead(mischief === 'not-200' ? 503 : 200, { 'content-type': type });
      if (mischief === 'endless') {
        const timer = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
        response.on('close', () => {
          clearInterval(timer);
        });
        return;
      }
      first ??= reply();
      response.end(mischief === 'stale' ? first : mischief === 'html' ? '<p>hello' : reply());
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return {
    url: `http://${host}:${port}/tsa`,
    folder,
    ca: join(folder, 'root.pem'),
    otherCa: join(folder, 'other.pem'),
    behave: (now) => {
      mischief = now;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same query with a digest algorithm that the server does not take. */
const withUnknownHash = (query: Buffer): Buffer =>
  Buffer.from(query.toString('hex').replace('608648016503040201', '608648016503040204'), 'hex');

function makeAuthorities(folder: string): void {
  const run = (...args: readonly string[]) => openssl(folder, ...args);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const caExtensions = ['-addext', 'basicConstraints=critical,CA:true', '-addext', 'keyUsage=critical,keyCertSign'];
  for (const name of ['root', 'other'])
    run(
      'req',
      '-x509',
      ...key,
      ...caExtensions,
      '-subj',
      `/CN=${name}`,
      '-days',
      '30',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
    );
  const sign = (name: string, issuer: string, extensions: string, newKey = key) => {
    writeFileSync(join(folder, `${name}.ext`), extensions);
    run('req', '-new', ...newKey, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    run(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      `${issuer}.pem`,
      '-CAkey',
      `${issuer}.key`,
      '-CAcreateserial',
      '-days',
      '30',
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
    );
  };
  sign('middle', 'root', 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n');
  const rsa = ['-newkey', 'rsa:2048', '-nodes'];
  sign('tsa', 'middle', 'basicConstraints=CA:false\nextendedKeyUsage=critical,timeStamping\n', rsa);
  writeFileSync(join(folder, 'serial'), '01\n');
  writeFileSync(
    join(folder, 'tsa.cnf'),
    [
      '[tsa]',
      'serial = serial',
      'signer_cert = tsa.pem',
      'signer_key = tsa.key',
      'certs = middle.pem',
      'signer_digest = sha256',
      'default_policy = 1.2.3.4.1',
      'digests = sha256',
      'accuracy = secs:1',
      'ordering = yes',
      'tsa_name = yes',
      'ess_cert_id_chain = no',
      '',
    ].join('\n'),
  );
}
