// `npm run bench:feeds [CVEs]`: how long and how large an import of the NVD's size is, and how fast banners become CVEs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFeeds } from '../../../src/feeds/open.ts';
import { softwareQueryOf } from '../../../src/model/software-query.ts';
import { readBanner } from '../../../src/probe/software/read-banner.ts';
import { writeBigNvd } from '../../feeds/made/nvd.ts';

const count = Number(process.argv[2] ?? 300_000);
const folder = mkdtempSync(join(tmpdir(), 'rasoat-bench-feeds-'));
try {
  const file = join(folder, 'nvd.json');
  await writeBigNvd(file, count);
  console.log(`made: ${count} CVEs, ${megabytes(file)} MB of JSON`);
  const main = new URL('import-main.ts', import.meta.url).pathname;
  const feeds = join(folder, 'feeds');
  console.log(`import: ${execFileSync(process.execPath, [main, feeds, file], { encoding: 'utf8' }).trim()}`);
  await lookups(feeds);
  await banners(feeds);
} finally {
  rmSync(folder, { recursive: true });
}

async function lookups(folderOfFeeds: string): Promise<void> {
  const opened = await openFeeds(folderOfFeeds);
  try {
    const times: number[] = [];
    const before = process.cpuUsage();
    let found = 0;
    for (let index = 0; index < 5000; index += 1) {
      // Every banner another version, so that no answer is kept from before; half name the product with hundreds of CVEs.
      const at = 50 + ((index * 7) % 59_000);
      const name = index % 2 === 0 ? 'f5:nginx' : `vendor${at % 20_000}:product${at}`;
      const version = `${index % 9}.${index % 30}.${index}`;
      const product = name.slice(name.indexOf(':') + 1);
      const startedAt = performance.now();
      const known = opened.ask([{ product, version, cpe: `cpe:2.3:a:${name}:${version}:*:*:*:*:*:*:*` }]);
      times.push(performance.now() - startedAt);
      found += Object.values(known)[0]?.total ?? 0;
    }
    const { user, system } = process.cpuUsage(before);
    const cpu = ((user + system) / 1000 / times.length).toFixed(3);
    times.sort((a, b) => a - b);
    const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3);
    const total = times.reduce((sum, one) => sum + one, 0);
    const rate = Math.round((times.length / total) * 1000);
    console.log(
      `lookups: ${rate} a second; median ${at(0.5)} ms, 99 of 100 ${at(0.99)} ms, worst ${at(1)} ms; ${cpu} ms of processor each; ${found} CVEs`,
    );
  } finally {
    opened.close();
  }
}

/** From the words that a server says to its CVEs: read, named by CPE, looked up. */
async function banners(folderOfFeeds: string): Promise<void> {
  const opened = await openFeeds(folderOfFeeds);
  try {
    const before = process.cpuUsage();
    const startedAt = performance.now();
    let [read, found] = [0, 0];
    for (let index = 0; index < 5000; index += 1) {
      const version = `1.${index % 30}.${index}`;
      for (const item of readBanner('http.server', `nginx/${version} OpenSSL/3.0.${index % 20}`, 443)) {
        const query = softwareQueryOf(item);
        if (query === undefined) continue;
        read += 1;
        found += Object.values(opened.ask([query]))[0]?.total ?? 0;
      }
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(before);
    const cpu = (user + system) / 1e6;
    console.log(
      `banners: ${Math.round(5000 / seconds)} a second by the clock, ${Math.round(5000 / cpu)} a second of processor; ${read} versions in them, ${found} CVEs`,
    );
  } finally {
    opened.close();
  }
}

function megabytes(file: string): number {
  return Math.round(statSync(file).size / 1e6);
}
