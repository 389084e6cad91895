import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PortsFacts } from '../../../src/model/facts/ports.ts';
import { createPortsProbe } from '../../../src/probe/ports/probe.ts';
import { readBanner } from '../../../src/probe/software/read-banner.ts';
import { softwareFromPorts } from '../../../src/probe/software/probe.ts';
import { findNmap, runNmap } from '../../../src/probe/wire/nmap.ts';
import { makeCertificate } from '../../servers/certificates.ts';
import { startServer, type RunningServer } from '../../servers/process.ts';
import { startSshd } from '../../servers/sshd.ts';
import { startApache, startNginx } from '../../servers/web-daemon.ts';
import { hostTarget, testFolder, wireWith } from './support.ts';

const address = '127.0.33.40';
const isRoot = process.getuid?.() === 0;
const ports = { ssh: 4022, ftp: 4021, smtp: 4025, nginx: 4080, nginxTls: 4443, apache: 4081, apacheTls: 4444 };

/** `9.2p1` from `1:9.2p1-2+deb12u3`: the upstream part of an installed package's version. */
function upstream(name: string): string {
  const version = execFileSync('dpkg-query', ['-W', '-f', '${Version}', name], { encoding: 'utf8' });
  return version
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/[+~].*$/, '');
}

const folder = testFolder();
const running: Pick<RunningServer, 'stop'>[] = [];

function path(name: string, content: string): string {
  const file = join(folder.path, name);
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}

async function startFtp(): Promise<RunningServer> {
  mkdirSync(join(folder.path, 'empty'));
  const config = path(
    'vsftpd.conf',
    `listen=YES\nbackground=NO\nlisten_address=${address}\nlisten_port=${ports.ftp}\nanonymous_enable=YES\n` +
      `secure_chroot_dir=${join(folder.path, 'empty')}\n${isRoot ? '' : 'run_as_launching_user=YES\n'}`,
  );
  return startServer('/usr/sbin/vsftpd', [config], [{ host: address, port: ports.ftp }]);
}

/** Needs root: postfix's master changes its user. */
async function startPostfix(): Promise<RunningServer> {
  const [config, queue, data] = ['postfix', 'queue', 'data'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [config, queue, data]) mkdirSync(each);
  execFileSync('chown', ['postfix', data]);
  execFileSync('chmod', ['755', folder.path]);
  cpSync('/etc/postfix/postfix-files', join(config, 'postfix-files'));
  writeFileSync(
    join(config, 'main.cf'),
    `compatibility_level = 3.6\nmyhostname = mail.example\nqueue_directory = ${queue}\ndata_directory = ${data}\n` +
      `inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmail_owner = postfix\nsetgid_group = postdrop\n` +
      `maillog_file = ${join(folder.path, 'mail.log')}\nmaillog_file_prefixes = ${folder.path}\n` +
      `alias_maps =\nlocal_recipient_maps =\nsmtpd_banner = $myhostname ESMTP $mail_name $mail_version (Debian/GNU)\n`,
  );
  writeFileSync(
    join(config, 'master.cf'),
    `${address}:${ports.smtp} inet n - n - - smtpd\npostlog unix-dgram n - n - 1 postlogd\ncleanup unix n - n - 0 cleanup\n` +
      `rewrite unix - - n - - trivial-rewrite\nproxymap unix - - n - - proxymap\nanvil unix - - n - 1 anvil\n`,
  );
  execFileSync('/usr/sbin/postfix', ['-c', config, 'check'], { stdio: 'ignore' });
  return startServer('/usr/lib/postfix/sbin/master', ['-c', config, '-d'], [{ host: address, port: ports.smtp }]);
}

async function startWeb(): Promise<readonly { readonly stop: () => Promise<void> }[]> {
  const { certPem, keyPem } = await makeCertificate({ name: 'web.example' });
  const [crt, key] = [path('crt.pem', certPem), path('key.pem', keyPem)];
  const nginx = await startNginx(
    `server { listen ${address}:${ports.nginx}; return 200 'hello'; }
     server { listen ${address}:${ports.nginxTls} ssl; ssl_certificate ${crt}; ssl_certificate_key ${key}; return 200 'hello'; }`,
    { host: address, port: ports.nginx },
  );
  const apache = await startApache(
    `ServerTokens Full\nListen ${address}:${ports.apache}\nListen ${address}:${ports.apacheTls}
<VirtualHost ${address}:${ports.apacheTls}>\nSSLEngine on\nSSLCertificateFile ${crt}\nSSLCertificateKeyFile ${key}\n</VirtualHost>`,
    { host: address, port: ports.apache },
  );
  return [nginx, apache];
}

