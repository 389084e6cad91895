// Installs what the tests need from Debian, as root or by sudo; otherwise says exactly what is missing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const wanted = readFileSync(new URL('debian-packages.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' ') as [name: string, file: string]);
const missing = wanted.filter(([, file]) => !existsSync(file)).map(([name]) => name);
if (missing.length > 0) install(missing);

function install(packages: readonly string[]): void {
  const prefix = asRoot();
  if (!existsSync('/usr/bin/apt-get') || prefix === undefined) {
    const command = `apt-get install --no-install-recommends ${packages.join(' ')}`;
    console.error(
      `The tests start real servers. Missing Debian packages: ${packages.join(', ')}\nInstall them as root: ${command}`,
    );
    process.exit(2);
  }
  console.log(`Installing from Debian: ${packages.join(', ')}`);
  // The tests start servers of their own; a package's must not take their ports.
  const policy = '/usr/sbin/policy-rc.d';
  const held = existsSync(policy);
  if (!held) run([...prefix, 'sh', '-c', `printf '#!/bin/sh\\nexit 101\\n' > ${policy} && chmod 755 ${policy}`]);
  const whole =
    run([...prefix, 'apt-get', 'update', '-qq']) &&
    run([...prefix, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages]);
  if (!held) run([...prefix, 'rm', '-f', policy]);
  if (!whole) process.exit(2);
}

function asRoot(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n', '-E'] : undefined;
}

function run([command = '', ...args]: readonly string[]): boolean {
  // policy-rc.d is respected where present.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  if (status !== 0) console.error(`${command} ${args.join(' ')} failed with ${String(status)}`);
  return status === 0;
}
