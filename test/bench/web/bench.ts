// Our web probe beside curl, over 1,000 web endpoints on loopback. Prints figures and asserts none of them.
// Run: npm run bench:web [-- --endpoints 1000 --quick]
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printTable } from '../tls/figures.ts';
import { timed, type Usage } from '../tls/timed-process.ts';
import { plainPort, securePort, startWebFleet } from './fleet.ts';
import type { OursOptions, OursResult } from './ours-main.ts';

const { values } = parseArgs({
  options: { endpoints: { type: 'string', default: '1000' }, quick: { type: 'boolean', default: false } },
});
if (!existsSync('/usr/bin/time')) throw new Error('GNU time is needed: apt-get install time');

const size = values.quick ? 100 : Number(values.endpoints);
const parallel = 32;
const limitMs = 900_000;
const main = fileURLToPath(new URL('ours-main.ts', import.meta.url));

type Row = { readonly tool: string; readonly requests: number; readonly seconds: number; readonly usage: Usage };

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? ''}, load ${loadavg()[0]?.toFixed(1) ?? ''}, Node ${process.version}`,
);
const fleet = await startWebFleet(size);
try {
  const lifted = { inFlight: parallel, limits: { connections: 64, perSecond: 100_000 }, requestsPerSecond: 100_000 };
  const chains = await ours('ours, chains alone', { ...lifted, asks: false });
  const all = await ours('ours, every question', { ...lifted, asks: true });
  const each = all.requests / size;
  const page = [`https`];
  const pair = ['http', 'https'];
  // The page by https for each question that asks for it again, and both roots by the bare address.
  const same = [...pair, 'http', ...Array<string>(Math.max(0, Math.round(each) - 3)).fill('https')];
  const rows = [
    chains,
    await curl('curl, page and redirect', pair, true),
    all,
    await curl('curl, as many requests', same, true),
    await curl('curl, as many, connections kept', same, false),
    await curl('curl, the page alone', page, true),
  ];
  print(rows);
  ratios(chains, rows[1]);
  ratios(all, rows[3]);
  ratios(all, rows[4]);
  const manners = { inFlight: 256, limits: { connections: 2, perSecond: 10 }, asks: true };
  print([await ours('ours, default manners, 256 at a time', manners)]);
} finally {
  await fleet.stop();
}

async function ours(tool: string, options: Omit<OursOptions, 'securePort' | 'plainPort'>): Promise<Row> {
  const full: OursOptions = { ...options, securePort, plainPort };
  const usage = await timed(process.execPath, [main, JSON.stringify(full)], {
    input: fleet.addresses.join('\n'),
    limitMs,
  });
  const result = JSON.parse(usage.output) as OursResult;
  if (result.failed.length > 0) console.log(`FAILED ${result.failed.length}: ${result.failed[0] ?? ''}`);
  console.log(`${tool}: at most ${result.mostRequests} requests to one endpoint, ${result.leftOut} left out`);
  return { tool, requests: result.requests, seconds: result.probingSeconds, usage };
}

async function curl(tool: string, schemes: readonly string[], close: boolean): Promise<Row> {
  const file = join(tmpdir(), `rasoat-bench-curl-${process.pid}`);
  const urls = fleet.addresses.flatMap((address) =>
    schemes.map((scheme) => `${scheme}://${address}:${scheme === 'https' ? securePort : plainPort}/`),
  );
  await writeFile(file, urls.map((url) => `url = "${url}"\noutput = "/dev/null"\n`).join(''));
  const args = ['--parallel', '--parallel-max', String(parallel), '--insecure', '--silent', '--http1.1', '-K', file];
  const usage = await timed('curl', [...args, ...(close ? ['-H', 'Connection: close'] : [])], { limitMs });
  await rm(file, { force: true });
  return { tool, requests: urls.length, seconds: usage.wall, usage };
}

function print(rows: readonly Row[]): void {
  console.log();
  printTable([
    ['', 'requests', 's', 'endpoints/s', 'requests/s', 'CPU an endpoint, ms', 'CPU a request, ms', 'peak MB'],
    ...rows.map(({ tool, requests, seconds, usage }) => [
      tool,
      String(requests),
      seconds.toFixed(1),
      (size / seconds).toFixed(0),
      (requests / seconds).toFixed(0),
      ((usage.cpu / size) * 1000).toFixed(1),
      ((usage.cpu / requests) * 1000).toFixed(2),
      usage.peakMb.toFixed(0),
    ]),
  ]);
}

/** Above 1: ours is faster, or takes less. */
function ratios(one: Row, other: Row | undefined): void {
  if (other === undefined) return;
  const cpu = (row: Row) => row.usage.cpu / row.requests;
  console.log(
    `${one.tool} for ${other.tool}: requests a second ${(one.requests / one.seconds / (other.requests / other.seconds)).toFixed(2)} ×, ` +
      `CPU a request ${(cpu(other) / cpu(one)).toFixed(2)} ×, peak memory ${(other.usage.peakMb / one.usage.peakMb).toFixed(2)} ×`,
  );
}
