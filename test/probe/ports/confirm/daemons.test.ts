import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenPort } from '../../../../src/model/facts/ports.ts';
import { createPortsProbe } from '../../../../src/probe/ports/probe.ts';
import { startServer, type RunningServer } from '../../../servers/process.ts';
import { hostTarget, testFolder, wireWith } from '../support.ts';

const folder = testFolder();
const running: RunningServer[] = [];
const isRoot = process.getuid?.() === 0;
const weak = '127.0.35.1';
const strong = '127.0.35.2';

const file = (name: string, content: string) => {
  writeFileSync(join(folder.path, name), content, { mode: 0o600 });
  return join(folder.path, name);
};

async function start(program: string, args: readonly string[], host: string, port: number): Promise<void> {
  running.push(await startServer(program, args, [{ host, port }]));
}

async function startSshd(host: string, lines: string): Promise<void> {
  const key = join(folder.path, `key-${host}`);
  execFileSync('/usr/bin/ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', '', '-f', key]);
  if (isRoot) mkdirSync('/run/sshd', { recursive: true });
  const config = `Port 22\nListenAddress ${host}\nHostKey ${key}\nPidFile none\nUsePAM no\n${lines}\n`;
  await start('/usr/sbin/sshd', ['-D', '-e', '-f', file(`sshd-${host}`, config)], host, 22);
}

async function startSamba(host: string, lines: string): Promise<void> {
  const at = join(folder.path, `smb-${host}`);
  for (const part of ['private', 'lock', 'state', 'cache', 'pid', 'nc']) mkdirSync(join(at, part), { recursive: true });
  const config =
    `[global]\ninterfaces = ${host}/8\nbind interfaces only = yes\nsmb ports = 445\ndisable netbios = yes\n` +
    `private dir = ${at}/private\nlock directory = ${at}/lock\nstate directory = ${at}/state\n` +
    `cache directory = ${at}/cache\npid directory = ${at}/pid\nncalrpc dir = ${at}/nc\nlog file = ${at}/log\n${lines}\n`;
  // In a process group of its own, which it ends by signal when it stops.
  await start('/usr/sbin/smbd', ['-F', '-s', file(`smb-${host}.conf`, config)], host, 445);
}

async function startXrdp(host: string, layer: string): Promise<void> {
  const key = join(folder.path, 'rdp.key');
  const crt = join(folder.path, 'rdp.crt');
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', crt, '-subj', '/CN=x'];
  if (!existsSync(crt)) execFileSync('openssl', ['req', ...made], { stdio: 'ignore' });
  const config =
    `[Globals]\nini_version=1\nfork=true\nport=tcp://${host}:3389\nsecurity_layer=${layer}\ncrypt_level=high\n` +
    `certificate=${crt}\nkey_file=${key}\nssl_protocols=TLSv1.2, TLSv1.3\n\n[Logging]\nLogFile=${folder.path}/xrdp-${host}.log\n` +
    `EnableSyslog=false\n\n[Channels]\n\n[Xorg]\nname=Xorg\nlib=libxup.so\nusername=ask\npassword=ask\nport=-1\n`;
  await start('/usr/sbin/xrdp', ['--nodaemon', '--config', file(`xrdp-${host}.ini`, config)], host, 3389);
}

async function startVnc(host: string, types: string, display: number): Promise<void> {
  const args = [`:${display}`, '-rfbport', '5900', '-interface', host, '-SecurityTypes', types];
  await start('/usr/bin/Xtigervnc', [...args, '-PasswordFile', '/dev/null'], host, 5900);
}

async function startRedis(host: string, more: readonly string[]): Promise<void> {
  const args = ['--bind', host, '--port', '6379', '--save', '', '--dir', folder.path, '--protected-mode', 'no'];
  await start('/usr/bin/redis-server', [...args, ...more], host, 6379);
}

const seen = new Map<string, readonly OpenPort[]>();
let connections = 0;

