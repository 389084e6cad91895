// `npm run bench:report [systems]`: draws the report of an invented province and opens it from disk. Prints time to build, size, time
// to open (Chromium), and time from a key to what it finds. Figures of a quiet machine stand in src/report/README.md.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../src/report/pdf/find-chromium.ts';
import { writeReport } from '../../../src/report/write.ts';
import { flags } from '../../report/browse.ts';
import { fixture } from '../../report/fixture.ts';
import { fixtureTrack } from '../../report/fixture-track.ts';

const systems = Number(process.argv[2] ?? 1000);
const folder = await mkdtemp(join(tmpdir(), 'rasoat-bench-report-'));
const out = join(folder, 'report');
try {
  const bare = fixture(systems);
  const data = { ...bare, track: fixtureTrack(bare) };
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { files, bytes } = await writeReport(data, out);
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${systems} systems: ${seconds(performance.now() - started)} s, ${seconds((user + system) / 1000)} s of CPU, ` +
      `${files} files, ${megabytes(bytes)} MB, index of the search ${kilobytes(await sizeOf('assets/index.js'))} kB`,
  );
  for (const [file, size] of await largest(5)) console.log(`  ${kilobytes(size)} kB  ${file}`);

  const browser = await chromium.launch({ executablePath: await findChromium(undefined, process.env), args: flags });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    for (const path of ['index.html', 'kiem-tra.html', 'co-quan/so-khcn.html', 'he-thong/cong-dich-vu-cong.html'])
      console.log(`  ${path}: ${await opened(page, path)}`);
    await page.goto(pathToFileURL(join(out, 'kiem-tra.html')).href);
    console.log(
      `  find: ${await toFrame(page, 'tim', 'cong dich vu cong tinh')} ms from the key to the frame, at most of 22 keys`,
    );
    console.log(
      `  filter: ${await toFrame(page, 'loc-doi-chieu-q', 'van phong')} ms from the key to the frame, at most of 9 keys`,
    );
  } finally {
    await browser.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Middle of five: DOM there, first paint of content, load. */
async function opened(page: Page, path: string): Promise<string> {
  const times: { dom: number; paint: number; load: number }[] = [];
  for (let n = 0; n < 5; n += 1) {
    await page.goto(pathToFileURL(join(out, path)).href);
    times.push(
      await page.evaluate(`new Promise((done) => setTimeout(() => {
        const [load] = performance.getEntriesByType('navigation');
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        done({ dom: load.domContentLoadedEventEnd, paint: paint?.startTime ?? -1, load: load.loadEventEnd });
      }, 200))`),
    );
  }
  const middle = (of: 'dom' | 'paint' | 'load') =>
    Math.round(times.map((one) => one[of]).sort((a, b) => a - b)[2] ?? -1);
  return `DOM ${middle('dom')} ms, first paint ${middle('paint')} ms, load ${middle('load')} ms`;
}

/** Types letter by letter, and takes the longest time from an input event to the frame that shows its result. */
async function toFrame(page: Page, id: string, text: string): Promise<number> {
  return Math.round(
    await page.evaluate<number>(`(async () => {
      const input = document.getElementById('${id}');
      input.focus();
      let most = 0;
      for (const letter of ${JSON.stringify(text)}) {
        await new Promise(requestAnimationFrame);
        const from = performance.now();
        input.value += letter;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
        most = Math.max(most, performance.now() - from);
      }
      return most;
    })()`),
  );
}

async function largest(n: number): Promise<readonly (readonly [string, number])[]> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = relative(out, join(entry.parentPath, entry.name));
        return [file, await sizeOf(file)] as const;
      }),
  );
  return sizes.sort(([, a], [, b]) => b - a).slice(0, n);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(join(out, file))).size;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 1000);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
