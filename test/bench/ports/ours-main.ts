// One run of our ports probe, in a process of its own. Prints one line of JSON (OursResult). Options as JSON in the first
// argument (OursOptions); addresses on standard input.
import { text } from 'node:stream/consumers';
import pLimit from 'p-limit';
import { createPortsProbe } from '../../../src/probe/ports/probe.ts';
import { parsePortRanges } from '../../../src/probe/ports/port-ranges.ts';
import { sweepScan } from '../../../src/probe/ports/sweep-scan.ts';
import { softwareFromPorts } from '../../../src/probe/software/probe.ts';
import { hostTarget, wireWith } from '../../probe/ports/support.ts';

export type OursOptions = {
  /** `1-1000`. */
  readonly ports: string;
  readonly connections: number;
  /** Ports alone, or what answers there too. */
  readonly versions: boolean;
  readonly inFlight: number;
};

export type OursResult = {
  readonly open: number;
  readonly closed: number;
  readonly silent: number;
  readonly named: readonly string[];
  readonly connections: number;
};

const options = JSON.parse(process.argv[2] ?? '{}') as OursOptions;
const addresses = (await text(process.stdin)).split('\n').filter((line) => line !== '');
const ports = parsePortRanges(options.ports) ?? [];
const wire = wireWith(() => true, { connections: options.connections, perSecond: 1_000_000 });
const signal = AbortSignal.timeout(900_000);
const limit = pLimit(options.inFlight);
const sum = { open: 0, closed: 0, silent: 0 };
const named: string[] = [];

await Promise.all(addresses.map((address) => limit(() => (options.versions ? describe(address) : scan(address)))));
const connections = wire.costs().reduce((all, cost) => all + cost.connections, 0);
console.log(JSON.stringify({ ...sum, named, connections } satisfies OursResult));

async function scan(address: string): Promise<void> {
  const { open, closed, silent } = await sweepScan(address, ports, { wire, signal });
  sum.open += open.length;
  sum.closed += closed.length;
  sum.silent += silent.length;
}

async function describe(address: string): Promise<void> {
  const probe = createPortsProbe({ engine: 'connect', ports });
  const facts = await probe.observe({ target: hostTarget(address), wire, signal });
  sum.open += facts.open.length;
  const items = softwareFromPorts(facts, hostTarget(address)).items;
  named.push(...new Set(items.map(({ product, version }) => `${product} ${version ?? ''}`.trim())));
}
