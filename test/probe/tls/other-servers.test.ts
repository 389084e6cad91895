import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTlsProbe } from '../../../src/probe/tls/probe.ts';
import { makeCertificates, type LabCertificates } from '../../servers/tls-certificates.ts';
import { labDirectory } from '../../servers/tls-lab.ts';
import { startServer, type RunningServer } from '../../servers/process.ts';
import { openWire, serviceTarget } from '../../servers/tls-wire.ts';
import { codesOf, nmapSets, setsOf, sslscanCodes } from './peers.ts';

/** The recipe is in README.md; without the binary the tests of SSLv2, SSLv3 and EXPORT do not run. */
const oldNode = process.env['RASOAT_OLD_NODE'] ?? '/tmp/old/node-v0.10.0-linux-x64/bin/node';

let directory: Awaited<ReturnType<typeof labDirectory>>;
let certificates: LabCertificates;
const servers: RunningServer[] = [];

beforeAll(async () => {
  directory = await labDirectory();
  certificates = await makeCertificates(directory.path);
});

afterAll(async () => {
  for (const server of servers) await server.stop();
  await directory.remove();
});

async function observe(address: string, port: number) {
  const probe = createTlsProbe({ extraRoots: [certificates.root], answerMs: 2000 });
  const target = serviceTarget(address, port, 'lab.test');
  return probe.observe({ target, wire: openWire(), signal: new AbortController().signal });
}

async function sServer(address: string, port: number, ...args: string[]) {
  const listen = ['-accept', `${address}:${port}`, '-quiet', '-naccept', '100000'];
  servers.push(await startServer('openssl', ['s_server', ...listen, ...args], [{ host: address, port }]));
}

describe('Apache httpd', () => {
  it('gives the sets that nmap and sslscan find', async () => {
    const [address, port] = ['127.0.31.41', 443];
    const dir = await mkdtemp(join(directory.path, 'apache-'));
    const modules = '/usr/lib/apache2/modules';
    await writeFile(
      join(dir, 'apache.conf'),
      `ServerRoot ${dir}
ServerName lab.test
Listen ${address}:${port}
PidFile ${dir}/pid
ErrorLog ${dir}/error.log
Mutex file:${dir}
LoadModule mpm_event_module ${modules}/mod_mpm_event.so
LoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule socache_shmcb_module ${modules}/mod_socache_shmcb.so
LoadModule ssl_module ${modules}/mod_ssl.so
User www-data
Group www-data
DocumentRoot ${dir}
SSLEngine on
SSLProtocol all
SSLCipherSuite ALL:!aNULL:@SECLEVEL=0
SSLHonorCipherOrder on
SSLCertificateFile ${certificates.rsa.chain}
SSLCertificateKeyFile ${certificates.rsa.key}
`,
    );
    const server = await startServer(
      '/usr/sbin/apache2',
      ['-D', 'FOREGROUND', '-f', join(dir, 'apache.conf')],
      [{ host: address, port }],
    );
    servers.push(server);
    const facts = await observe(address, port);
    const [nmap, sslscan] = await Promise.all([
      nmapSets(address, port, 'lab.test'),
      sslscanCodes(address, port, 'lab.test'),
    ]);
    expect(setsOf(facts)).toEqual(nmap);
    expect(codesOf(facts)).toEqual(sslscan);
    expect(facts.protocols['TLSv1.2']).toMatchObject({ complete: true, order: 'server' });
    expect(facts.chains?.map((chain) => chain[0]?.keyType)).toEqual(['rsa']);
    expect(facts.verified).toMatchObject({ trusted: true, nameMatches: true });
  });
});

describe('openssl s_server', () => {
  it('with anonymous and NULL suites alone is not taken for dead', async () => {
    await sServer('127.0.31.42', 4433, '-nocert', '-tls1_2', '-cipher', 'aNULL:@SECLEVEL=0');
    const facts = await observe('127.0.31.42', 4433);
    expect(facts.protocols['TLSv1.2']).toMatchObject({ offered: true, complete: true });
    expect(facts.protocols['TLSv1.2']?.suites?.every(({ name }) => name.includes('anon'))).toBe(true);
    expect(facts.protocols['TLSv1.3']).toEqual({ offered: false });
    expect(facts).not.toHaveProperty('chains');
  });

  it('with one TLS 1.3 suite, one group and Ed25519 is read in full', async () => {
    const { chain, key } = certificates.ed25519;
    const only = ['-tls1_3', '-ciphersuites', 'TLS_AES_128_CCM_8_SHA256', '-groups', 'X448'];
    await sServer('127.0.31.43', 4433, '-cert', chain, '-cert_chain', chain, '-key', key, ...only);
    const facts = await observe('127.0.31.43', 4433);
    expect(facts.protocols['TLSv1.3']).toEqual({
      offered: true,
      suites: [{ code: '0x1305', name: 'TLS_AES_128_CCM_8_SHA256' }],
      complete: true,
    });
    expect(facts.chains?.[0]?.[0]?.keyType).toBe('ed25519');
  });

  it('reads a TLS 1.3 chain in every group and suite that it can agree on', async () => {
    const { chain, key } = certificates.rsa;
    const groups = ['X25519', 'P-256', 'P-384', 'P-521', 'X448'];
    const suites = [
      'TLS_AES_128_GCM_SHA256',
      'TLS_AES_256_GCM_SHA384',
      'TLS_CHACHA20_POLY1305_SHA256',
      'TLS_AES_128_CCM_SHA256',
    ];
    for (const [index, group] of groups.entries()) {
      const suite = suites[index % suites.length] ?? '';
      const address = `127.0.31.${50 + index}`;
      await sServer(
        address,
        4433,
        '-cert',
        chain,
        '-cert_chain',
        chain,
        '-key',
        key,
        '-tls1_3',
        '-groups',
        group,
        '-ciphersuites',
        suite,
      );
      const facts = await observe(address, 4433);
      expect(
        facts.chains?.map((certificatesSent) => certificatesSent[0]?.keyType),
        group,
      ).toEqual(['rsa']);
    }
  });
});

describe.runIf(existsSync(oldNode))('Node 0.10.0 with OpenSSL 1.0.1e', () => {
  it('shows SSLv2 with its list, SSLv3, and what OpenSSL 3 cannot ask for any more', async () => {
    const [address, port] = ['127.0.31.44', 8443];
    const script = join(directory.path, 'old.js');
    await writeFile(
      script,
      `var fs = require('fs');
require('https').createServer({ key: fs.readFileSync('${certificates.rsa.key}'), cert: fs.readFileSync('${certificates.rsa.chain}'),
  ciphers: 'ALL:COMPLEMENTOFALL', secureProtocol: 'SSLv23_method', secureOptions: 0 },
  function (q, r) { r.end('ok'); }).listen(${port}, '${address}');`,
    );
    servers.push(await startServer(oldNode, [script], [{ host: address, port }]));
    const facts = await observe(address, port);
    expect(facts.protocols.SSLv2).toMatchObject({ offered: true, complete: true, order: 'client' });
    expect(facts.protocols.SSLv2?.suites?.map(({ name }) => name)).toContain('SSL_CK_RC4_128_EXPORT40_WITH_MD5');
    expect(facts.protocols['TLSv1.3']).toEqual({ offered: false });
    const { SSLv2: _, ...ours } = setsOf(facts);
    expect(ours).toEqual(await nmapSets(address, port, 'lab.test'));
    expect(ours.SSLv3?.some((name) => name.includes('RC4'))).toBe(true);
    expect(facts.chains?.map((chain) => chain.length)).toEqual([2]);
  }, 60_000);
});