describe('real services', () => {
  let facts: PortsFacts;
  let made = 0;

  beforeAll(async () => {
    running.push(
      await startSshd(folder.path, { host: address, port: ports.ssh }),
      await startFtp(),
      ...(await startWeb()),
    );
    if (isRoot) running.push(await startPostfix());
    const asked = Object.values(ports).filter((port) => isRoot || port !== ports.smtp);
    const probe = createPortsProbe({ engine: 'connect', ports: asked });
    const wire = wireWith();
    facts = await probe.observe({
      target: hostTarget(address, [{ port: ports.smtp, service: 'smtp' }], 'web.example'),
      wire,
      signal: new AbortController().signal,
    });
    made = wire.costs()[0]?.connections ?? 0;
  });
  afterAll(async () => {
    for (const one of running) await one.stop();
    folder.remove();
  });

  const at = (port: number) => facts.open.find((open) => open.port === port);

  it('are named with the version that dpkg knows, by our own banners', () => {
    expect(at(ports.ssh)).toMatchObject({
      service: 'ssh',
      product: 'openssh',
      version: upstream('openssh-server'),
      tls: false,
    });
    expect(at(ports.ftp)).toMatchObject({ service: 'ftp', product: 'vsftpd', version: upstream('vsftpd'), tls: false });
    expect(at(ports.nginx)).toMatchObject({
      service: 'http',
      product: 'nginx',
      version: upstream('nginx'),
      tls: false,
    });
    const apache = { service: 'http', product: 'apache-http-server', version: upstream('apache2'), extra: /debian/ };
    expect(at(ports.apache)).toMatchObject({ ...apache, extra: expect.stringMatching(/debian/) as string, tls: false });
  });

  it.runIf(isRoot)('is Postfix with its version', () => {
    expect(at(ports.smtp)).toMatchObject({
      service: 'smtp',
      product: 'postfix',
      version: upstream('postfix'),
      extra: 'debian',
    });
  });

  it('are found behind TLS on ports that no list knows', () => {
    expect(at(ports.nginxTls)).toMatchObject({
      service: 'http',
      product: 'nginx',
      version: upstream('nginx'),
      tls: true,
    });
    expect(at(ports.apacheTls)).toMatchObject({ service: 'http', product: 'apache-http-server', tls: true });
  });

  it('become software with the package revision kept in the words', () => {
    const items = softwareFromPorts(facts, hostTarget(address)).items;
    expect(items).toContainEqual(
      expect.objectContaining({
        product: 'openssh',
        version: upstream('openssh-server'),
        os: 'debian',
        source: 'ssh.banner',
        port: ports.ssh,
        text: expect.stringMatching(/^SSH-2\.0-OpenSSH_.* Debian-.*\+deb/) as string,
      }),
    );
    expect(items.find(({ product }) => product === 'openssl')?.version).toBe(upstream('libssl3'));
  });

  it('are named as nmap -sV names them', async () => {
    const nmap = await findNmap();
    if (nmap === null) throw new Error('nmap is not installed');
    const job = { address, ports: facts.open.map(({ port }) => port), limits: { connections: 20, perSecond: 1000 } };
    const { scan, connections } = await runNmap(nmap, { ...job, versions: true }, new AbortController().signal);
    // Fewer connections (and a tenth of the time) are the point of asking by what is usual at a port.
    expect(connections).toBeGreaterThan(facts.open.length);
    for (const { port, service, product, version, tls } of facts.open) {
      const theirs = scan.ports.get(port)?.service;
      const [named] = readBanner('nmap', [theirs?.product, theirs?.version].filter(Boolean).join(' '), port);
      expect({ port, service, product }).toEqual({ port, service: theirs?.name, product: named?.product });
      // nmap does not look for Postfix's version.
      if (named?.version !== undefined) expect(version).toBe(named.version);
      // nmap takes the sentence that Apache's TLS port says to plain HTTP for a plain web server.
      if (port !== ports.apacheTls) expect(tls).toBe(theirs?.tls);
    }
  });

  it('are told by a few connections each', () => {
    expect(made).toBeLessThanOrEqual(4 * facts.open.length);
  });
});
