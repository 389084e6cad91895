// One run of our prober over the addresses given on standard input, in a process of its own so that its memory and time
// are its own. Prints one line of JSON (OursResult). Options as JSON in the first argument (OursOptions).
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import pLimit from 'p-limit';
import { keepYoungHeapSmall } from '../../../src/cli/young-heap.ts';
import type { Limits } from '../../../src/model/permission.ts';
import { createTlsProbe } from '../../../src/probe/tls/probe.ts';
import { openWire, webTarget } from '../../servers/tls-wire.ts';

export type OursOptions = {
  /** Everything that the prober can ask, or versions, suites and certificates alone. */
  readonly deep: boolean;
  readonly inFlight: number;
  readonly limits: Limits;
  readonly port?: number;
  readonly root?: string;
};

export type OursResult = {
  readonly hosts: number;
  readonly failed: readonly string[];
  /** From the first connection to the last, without the start of the process. */
  readonly probingSeconds: number;
  readonly connections: number;
  readonly mostConnections: number;
  readonly bytes: number;
  readonly suites: number;
  readonly peakMb: number;
};

keepYoungHeapSmall();
const options = JSON.parse(process.argv[2] ?? '{}') as OursOptions;
const addresses = (await text(process.stdin)).split('\n').filter((line) => line !== '');
const probe = createTlsProbe({
  deep: options.deep,
  verify: options.deep,
  ...(options.root === undefined ? {} : { extraRoots: [options.root] }),
});
const limit = pLimit(options.inFlight);
const failed: string[] = [];
const sum = { connections: 0, mostConnections: 0, bytes: 0, suites: 0 };

const startedAt = performance.now();
await Promise.all(addresses.map((address) => limit(() => observe(address))));
const probingSeconds = (performance.now() - startedAt) / 1000;
const peakMb = process.resourceUsage().maxRSS / 1024;
const result: OursResult = { hosts: addresses.length, failed, probingSeconds, ...sum, peakMb };
if (!process.stdout.write(`${JSON.stringify(result)}\n`)) await once(process.stdout, 'drain');

async function observe(address: string): Promise<void> {
  // A wire for each host: what it holds for an address would otherwise be counted as growth.
  const wire = openWire(options.limits);
  const target = webTarget(address, {
    name: 'lab.test',
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  try {
    const { protocols } = await probe.observe({ target, wire, signal: AbortSignal.timeout(120_000) });
    for (const { suites = [] } of Object.values(protocols)) sum.suites += suites.length;
  } catch (error) {
    failed.push(`${address}: ${String(error)}`);
  }
  const [cost] = wire.costs();
  sum.connections += cost?.connections ?? 0;
  sum.mostConnections = Math.max(sum.mostConnections, cost?.connections ?? 0);
  sum.bytes += (cost?.bytesSent ?? 0) + (cost?.bytesReceived ?? 0);
}