beforeAll(async () => {
  // All are waited for, so that none is left behind when one does not start.
  const started = await Promise.allSettled([
    startSshd(weak, 'KexAlgorithms +diffie-hellman-group14-sha1\nCiphers +3des-cbc,aes128-cbc\nMACs +hmac-md5'),
    startSshd(strong, 'Ciphers aes256-gcm@openssh.com\nKexAlgorithms sntrup761x25519-sha512@openssh.com'),
    startVnc(weak, 'None,VncAuth', 271),
    startVnc(strong, 'TLSVnc', 272),
    startRedis(weak, []),
    startRedis(strong, ['--requirepass', 'secret']),
    start('/usr/bin/memcached', ['-l', weak, '-p', '11211', ...(isRoot ? ['-u', 'nobody'] : [])], weak, 11211),
    ...(isRoot
      ? [
          startSamba(weak, 'server min protocol = NT1'),
          startSamba(strong, 'server min protocol = SMB3\nserver signing = mandatory'),
          startXrdp(weak, 'negotiate'),
          startXrdp(strong, 'tls'),
        ]
      : []),
  ]);
  for (const each of started) if (each.status === 'rejected') throw each.reason;
  for (const address of [weak, strong]) {
    const wire = wireWith();
    const probe = createPortsProbe({ engine: 'connect', ports: [22, 445, 3389, 5900, 6379, 11211] });
    const facts = await probe.observe({ target: hostTarget(address), wire, signal: AbortSignal.timeout(60_000) });
    seen.set(address, facts.open);
    connections = Math.max(connections, wire.costs()[0]?.connections ?? 0);
  }
});

afterAll(async () => {
  await Promise.all(running.map(({ stop }) => stop()));
  folder.remove();
});

const details = (address: string, port: number) => seen.get(address)?.find((one) => one.port === port)?.details;

/** What `ssh -G`'s own client reads of the server, by its debug lines. */
function offeredToSsh(host: string): Record<string, readonly string[]> {
  const args = ['-vv', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null'];
  let log = '';
  try {
    execFileSync('/usr/bin/ssh', [...args, `x@${host}`], { stdio: 'pipe' });
  } catch (error) {
    log = String((error as { readonly stderr: Buffer }).stderr);
  }
  const theirs = log.slice(log.indexOf('peer server KEXINIT proposal'));
  const list = (name: string) => new RegExp(`debug2: ${name}: (\\S+)`).exec(theirs)?.[1]?.split(',') ?? [];
  return {
    kex: list('KEX algorithms'),
    hostKeys: list('host key algorithms'),
    ciphers: list('ciphers stoc'),
    macs: list('MACs stoc'),
  };
}

describe('SSH', () => {
  it.each([weak, strong])('the lists of %s are those that OpenSSH’s own client is told', (host) => {
    expect(details(host, 22)?.ssh).toMatchObject(offeredToSsh(host));
  });

  it('the weak ones are there', () => {
    const ssh = details(weak, 22)?.ssh;
    expect(ssh?.kex).toContain('diffie-hellman-group14-sha1');
    expect(ssh?.ciphers).toContain('3des-cbc');
    expect(ssh?.macs).toContain('hmac-md5');
  });
});

it('VNC tells whether it asks for a password', () => {
  expect(details(weak, 5900)?.vnc?.securityTypes).toEqual(['None', 'VNC Authentication']);
  expect(details(strong, 5900)?.vnc?.securityTypes).toEqual(['VeNCrypt']);
});

it('Redis and memcached tell whether they ask for a login', () => {
  expect(details(weak, 6379)?.openAccess).toBe(true);
  expect(details(strong, 6379)?.openAccess).toBe(false);
  expect(details(weak, 11211)?.openAccess).toBe(true);
});

it.runIf(isRoot)('Samba tells whether it takes SMB 1 and requires signing', () => {
  expect(details(weak, 445)?.smb).toEqual({ smb1: true, dialect: '3.1.1', signing: 'enabled' });
  expect(details(strong, 445)?.smb).toMatchObject({ dialect: '3.1.1', signing: 'required' });
  expect(details(strong, 445)?.smb?.smb1).not.toBe(true);
});

it.runIf(isRoot)('xrdp tells which security layers it accepts', () => {
  expect(details(weak, 3389)?.rdp).toEqual({ standard: true, tls: true });
  expect(details(strong, 3389)?.rdp).toEqual({ standard: false, tls: true });
});

it('a host with six such services gets at most four connections for each', () => {
  expect(connections).toBeLessThanOrEqual(24);
});
