// `npm run bench:year [-- --systems=2000 --weeks=52 --tries=3 --keep=DIR --engine=sqlite|postgres --only=WORDS]`: fills a store with a
// year of weekly runs, asks it all that a person waits for, and prints what each answer cost. With --keep the filled store stays and
// is asked again the next time. Ends with 1 where an answer that should come within a second took more of the processor than that.
// Figures of a quiet machine stand in src/engine/OPERATING.md.
import { existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { copyToPostgres } from '../../../src/pipeline/db.ts';
import { storePlace } from '../../../src/store/place.ts';
import { openStore } from '../../../src/store/store.ts';
import { startPostgresLab } from '../../servers/postgres.ts';
import { fillYear } from './fill.ts';
import { measure, questions, type Names } from './measure.ts';
import { checkShape } from './shape.ts';
import { readTemplate, scanDemo } from './template.ts';

const { values: given } = parseArgs({
  options: {
    systems: { type: 'string', default: '2000' },
    weeks: { type: 'string', default: '52' },
    tries: { type: 'string', default: '3' },
    keep: { type: 'string' },
    engine: { type: 'string', default: 'sqlite' },
    only: { type: 'string', default: '' },
    /** The program to ask: another clone's `bin/rasoat.cjs`, to compare. */
    rasoat: { type: 'string', default: fileURLToPath(new URL('../../../bin/rasoat.cjs', import.meta.url)) },
  },
});
const out = given.keep ?? (await mkdtemp(join(tmpdir(), 'rasoat-bench-year-')));
mkdirSync(out, { recursive: true, mode: 0o700 });
const postgres = given.engine === 'postgres' ? await startPostgresLab('127.85.2.1', 5433) : undefined;
try {
  const file = join(out, 'rasoat.sqlite');
  if (!existsSync(file)) await fill(file);
  if (postgres !== undefined) await copyToPostgres(out, await postgres.database('year'), true, {});
  const names = await namesIn(out);
  console.log(
    `${pad('command', 52)}${['ms', 'first', 'CPU ms', 'lines', 'MB'].map((word) => word.padStart(9)).join('')}`,
  );
  for (const question of questions(names).filter(({ name }) => name.includes(given.only))) {
    const { name, ms, firstMs, cpuMs, lines, peakMb } = await measure(given.rasoat, question, out, Number(given.tries));
    const slow = cpuMs > 1000 && !question.unhurried;
    if (slow) process.exitCode = 1;
    const figures = [ms, firstMs, cpuMs, lines, peakMb].map((figure) => Math.round(figure).toString().padStart(9));
    // A line an owner, and one for all.
    const each = name === 'report --owners' ? `  ${Math.round(cpuMs / (lines - 1))} ms of CPU an owner` : '';
    console.log(`${pad(name, 52)}${figures.join('')}${each}${slow ? '  more than a second' : ''}`);
  }
} finally {
  await postgres?.stop();
  if (given.keep === undefined) await rm(out, { recursive: true, force: true });
}

async function fill(file: string): Promise<void> {
  const demo = await mkdtemp(join(tmpdir(), 'rasoat-bench-demo-'));
  try {
    const template = readTemplate(await scanDemo(demo));
    const started = performance.now();
    const size = { systems: Number(given.systems), weeks: Number(given.weeks) };
    const { rows } = await fillYear(file, template, size, (week) => {
      console.error(`week ${week + 1} of ${size.weeks}, ${Math.round((performance.now() - started) / 1000)} s`);
    });
    const strange = checkShape(join(demo, 'rasoat.sqlite'), file);
    if (strange.length > 0) throw new Error(`no scanner would have written this:\n${strange.join('\n')}`);
    console.log(`${size.systems} systems, ${size.weeks} weeks: ${rows.toLocaleString('en')} rows of runs`);
  } finally {
    await rm(demo, { recursive: true, force: true });
  }
}

async function namesIn(folder: string): Promise<Names> {
  const store = await openStore(storePlace(folder));
  try {
    const [newest, older = newest] = await store.runs();
    if (newest === undefined || older === undefined) throw new Error(`${folder} has no run`);
    const { systems } = await store.inventory(newest.id);
    const [first] = systems;
    if (first === undefined) throw new Error('no system');
    const { owner } = first;
    return { older: older.id, newest: newest.id, system: first.id, owner, day: (newest.endedAt ?? '').slice(0, 10) };
  } finally {
    await store.close();
  }
}

function pad(text: string, width: number): string {
  return text.length > width - 2 ? `${text.slice(0, width - 3)}… ` : text.padEnd(width);
}
