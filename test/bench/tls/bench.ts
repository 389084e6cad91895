// The TLS prober beside what Debian ships, on this machine, in one run. Prints figures and asserts none of them.
// Run: npm run bench:tls [-- --hosts 200 --delay 50 --quick --memory]
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { existsSync } from 'node:fs';
import { printRows, printTable, ratio, ourRow, peerRow, type Row } from './figures.ts';
import { startFleet, type Fleet } from './fleet.ts';
import { printOneHost } from './one-host.ts';
import { runOurs } from './ours.ts';
import { isInstalled, peers, type Peer } from './peers.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '200' },
    delay: { type: 'string', default: '50' },
    quick: { type: 'boolean', default: false },
    memory: { type: 'boolean', default: false },
  },
});
if (!existsSync('/usr/bin/time')) throw new Error('GNU time is needed: apt-get install time');

const hosts = values.quick ? 20 : Number(values.hosts);
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? ''}, load ${loadavg()[0]?.toFixed(1) ?? ''}, Node ${process.version}`,
);
if (values.memory) await printMemory();
else await compare();

async function compare(): Promise<void> {
  const fleet = await startFleet(hosts);
  try {
    await compareDepths(fleet);
    const intermediate = fleet.hosts.find(({ kind }) => kind === 'intermediate');
    if (intermediate !== undefined) await printOneHost(intermediate.address, Number(values.delay));
  } finally {
    await fleet.stop();
  }
}

/** First all at equal depth, then everything that ours can ask. */
async function compareDepths(fleet: Fleet): Promise<void> {
  // Not measured: it fills the compile cache, as a second command of the day finds it. The peers come compiled.
  await ours(fleet, true, 1);
  const base = await ours(fleet, false);
  const others: Row[] = [];
  for (const peer of values.quick ? peers.slice(0, 2) : peers) {
    if (isInstalled(peer)) others.push(await besides(fleet, peer));
    else console.log(`${peer.name} is not installed: skipped`);
  }
  const deep = await ours(fleet, true);
  console.log(`\nVersions, suites and certificates of ${fleet.hosts.length} hosts`);
  printRows([base.row, ...others]);
  console.log('\nOurs is so many times as fast (hosts a second), for so much less processor time a host');
  printTable([
    ['', 'hosts/s', 'client CPU'],
    ...others.map((row) => [row.tool, `${ratio(base.row, row).toFixed(1)} ×`, `${cpuRatio(base.row, row)} ×`]),
  ]);
  console.log('\nEverything that ours asks');
  printRows([base.row, deep.row]);
  const { client, server } = base.row;
  console.log(`most connections to one host: ${base.most}, with everything ${deep.most}`);
  console.log(`client CPU for server CPU: ${(client / server).toFixed(2)}`);
  console.log(
    `with everything: client CPU ${(deep.row.client / client).toFixed(2)} × that, server ${(deep.row.server / server).toFixed(2)} ×`,
  );
}

function cpuRatio(ours: Row, other: Row): string {
  return (other.client / other.hosts / (ours.client / ours.hosts)).toFixed(1);
}

async function ours(fleet: Fleet, deep: boolean, size = fleet.hosts.length) {
  const before = fleet.serverCpu();
  const all = addressesOf(fleet);
  const addresses = Array.from({ length: size }, (_, index) => all[index % all.length] ?? '');
  const run = await runOurs(addresses, { deep, root: fleet.certificates.root });
  if (run.failed.length > 0) console.log(`FAILED ${run.failed.length}: ${run.failed[0] ?? ''}`);
  const row = ourRow(deep ? 'ours, everything' : 'ours', run, fleet.serverCpu() - before);
  return { row, most: run.mostConnections };
}

async function besides(fleet: Fleet, peer: Peer): Promise<Row> {
  const addresses = sample(addressesOf(fleet), peer.atMost);
  const [cpu, connections] = [fleet.serverCpu(), await fleet.accepted()];
  const usage = await peer.run(addresses);
  const accepted = (await fleet.accepted()) - connections - 1;
  const tool = peer.atMost === undefined ? peer.name : `${peer.name} (only ${addresses.length} hosts)`;
  return peerRow(tool, addresses.length, usage, fleet.serverCpu() - cpu, accepted);
}

/** Spread over the fleet, so that each kind of host is in it. */
function sample(addresses: readonly string[], atMost = addresses.length): string[] {
  const step = addresses.length / Math.min(atMost, addresses.length);
  return Array.from({ length: Math.min(atMost, addresses.length) }, (_, at) => addresses[Math.floor(at * step)] ?? '');
}

function addressesOf({ hosts }: Fleet): string[] {
  return hosts.map(({ address }) => address);
}

/** Whether the size of the process depends on the size of the fleet; 5,000 are 1,000 addresses five times over. */
async function printMemory(): Promise<void> {
  const rows: Row[] = [];
  const fleet = await startFleet(1000);
  try {
    for (const size of [200, 1000, 5000]) rows.push((await ours(fleet, false, size)).row);
    for (const size of [200, 1000]) rows.push((await ours(fleet, true, size)).row);
  } finally {
    await fleet.stop();
  }
  printRows(rows);
}
