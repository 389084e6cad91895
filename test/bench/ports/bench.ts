// The ports probe beside nmap, on this machine, in one run. Prints figures and asserts none of them.
// Run: npm run bench:ports [-- --quick] [-- --only answering|dropping|web|mixed]. What drops packets needs root, iproute2 and nftables, and is skipped else.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startNginx } from '../../servers/web-daemon.ts';
import { printTable } from '../tls/figures.ts';
import { runNmap, runOurs, type Run } from './ours.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
for (const program of ['/usr/bin/time', '/usr/bin/nmap'])
  if (!existsSync(program)) throw new Error(`${program} is needed`);
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? ''}, load ${loadavg()[0]?.toFixed(1) ?? ''}, Node ${process.version}`,
);

const row = (network: number, count: number) =>
  Array.from({ length: count }, (_, index) => `127.0.${network}.${index + 1}`);
const isRoot = process.getuid?.() === 0;

if (wanted('answering')) await answering(row(81, values.quick ? 20 : 200));
if (wanted('dropping')) await dropping(row(70, values.quick ? 4 : 20));
if (wanted('web')) await webHosts(row(82, values.quick ? 10 : 100));
if (wanted('mixed')) mixedHosts(values.quick ? 4 : 20);

function wanted(part: string): boolean {
  return values.only === undefined || values.only === part;
}

async function answering(addresses: readonly string[]): Promise<void> {
  const options = { ports: '1-1000', connections: 256, versions: false, inFlight: 16 };
  const probes = addresses.length * 1000;
  print(`${addresses.length} addresses x 1,000 ports that answer`, probes, [
    ['ours, connect', await runOurs(addresses, options)],
    ['nmap -sT', await runNmap(addresses, ['-sT', '-p1-1000'])],
    ...(isRoot ? [['nmap -sS', await runNmap(addresses, ['-sS', '-p1-1000'])] as const] : []),
  ]);
}

/** In a network namespace of its own, whose firewall drops every SYN to these addresses. */
async function dropping(addresses: readonly string[]): Promise<void> {
  const name = `rasoat-bench-${process.pid}`;
  if (!isRoot || !existsSync('/usr/sbin/nft') || !existsSync('/usr/sbin/ip')) {
    console.log('\nPorts that drop packets: skipped (needs root, iproute2, nftables)');
    return;
  }
  const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' });
  const inside = (...args: string[]) => ip('netns', 'exec', name, ...args);
  ip('netns', 'add', name);
  try {
    inside('ip', 'link', 'set', 'lo', 'up');
    inside('nft', 'add', 'table', 'inet', 'bench');
    inside('nft', 'add', 'chain', 'inet', 'bench', 'in', '{ type filter hook input priority 0; }');
    inside('nft', 'add', 'rule', 'inet', 'bench', 'in', 'ip', 'daddr', '127.0.70.0/24', 'tcp', 'flags', 'syn', 'drop');
    const options = { ports: '1-1000', connections: 500, versions: false, inFlight: 32 };
    // Left to itself nmap takes minutes for each host that never answers; these are the options that help it.
    const twice = ['-sT', '--max-retries', '1', '-p1-1000'];
    print(`${addresses.length} addresses x 1,000 ports that drop packets`, addresses.length * 1000, [
      ['ours, connect', await runOurs(addresses, options, name)],
      [
        'nmap -sT --max-retries 1 --min-parallelism 100',
        await runNmap(addresses, [...twice, '--min-parallelism', '100'], name),
      ],
      ['nmap -sT --max-retries 1 --min-rate 5000', await runNmap(addresses, [...twice, '--min-rate', '5000'], name)],
    ]);
  } finally {
    ip('netns', 'del', name);
  }
}

async function webHosts(addresses: readonly string[]): Promise<void> {
  const [first = ''] = addresses;
  const listens = addresses.map((address) => `listen ${address}:80;`).join(' ');
  const nginx = await startNginx(`server { ${listens} return 200 'x'; }`, { host: first, port: 80 });
  try {
    const options = { ports: '80', connections: 16, versions: true, inFlight: 32 };
    print(`versions of ${addresses.length} web hosts`, addresses.length, [
      ['ours', await runOurs(addresses, options)],
      ['nmap -sV', await runNmap(addresses, ['-sT', '-sV', '-p80'])],
    ]);
  } finally {
    await nginx.stop();
  }
}

/** Hosts with many services, in a network namespace of their own, where servers may listen at every address. */
function mixedHosts(count: number): void {
  const name = `rasoat-bench-mixed-${process.pid}`;
  if (!isRoot || !existsSync('/usr/sbin/ip')) {
    console.log('\nVersions of mixed hosts: skipped (needs root, iproute2)');
    return;
  }
  execFileSync('ip', ['netns', 'add', name]);
  try {
    execFileSync('ip', ['netns', 'exec', name, 'ip', 'link', 'set', 'lo', 'up']);
    const main = fileURLToPath(new URL('mixed-main.ts', import.meta.url));
    execFileSync('ip', ['netns', 'exec', name, process.execPath, main, String(count)], { stdio: 'inherit' });
  } finally {
    execFileSync('ip', ['netns', 'del', name]);
  }
}

function print(title: string, units: number, runs: readonly (readonly [string, Run])[]): void {
  const [, ours] = runs[0] ?? [];
  console.log(`\n${title} (load ${loadavg()[0]?.toFixed(1) ?? ''})`);
  printTable([
    ['', 'wall s', 'a second', 'CPU s', 'connections', 'peak MB', 'ours is'],
    ...runs.map(([tool, { wall, cpu, connections, peakMb }]) => [
      tool,
      wall.toFixed(2),
      (units / wall).toFixed(units / wall < 10 ? 2 : 0),
      cpu.toFixed(2),
      connections?.toString() ?? '-',
      peakMb.toFixed(0),
      ours === undefined || tool.startsWith('ours') ? '' : `${(wall / ours.wall).toFixed(1)} ×`,
    ]),
  ]);
}
