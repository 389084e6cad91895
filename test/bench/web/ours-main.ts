// One run of our web probe over the addresses given on standard input, in a process of its own so that its memory and
// time are its own. Prints one line of JSON (OursResult). Options as JSON in the first argument (OursOptions).
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import pLimit from 'p-limit';
import { keepYoungHeapSmall } from '../../../src/cli/young-heap.ts';
import type { Limits } from '../../../src/model/permission.ts';
import { createHttpProbe } from '../../../src/probe/http/probe.ts';
import { createWire } from '../../../src/probe/wire/dial.ts';

export type OursOptions = {
  /** Every question, or the chains alone. */
  readonly asks: boolean;
  readonly inFlight: number;
  readonly limits: Limits;
  readonly requestsPerSecond?: number;
  readonly securePort: number;
  readonly plainPort: number;
};

export type OursResult = {
  readonly endpoints: number;
  readonly failed: readonly string[];
  /** From the first connection to the last, without the start of the process. */
  readonly probingSeconds: number;
  readonly requests: number;
  readonly mostRequests: number;
  readonly leftOut: number;
  readonly peakMb: number;
};

keepYoungHeapSmall();
const options = JSON.parse(process.argv[2] ?? '{}') as OursOptions;
const addresses = (await text(process.stdin)).split('\n').filter((line) => line !== '');
const probe = createHttpProbe({
  ...(options.asks ? {} : { parts: [] }),
  ...(options.requestsPerSecond === undefined ? {} : { requestsPerSecond: options.requestsPerSecond }),
});
const wire = createWire({
  zone: 'bench',
  userAgent: 'RaSoat/0.1 (+bench; run 1)',
  permit: () => ({ allowed: true, authorisation: 'bench', limits: options.limits }),
});
const limit = pLimit(options.inFlight);
const failed: string[] = [];
const sum = { requests: 0, mostRequests: 0, leftOut: 0 };

const startedAt = performance.now();
await Promise.all(addresses.map((address, index) => limit(() => observe(address, index))));
const probingSeconds = (performance.now() - startedAt) / 1000;
const peakMb = process.resourceUsage().maxRSS / 1024;
const result: OursResult = { endpoints: addresses.length, failed, probingSeconds, ...sum, peakMb };
if (!process.stdout.write(`${JSON.stringify(result)}\n`)) await once(process.stdout, 'drain');

async function observe(address: string, index: number): Promise<void> {
  const name = `portal-${index}.test`;
  const url = `https://${name}:${options.securePort}/`;
  const endpoint = { kind: 'web', url, httpUrl: `http://${name}:${options.plainPort}/` } as const;
  const target = { key: url, kind: 'web', system: 'bench', endpoint, name, address, siblings: [] } as const;
  try {
    const { secure, requests } = await probe.observe({ target, wire, signal: AbortSignal.timeout(120_000) });
    if (secure?.hops.at(-1)?.status !== 200) failed.push(`${address}: ${JSON.stringify(secure)}`);
    sum.requests += requests?.made ?? 0;
    sum.mostRequests = Math.max(sum.mostRequests, requests?.made ?? 0);
    sum.leftOut += requests?.leftOut ?? 0;
  } catch (error) {
    failed.push(`${address}: ${String(error)}`);
  }
}
