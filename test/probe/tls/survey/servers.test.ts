import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tlsFacts, type Eliminated, type TlsFacts } from '../../../../src/model/facts/tls.ts';
import { makeCertificates, type LabCertificates } from '../../../servers/tls-certificates.ts';
import { nginxTls, onAddress } from '../../../servers/tls-configs.ts';
import { labDirectory, startNginx } from '../../../servers/tls-lab.ts';
import { startServer, type RunningServer } from '../../../servers/process.ts';
import { surveyOf } from './survey-of.ts';

const run = promisify(execFile);
/** The recipe is in src/probe/tls/README.md. */
const oldNode = process.env['RASOAT_OLD_NODE'] ?? '/tmp/old/node-v0.10.0-linux-x64/bin/node';

const host = {
  intermediate: '127.0.61.21',
  modern: '127.0.61.22',
  elliptic: '127.0.61.23',
  narrow: '127.0.61.24',
  dh1024: '127.0.61.25',
  dh2048: '127.0.61.26',
  h2: '127.0.61.28',
  old: '127.0.61.29',
} as const;

let directory: Awaited<ReturnType<typeof labDirectory>>;
let certificates: LabCertificates;
const servers: RunningServer[] = [];

beforeAll(async () => {
  directory = await labDirectory();
  certificates = await makeCertificates(directory.path);
  const { rsa, ec } = certificates;
  const file = (name: string) => join(directory.path, name);
  const make = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  make('dhparam', '-dsaparam', '-out', file('dh1024.pem'), '1024');
  make('genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'dh_param:ffdhe2048', '-out', file('dh2048.pem'));
  const dhe = (name: string) => [
    'ssl_protocols TLSv1.2',
    'ssl_ciphers DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES128-SHA:@SECLEVEL=0',
    `ssl_dhparam ${file(name)}`,
    `ssl_certificate ${rsa.chain}`,
    `ssl_certificate_key ${rsa.key}`,
  ];
  servers.push(
    await startNginx({
      dir: directory.path,
      servers: [
        onAddress(host.intermediate, nginxTls.intermediate(rsa, ec)),
        onAddress(host.modern, nginxTls.modern(ec)),
        onAddress(host.elliptic, ['ssl_ecdh_curve X25519:P-256:P-384', ...nginxTls.intermediate(ec)]),
        onAddress(host.narrow, ['ssl_ecdh_curve P-384:P-256', ...nginxTls.intermediate(rsa)]),
        onAddress(host.dh1024, dhe('dh1024.pem')),
        onAddress(host.dh2048, dhe('dh2048.pem')),
        { listen: [{ host: host.h2, port: 443, options: 'ssl http2' }], directives: nginxTls.intermediate(rsa) },
        onAddress(host.old, nginxTls.old(rsa, ec)),
      ],
    }),
  );
});

afterAll(async () => {
  for (const server of servers) await server.stop();
  await directory.remove();
});

async function observe(address: string, port = 443, sni: string | null = 'lab.test'): Promise<TlsFacts> {
  return (await surveyOf(address, port, { sni: sni ?? undefined })).facts;
}

/** What openssl's client says, or undefined when it gets no handshake. */
function openssl(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('openssl', ['s_client', ...args], { input: '', encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

const names = (set: Eliminated | undefined) => set?.supported.map(({ name }) => name).sort();

/** Groups as sslscan finds them, each by a connection of its own; by version. */
async function sslscanGroups(address: string, port = 443): Promise<Record<string, string[]>> {
  const { stdout } = await run('sslscan', [
    ...['--no-colour', '--no-ciphersuites', '--no-heartbleed', '--no-renegotiation', '--no-compression'],
    ...['--no-fallback', '--sni-name=lab.test', `${address}:${String(port)}`],
  ]);
  const groups: Record<string, string[]> = {};
  for (const [, version = '', name = ''] of stdout.matchAll(/^(TLSv1\.[23])\s+\d+ bits\s+(\w+)/gm)) {
    (groups[version] ??= []).push(name);
  }
  for (const list of Object.values(groups)) list.sort();
  return groups;
}

describe('groups', () => {
  it.each(['intermediate', 'modern', 'narrow', 'old'] as const)(
    'of %s are those that sslscan finds, and all others are refused',
    async (name) => {
      const facts = await observe(host[name]);
      const peer = await sslscanGroups(host[name]);
      expect(names(facts.groups?.['TLSv1.3'])).toEqual(peer['TLSv1.3']);
      expect(names(facts.groups?.['TLSv1.2'])).toEqual(peer['TLSv1.2']);
      for (const set of Object.values(facts.groups ?? {})) expect(set.complete).toBe(true);
    },
  );

  it('of a host with an elliptic certificate alone are told beyond the curve of its key', async () => {
    const facts = await observe(host.elliptic);
    expect(names(facts.groups?.['TLSv1.2'])).toEqual(['secp256r1', 'secp384r1', 'x25519']);
    expect(facts.groups?.['TLSv1.2']?.complete).toBe(true);
  });

  it.each(['X25519MLKEM768:X25519', 'SecP256r1MLKEM768:X448', 'SecP384r1MLKEM1024:P-256:ffdhe3072'])(
    'of OpenSSL 3.5 with %s are told without any of our cryptography knowing them',
    async (curves) => {
      const address = '127.0.61.31';
      const script = join(directory.path, 'pq.mjs');
      await writeFile(
        script,
        `import { createServer } from 'node:tls'; import { readFileSync } from 'node:fs';
createServer({ key: readFileSync('${certificates.ec.key}'), cert: readFileSync('${certificates.ec.chain}'),
  ecdhCurve: '${curves}', minVersion: 'TLSv1.3' }).on('tlsClientError', () => {}).listen(8443, '${address}');`,
      );
      const server = await startServer(process.execPath, [script], [{ host: address, port: 8443 }]);
      try {
        const facts = await observe(address, 8443);
        const iana: Readonly<Record<string, string>> = { X25519: 'x25519', X448: 'x448', 'P-256': 'secp256r1' };
        const expected = curves.split(':').map((name) => iana[name] ?? name);
        expect(names(facts.groups?.['TLSv1.3'])).toEqual(expected.sort());
        expect(facts.groups?.['TLSv1.3']?.complete).toBe(true);
      } finally {
        await server.stop();
      }
    },
  );

  it.each(['X25519', 'P-384:X448', 'brainpoolP256r1:P-521'])(
    'of s_server -groups %s are just these',
    async (groups) => {
      const [address, port] = ['127.0.61.32', 4433];
      const { chain, key } = certificates.rsa;
      const listen = ['-accept', `${address}:${String(port)}`, '-quiet', '-naccept', '100000'];
      const server = await startServer(
        'openssl',
        ['s_server', ...listen, '-cert', chain, '-key', key, '-groups', groups],
        [{ host: address, port }],
      );
      try {
        const facts = await observe(address, port);
        const peer = await sslscanGroups(address, port);
        expect(names(facts.groups?.['TLSv1.2'])).toEqual(peer['TLSv1.2']);
        expect(facts.groups?.['TLSv1.2']?.supported.length).toBe(groups.split(':').length);
        expect(facts.groups?.['TLSv1.2']?.complete).toBe(true);
      } finally {
        await server.stop();
      }
    },
  );
});

describe('signature schemes at TLS 1.2', () => {
  it.each([
    ['intermediate', 11],
    ['elliptic', 4],
    ['old', 13],
  ] as const)('of %s are each one with which openssl gets a handshake', async (name, count) => {
    const facts = await observe(host[name]);
    const schemes = facts.signatureAlgorithms?.['TLSv1.2'];
    expect(schemes?.supported.length).toBe(count);
    expect(schemes?.complete).toBe(true);
    const words: Readonly<Record<string, string>> = {
      rsa_pkcs1_sha1: 'RSA+SHA1',
      rsa_pkcs1_sha224: 'RSA+SHA224',
      rsa_pkcs1_sha256: 'RSA+SHA256',
      ecdsa_sha1: 'ECDSA+SHA1',
      ecdsa_sha224: 'ECDSA+SHA224',
      ecdsa_secp521r1_sha512: 'ECDSA+SHA512',
      rsa_pss_rsae_sha384: 'rsa_pss_rsae_sha384',
    };
    const found = new Set(names(schemes));
    for (const [scheme, word] of Object.entries(words)) {
      const client = ['-connect', `${host[name]}:443`, '-tls1_2', '-sigalgs', word, '-cipher', 'ECDHE:@SECLEVEL=0'];
      expect(found.has(scheme), scheme).toBe(openssl(...client) !== undefined);
    }
  });

  it('are not claimed where no version signs in the clear', async () => {
    const facts = await observe(host.modern);
    expect(facts.signatureAlgorithms).not.toHaveProperty(['TLSv1.2']);
  });
});

describe('signature schemes at TLS 1.3', () => {
  it.each([
    ['intermediate', ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512']],
    ['modern', ['ecdsa_secp256r1_sha256']],
  ] as const)('of %s are each one with which openssl gets a handshake', async (name, expected) => {
    const schemes = (await observe(host[name])).signatureAlgorithms?.['TLSv1.3'];
    expect(names(schemes)).toEqual(expected);
    expect(schemes?.complete).toBe(true);
    for (const scheme of ['rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha512', 'rsa_pss_pss_sha256', 'ed25519'] as const) {
      const client = ['-connect', `${host[name]}:443`, '-tls1_3', '-sigalgs', scheme];
      expect(new Set<string>(expected).has(scheme), scheme).toBe(openssl(...client) !== undefined);
    }
  });
});

describe('finite-field parameters', () => {
  it.each([
    ['dh1024', 1024, null],
    ['dh2048', 2048, 'RFC 7919 ffdhe2048'],
  ] as const)('of %s are read from the flights of the enumeration', async (name, bits, knownAs) => {
    const facts = await observe(host[name]);
    expect(facts.dh).toMatchObject([{ protocol: 'TLSv1.2', bits, knownAs, export: false }]);
    expect(facts.signatureAlgorithms?.['TLSv1.2']?.supported.length).toBeGreaterThan(5);
    const client = ['-connect', `${host[name]}:443`, '-cipher', 'DHE:@SECLEVEL=0', '-tls1_2'];
    expect(openssl(...client)).toContain(`DH, ${String(bits)} bits`);
    const { stdout: nmap } = await run('nmap', [
      ...['-Pn', '-n', '-sT', '-p', '443', '--script', '+ssl-dh-params', host[name]],
    ]);
    expect(nmap.includes('Modulus Length: 1024')).toBe(bits === 1024);
  });

  it('are known to be absent where every suite is known and none has any', async () => {
    expect((await observe(host.intermediate)).dh).toEqual([]);
    expect((await observe(host.modern)).dh).toEqual([]);
  });
});

describe('features', () => {
  it('of a current server', async () => {
    const facts = await observe(host.intermediate);
    expect(facts.features).toMatchObject({
      secureRenegotiation: true,
      extendedMasterSecret: true,
      compression: [],
      heartbeat: false,
      fallbackScsv: true,
      intolerance: [],
      alpn: ['http/1.1', 'http/1.0'],
    });
    expect(facts.features).not.toHaveProperty('encryptThenMac');
    expect((await observe(host.old)).features).toMatchObject({ encryptThenMac: true });
  });

  it('of a server of TLS 1.3 alone leave out what it cannot have', async () => {
    const { features } = await observe(host.modern);
    expect(features).toMatchObject({ compression: [], heartbeat: false, alpn: ['http/1.1', 'http/1.0'] });
    for (const key of ['secureRenegotiation', 'extendedMasterSecret', 'fallbackScsv']) {
      expect(features).not.toHaveProperty(key);
    }
  });

  it('tell that h2 is spoken', async () => {
    expect((await observe(host.h2)).features?.alpn).toContain('h2');
  });

  it('name h2 where TLS 1.3 alone is spoken and nothing else is wanted', async () => {
    const address = '127.0.61.33';
    const script = join(directory.path, 'alpn.mjs');
    await writeFile(
      script,
      `import { createServer } from 'node:tls'; import { readFileSync } from 'node:fs';
createServer({ key: readFileSync('${certificates.ec.key}'), cert: readFileSync('${certificates.ec.chain}'),
  minVersion: 'TLSv1.3', ALPNProtocols: ['h2'] }).on('tlsClientError', () => {}).listen(8443, '${address}');`,
    );
    servers.push(await startServer(process.execPath, [script], [{ host: address, port: 8443 }]));
    expect((await observe(address, 8443)).features?.alpn).toEqual(['h2']);
  });
});

describe('stock Apache', () => {
  it('is surveyed whole', async () => {
    const address = '127.0.61.41';
    const dir = await mkdtemp(join(directory.path, 'apache-'));
    const modules = '/usr/lib/apache2/modules';
    const loaded = ['mpm_event', 'authz_core', 'socache_shmcb', 'ssl'];
    await writeFile(
      join(dir, 'apache.conf'),
      `ServerRoot ${dir}
ServerName lab.test
Listen ${address}:443
PidFile ${dir}/pid
ErrorLog ${dir}/error.log
Mutex file:${dir}
${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
User www-data
Group www-data
DocumentRoot ${dir}
SSLEngine on
SSLCertificateFile ${certificates.rsa.chain}
SSLCertificateKeyFile ${certificates.rsa.key}
`,
    );
    const start = ['-D', 'FOREGROUND', '-f', join(dir, 'apache.conf')];
    servers.push(await startServer('/usr/sbin/apache2', start, [{ host: address, port: 443 }]));
    const facts = await observe(address);
    const peer = await sslscanGroups(address);
    expect(names(facts.groups?.['TLSv1.2'])).toEqual(peer['TLSv1.2']);
    expect(names(facts.groups?.['TLSv1.3'])).toEqual(peer['TLSv1.3']);
    expect(facts.dh?.[0]).toMatchObject({ bits: 2048, knownAs: 'RFC 3526 group 14', export: false });
    expect(facts.features).toMatchObject({ encryptThenMac: true, intolerance: [], alpn: ['http/1.1'] });
  });
});

describe.runIf(existsSync(oldNode))('Node 0.10.0 with OpenSSL 1.0.1e', () => {
  it('answers heartbeats and knows no fallback protection', async () => {
    const address = '127.0.61.42';
    const script = join(directory.path, 'old.js');
    const dh = join(directory.path, 'dh1024.pem');
    expect(readFileSync(dh, 'utf8')).toContain('DH PARAMETERS');
    await writeFile(
      script,
      `var fs = require('fs'); require('https').createServer({ key: fs.readFileSync('${certificates.rsa.key}'),
  cert: fs.readFileSync('${certificates.rsa.chain}'), ciphers: 'ALL:COMPLEMENTOFALL', secureProtocol: 'SSLv23_method',
  secureOptions: 0 }, function (q, r) { r.end('ok'); }).listen(8443, '${address}');`,
    );
    servers.push(await startServer(oldNode, [script], [{ host: address, port: 8443 }]));
    const facts = await observe(address, 8443);
    expect(facts.features).toMatchObject({
      heartbeat: true,
      fallbackScsv: false,
      extendedMasterSecret: false,
      encryptThenMac: false,
      secureRenegotiation: true,
    });
    const { stdout } = await run('nmap', [
      ...['-Pn', '-n', '-sT', '-p', '8443', '--script', '+ssl-enum-ciphers', address],
    ]);
    expect(facts.features?.compression).toEqual(stdout.includes('DEFLATE') ? ['DEFLATE'] : []);
  }, 30_000);
});

describe('the whole survey', () => {
  it('keeps to the schema and is the same twice', async () => {
    const valid = new Ajv2020({ discriminator: true }).compile(tlsFacts);
    const first = await observe(host.intermediate);
    const second = await observe(host.intermediate);
    expect(valid(JSON.parse(JSON.stringify(first))), JSON.stringify(valid.errors)).toBe(true);
    expect(second.groups).toEqual(first.groups);
    expect(second.signatureAlgorithms).toEqual(first.signatureAlgorithms);
  });

  it.each([
    ['intermediate', 17],
    ['modern', 6],
    ['old', 23],
  ] as const)('costs %s at most %i connections beside the enumeration', async (name, most) => {
    const { connections } = await surveyOf(host[name], 443, { sni: 'lab.test' });
    expect(connections).toBeLessThanOrEqual(most);
  });
});
