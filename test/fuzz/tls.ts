// Fuzzes the TLS prober for as long as wanted. Run: npm run fuzz:tls -- --minutes 30 [--seed 1] [--lanes 8]
import { parseArgs } from 'node:util';
import { keepYoungHeapSmall } from '../../src/cli/young-heap.ts';
import { runCampaign, type CampaignReport } from './tls-campaign.ts';

keepYoungHeapSmall();
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    lanes: { type: 'string', default: '8' },
  },
});

/** A bug of ours that no promise carries would be lost otherwise. */
const loose: string[] = [];
/** Faults that were printed. */
let told = 0;
process.on('unhandledRejection', (reason) => loose.push(String(reason instanceof Error ? reason.stack : reason)));

const seed = Number(values.seed);
console.log(`seed ${seed}`);
const report = await runCampaign({
  network: '127.0.67',
  seed,
  ms: Number(values.minutes) * 60_000,
  lanes: Number(values.lanes),
  onProgress: line,
});
line(report);
console.log(JSON.stringify({ endings: report.endings, mutations: report.mutations }, null, 1));
if (report.leftOpen > 0) console.log(`FAULT ${report.leftOpen} sockets left open`);
for (const what of loose) console.log(`LOOSE ${what}`);
process.exitCode = report.faults.length + report.leftOpen + loose.length === 0 ? 0 : 1;

function line({ cases, connections, faults, peakRss }: CampaignReport): void {
  for (; told < faults.length; told += 1)
    console.log(`FAULT seed ${faults[told]?.seed ?? 0}: ${faults[told]?.what ?? ''}`);
  const [mb, now] = [peakRss, process.memoryUsage.rss()].map((bytes) => (bytes / 1e6).toFixed(0));
  console.log(`${cases} cases, ${connections} connections, ${faults.length} faults, RSS ${now} MB, peak ${mb} MB`);
}
