// Rewrites the transcript in README.md from a real run of the demo, and the pictures of the report's pages.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takePictures } from '../report/pictures.ts';
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

await takePictures(join(out, 'report'), { system: 'mot-cua-dien-tu', organisation: 'so-y-te' });
rmSync(out, { recursive: true });
