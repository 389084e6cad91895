import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LabCertificate } from './tls-certificates.ts';
import { startServer, type RunningServer } from './process.ts';

const run = promisify(execFile);

/** Real servers of Debian, all in the foreground, with everything they write under `dir`. They need root. */
type Place = { readonly dir: string; readonly host: string; readonly certificate: LabCertificate };

async function idOf(user: string): Promise<number> {
  return Number((await run('id', ['-u', user])).stdout);
}

/** postfix's smtpd on port 25 offering STARTTLS unless told otherwise, and on 2525 without it; `settings` go last in main.cf. */
export async function startPostfix(
  { dir, host, certificate }: Place,
  settings: readonly string[] = [],
): Promise<RunningServer> {
  const root = await mkdtemp(join(dir, 'postfix-'));
  const [config, queue, data] = [join(root, 'etc'), join(root, 'queue'), join(root, 'data')];
  for (const each of [config, queue, data]) await mkdir(each);
  for (const each of [dir, root]) await chmod(each, 0o755);
  await chown(data, await idOf('postfix'), -1);
  await copyFile('/etc/postfix/postfix-files', join(config, 'postfix-files'));
  await writeFile(
    join(config, 'main.cf'),
    `compatibility_level = 3.6
myhostname = mail.lab.test
queue_directory = ${queue}
data_directory = ${data}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${root}/mail.log
maillog_file_prefixes = ${root}
alias_maps =
local_recipient_maps =
smtpd_peername_lookup = no
smtpd_tls_security_level = may
smtpd_tls_chain_files = ${certificate.key}, ${certificate.chain}
${settings.join('\n')}
`,
  );
  const service = (name: string, type: string, command: string) => `${name} ${type} n - n - - ${command}\n`;
  await writeFile(
    join(config, 'master.cf'),
    service(`${host}:25`, 'inet', 'smtpd') +
      service(`${host}:2525`, 'inet', 'smtpd -o smtpd_tls_security_level=none') +
      'postlog unix-dgram n - n - 1 postlogd\nanvil unix - - n - 1 anvil\ntlsmgr unix - - n 1000? 1 tlsmgr\n' +
      'rewrite unix - - n - - trivial-rewrite\nproxymap unix - - n - - proxymap\ncleanup unix n - n - 0 cleanup\n',
  );
  await run('/usr/sbin/postfix', ['-c', config, 'check']);
  return startServer('/usr/lib/postfix/sbin/master', ['-c', config, '-d'], [{ host, port: 25 }]);
}

/** vsftpd on port 21, with AUTH TLS or without. */
export async function startVsftpd({ dir, host, certificate }: Place, tls: boolean): Promise<RunningServer> {
  const root = await mkdtemp(join(dir, 'vsftpd-'));
  const config = join(root, 'vsftpd.conf');
  const lines = [
    ...['listen=YES', 'background=NO', `listen_address=${host}`, 'listen_port=21', 'local_enable=YES'],
    ...['anonymous_enable=NO', `secure_chroot_dir=${root}`, `vsftpd_log_file=${root}/log`, 'seccomp_sandbox=NO'],
    `ssl_enable=${tls ? 'YES' : 'NO'}`,
    ...(tls ? [`rsa_cert_file=${certificate.chain}`, `rsa_private_key_file=${certificate.key}`] : []),
  ];
  await writeFile(config, `${lines.join('\n')}\n`);
  return startServer('/usr/sbin/vsftpd', [config], [{ host, port: 21 }]);
}

/** dovecot with IMAP (143), POP3 (110), ManageSieve (4190) and LMTP (24), all with STARTTLS; with DH parameters or without. */
export async function startDovecot({ dir, host, certificate }: Place, dh = true): Promise<RunningServer> {
  const root = await mkdtemp(join(dir, 'dovecot-'));
  for (const each of [dir, root]) await chmod(each, 0o755);
  const config = join(root, 'dovecot.conf');
  const listener = (name: string, login: string, port: number, more = '') =>
    `service ${login} {\n  inet_listener ${name} {\n    address = ${host}\n    port = ${port}\n  }\n${more}}\n`;
  const none = (name: string) => `  inet_listener ${name} {\n    port = 0\n  }\n`;
  await writeFile(
    config,
    `protocols = imap pop3 sieve lmtp
base_dir = ${root}/run
state_dir = ${root}
log_path = ${root}/log
ssl = yes
ssl_cert = <${certificate.chain}
ssl_key = <${certificate.key}
${dh ? 'ssl_dh = </usr/share/dovecot/dh.pem' : ''}
mail_location = maildir:${root}/mail
passdb {
  driver = static
  args = password=x
}
service stats {
  chroot =
}
${listener('imap', 'imap-login', 143, none('imaps'))}${listener('pop3', 'pop3-login', 110, none('pop3s'))}
${listener('sieve', 'managesieve-login', 4190)}${listener('lmtp', 'lmtp', 24)}`,
  );
  const listens = [143, 110, 4190, 24].map((port) => ({ host, port }));
  return startServer('/usr/sbin/dovecot', ['-F', '-c', config], listens);
}

/** PostgreSQL on port 5432 with ssl on or off; it refuses to run as root. */
export async function startPostgres({ dir, host, certificate }: Place, ssl: boolean): Promise<RunningServer> {
  const root = await mkdtemp(join(dir, 'postgres-'));
  const owner = await idOf('postgres');
  const [data, key, bin] = [join(root, 'data'), join(root, 'key.pem'), '/usr/lib/postgresql/15/bin'];
  await copyFile(certificate.key, key);
  await chmod(key, 0o600);
  for (const each of [root, key]) await chown(each, owner, -1);
  for (const each of [dir]) await chmod(each, 0o755);
  const as = ['--reuid=postgres', '--regid=postgres', '--clear-groups', '--'];
  await run('setpriv', [...as, `${bin}/initdb`, '-D', data, '-A', 'reject', '--no-sync', '-N'], { cwd: root });
  const settings = [
    ...[`listen_addresses=${host}`, 'port=5432', `unix_socket_directories=${root}`, `ssl=${ssl ? 'on' : 'off'}`],
    ...[`ssl_cert_file=${certificate.chain}`, `ssl_key_file=${key}`, 'shared_buffers=1MB', 'max_connections=120'],
  ];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  return startServer('setpriv', [...as, `${bin}/postgres`, '-D', data, ...flags], [{ host, port: 5432 }], {
    cwd: root,
  });
}
