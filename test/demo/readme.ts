// Rewrites the transcript in README.md from a real run of the demo, and the picture of the report beside it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { runDemo } from './transcript.ts';

const out = mkdtempSync(join(tmpdir(), 'rasoat-readme-'));
const { code, lines } = await runDemo(out);
if (code !== 0) throw new Error(lines.join('\n'));
const shown = lines
  .map((line) => line.replace(/^Report: .*/, 'Report: …/rasoat-out/report/index.html'))
  .join('\n')
  .trim();
const readme = readFileSync('README.md', 'utf8');
writeFileSync(
  'README.md',
  readme.replace(/(<!-- demo -->\n```\n)[\s\S]*?(```\n<!-- \/demo -->)/, `$1${shown.replaceAll('$', '$$$$')}\n$2`),
);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
await page.goto(`file://${out}/report/index.html`);
await page.screenshot({ path: 'templates/pictures/province.vi.png' });
await page.goto(`file://${out}/report/he-thong/mot-cua-dien-tu.html`);
await page.screenshot({ path: 'templates/pictures/system.vi.png' });
await browser.close();
rmSync(out, { recursive: true });
