// Versions of hosts that run many real services of Debian, ours beside nmap -sV. Started by bench.ts inside a network namespace,
// in which every address of 127.0.0.0/8 is such a host. Prints tables; `-- <hosts>` sets how many.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianServices, startDebianServices } from '../../servers/debian-services.ts';
import { printTable } from '../tls/figures.ts';
import { runNmap, runOurs, type Run } from './ours.ts';

const many = Number(process.argv[2] ?? 20);
// Name servers share a port: one of them is enough. At Tinyproxy and etcd nmap -sV waits a minute, at PHP's own server half of
// one, which would say more of them than of it.
const slowForNmap: ReadonlySet<string> = new Set(['tinyproxy', 'etcd', 'php']);
const services = debianServices.filter(
  ({ alone, product }) => (alone !== true || product === 'unbound') && !slowForNmap.has(product),
);
const ports = services.map(({ port }) => port).join(',');
const folder = mkdtempSync(join(tmpdir(), 'rasoat-bench-'));
const running = await startDebianServices(services, folder, () => '0.0.0.0');
try {
  // The first run of each reads its files from the disk.
  await runOurs(['127.0.83.250'], { ports, connections: 16, versions: true, inFlight: 1 });
  for (const hosts of [1, many]) {
    const addresses = Array.from({ length: hosts }, (_, at) => `127.0.83.${at + 1}`);
    // Few at a time: one sshd stands for all the hosts here, and lets ten strangers in at once.
    const ours = await runOurs(addresses, { ports, connections: 16, versions: true, inFlight: 4 });
    const nmap = await runNmap(addresses, ['-sT', '-sV', `-p${ports}`]);
    print(`versions of ${hosts} hosts with ${services.length} services each`, hosts, ours, nmap);
    const isOf = (product: string) => (one: string) => new RegExp(`^${product} \\d`).test(one);
    const named = services.map(({ product }) => (ours.named ?? []).filter(isOf(product)).length);
    console.log(
      `named with their version by ours: ${named.reduce((sum, one) => sum + one, 0)} of ${hosts * services.length}`,
    );
    const theirs = [...nmap.output.matchAll(/^\d+\/tcp +open +\S+ +(\S.*)$/gm)].map(([, words = '']) => words);
    console.log(`by nmap: ${theirs.filter((words) => /\d+\.\d+/.test(words)).length} of ${hosts * services.length}`);
  }
} finally {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
}

function print(title: string, hosts: number, ours: Run, nmap: Run): void {
  console.log(`\n${title} (load ${loadavg()[0]?.toFixed(1) ?? ''})`);
  printTable([
    ['', 'wall s', 's a host', 'CPU s', 'connections', 'peak MB', 'ours is'],
    ...(
      [
        ['ours', ours],
        ['nmap -sV', nmap],
      ] as const
    ).map(([tool, { wall, cpu, connections, peakMb }]) => [
      tool,
      wall.toFixed(2),
      (wall / hosts).toFixed(3),
      cpu.toFixed(2),
      connections?.toString() ?? '-',
      peakMb.toFixed(0),
      tool === 'ours' ? '' : `${(wall / ours.wall).toFixed(1)} ×`,
    ]),
  ]);
}
