/* Time, size and memory of evidence packs of a large run: `npm run bench:evidence [systems]`. All of it is invented. */
import { statSync } from 'node:fs';
import { verifyEvidence } from '../../../src/pipeline/evidence/verify.ts';
import { exportEvidence } from '../../../src/pipeline/evidence/export.ts';
import { scratch } from '../../e2e/cli.ts';
import { storeOf } from '../../evidence/store-of.ts';
import { fixture } from '../../report/fixture.ts';

const systems = Number(process.argv[2] ?? 1000);
/** So that a target has about as many findings as a real one. */
const times = 6;
const here = scratch();
const data = fixture(systems);
const findings = data.findings.flatMap((one) =>
  Array.from({ length: times }, (_one, n) => (n === 0 ? one : { ...one, check: `${one.check}-${n}` })),
);
const store = await storeOf(here.file('rasoat.sqlite'), { ...data, findings });
const [run] = await store.runs();
if (run === undefined) throw new Error('no run');
console.log(`${systems} systems, ${findings.length} findings, store ${megabytes(here.file('rasoat.sqlite'))}`);
const created = new Date().toISOString();
for (const [name, more] of [
  ['whole.zip', {}],
  ['part.zip', { organisation: data.inventory.organisations[1]?.id ?? '' }],
] as const) {
  const to = here.file(name);
  const made = await timed(() => exportEvidence(store, run, { out: here.path, to, created, ...more }));
  const { records, lines, tree } = made.value.manifest;
  console.log(
    `${name}: ${records.count} records, ${Math.round(lines.bytes / 1e6)} MB of lines, ${megabytes(to)}, ` +
      `${tree.others.length} hashes of others, written in ${made.seconds} s`,
  );
  const found = await timed(() => verifyEvidence(to, {}));
  console.log(`${name}: ${found.value.whole ? 'whole' : 'ALTERED'}, verified in ${found.seconds} s`);
}
console.log(
  `at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB of memory, the making of the store included`,
);
await store.close();
here.remove();

function megabytes(file: string): string {
  return `${(statSync(file).size / 1e6).toFixed(1)} MB`;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: string }> {
  const started = performance.now();
  const value = await work();
  return { value, seconds: ((performance.now() - started) / 1000).toFixed(1) };
}
