// The chaos bench inside its network; bench.ts starts it.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createRandom } from '../../simulate/random.ts';
import { printTable } from '../tls/figures.ts';
import { calmRuns, faults, type Engine, type Fault, type Scene } from './faults.ts';
import { startBase, type Base } from './fleet.ts';
import { judgeVisits } from './heard.ts';
import { readRecord, type RunRecord } from './record.ts';
import { setStage } from './stage.ts';
import { judgeTrial, type Trial } from './trial.ts';
import { verdictOf } from './verdict.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '2' },
    endpoints: { type: 'string', default: '90' },
    seed: { type: 'string', default: '20261126' },
    only: { type: 'string', default: '' },
  },
});
const [times, endpoints, seed] = [Number(values.times), Number(values.endpoints), Number(values.seed)];
const random = createRandom(seed);
const unit = () => random.upTo(1_000_000) / 1_000_000;
const chosen = faults.filter(({ name, engine }) => new RegExp(values.only).test(`${engine}: ${name}`));
if (chosen.length === 0) throw new Error(`no fault is called ${values.only}`);

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? ''}, load ${loadavg()[0]?.toFixed(1) ?? ''}, Node ${process.version}, seed ${seed}`,
);
const stage = await setStage(seed, endpoints);
let base: Promise<Base> | undefined;
const scene: Scene = { stage, base: () => (base ??= startBase(stage)) };
let spoilt = 0;
try {
  const calm = new Map<Engine, RunRecord>();
  for (const engine of new Set(chosen.map((fault) => fault.engine))) calm.set(engine, await undisturbed(engine));
  const rows: string[][] = [];
  for (const fault of chosen) rows.push(await tryFault(fault, calm.get(fault.engine)));
  console.log();
  printTable([
    [
      'fault',
      'engine',
      'times tried',
      'lost',
      'doubled',
      'slow hosts read otherwise',
      'to recover, median s',
      'at most s',
    ],
    ...rows,
  ]);
} finally {
  await (await base)?.postgres.stop();
  await stage.close();
}
if (spoilt > 0) {
  console.error(`${spoilt} trials lost or doubled something.`);
  process.exitCode = 1;
}

/** Runs undisturbed, and holds that run against what the machines heard: it must be without fault itself. */
async function undisturbed(engine: Engine): Promise<RunRecord> {
  const startedAt = performance.now();
  const record = await readRecord(await calmRuns[engine](scene));
  const { visits, lagMs } = await stage.heard();
  const { lost, doubled } = verdictOf(record, record, judgeVisits(visits, { allowed: stage.limits, lagMs }));
  report(`undisturbed, ${engine}`, lost, doubled);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(
    `${engine}, undisturbed: ${record.done.length} targets, ${record.findings.length} findings, ${visits.length} connections heard, ` +
      `${seconds} s, servers at most ${lagMs.toFixed(0)} ms late`,
  );
  return record;
}

async function tryFault(fault: Fault, calm: RunRecord | undefined): Promise<string[]> {
  if (calm === undefined) throw new Error('no undisturbed run');
  const trials: Trial[] = [];
  for (let time = 0; time < times; time += 1) {
    const trial = await judgeTrial(stage, calm, await fault.strike(scene, unit, calm.planned.length));
    report(`${fault.engine}: ${fault.name}`, trial.lost, trial.doubled);
    trials.push(trial);
    console.log(
      `${fault.engine}: ${fault.name}: ${trial.lost.length} lost, ${trial.doubled.length} doubled, ${(Math.max(0, ...trial.recoverMs) / 1000).toFixed(1)} s`,
    );
  }
  const recover = trials.flatMap(({ recoverMs }) => recoverMs).sort((a, b) => a - b);
  const seconds = (ms: number | undefined) => (ms === undefined ? '–' : (ms / 1000).toFixed(1));
  const sum = (of: (trial: Trial) => readonly string[]) =>
    String(trials.reduce((all, trial) => all + of(trial).length, 0));
  return [
    fault.name,
    fault.engine,
    String(trials.length),
    sum(({ lost }) => lost),
    sum(({ doubled }) => doubled),
    sum(({ slow }) => slow),
    seconds(recover[Math.floor((recover.length - 1) / 2)]),
    seconds(recover.at(-1)),
  ];
}

function report(what: string, lost: readonly string[], doubled: readonly string[]): void {
  if (lost.length + doubled.length === 0) return;
  spoilt += 1;
  for (const one of lost.slice(0, 10)) console.error(`${what}: LOST ${one}`);
  for (const one of doubled.slice(0, 10)) console.error(`${what}: DOUBLED ${one}`);
}
