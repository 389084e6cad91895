import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Listen } from './nginx.ts';
import { startServer, type RunningServer } from './process.ts';

/** Starts Debian's OpenSSH in the foreground with a host key of its own in `folder`. */
export async function startSshd(folder: string, { host, port }: Listen): Promise<RunningServer> {
  const key = join(folder, 'host-key');
  execFileSync('/usr/bin/ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const config = join(folder, 'sshd.conf');
  writeFileSync(config, `Port ${port}\nListenAddress ${host}\nHostKey ${key}\nPidFile none\nUsePAM no\n`);
  return startServer('/usr/sbin/sshd', ['-D', '-e', '-f', config], [{ host, port }]);
}
