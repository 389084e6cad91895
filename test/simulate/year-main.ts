// `npm run simulate:year`: a year of weekly runs whose truth is told beforehand; exit 1 on any difference from it.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { weeks, writeScript } from './script.ts';
import { simulateYear } from './year.ts';

const systems = 200;
const checksEach = 25;
const seed = Number(process.argv[2] ?? 20260105);
const folder = mkdtempSync(join(tmpdir(), 'rasoat-year-'));
try {
  const path = join(folder, 'rasoat.sqlite');
  const startedAt = performance.now();
  const script = writeScript(systems, checksEach, seed);
  const { differences, compared, findings, records } = await simulateYear(script, path, (week) => {
    if (process.stderr.isTTY) process.stderr.write(`\rweek ${week + 1} of ${weeks}`);
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  const kinds = Map.groupBy(
    script.systems.flatMap((system) => system.findings),
    ({ kind }) => kind,
  );
  for (const [kind, some] of [...kinds].sort()) console.log(`  ${String(some.length).padStart(5)}  ${kind}`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`;
  console.log(
    `${weeks} runs, ${systems} systems, ${findings} findings, ${compared} states compared, ${records} records of history, seed ${seed}.`,
  );
  console.log(
    `${seconds} s, peak memory ${megabytes(process.resourceUsage().maxRSS * 1024)}, store ${megabytes(statSync(path).size)}.`,
  );
  for (const difference of differences.slice(0, 20)) console.error(difference);
  console.log(
    differences.length === 0 ? 'Every state equals the truth of the script.' : `${differences.length} differences.`,
  );
  process.exitCode = differences.length === 0 && findings === systems * checksEach ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
