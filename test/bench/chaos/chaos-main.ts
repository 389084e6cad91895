// The chaos bench inside its network; bench.ts starts it.
import { rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../simulate/random.ts';
import { foundZone, type Zone } from './agents.ts';
import { mendBase, startBase, type Base } from './base.ts';
import { calmRuns, faults, fenced, type Engine, type Fault, type Scene } from './faults.ts';
import { judgeVisits } from './heard.ts';
import { readOptions, type Options } from './options.ts';
import { readRecord, type RunRecord } from './record.ts';
import { setStage } from './stage.ts';
import { isSpoilt, printTrial, printTried, type Tried } from './table.ts';
import { judgeTrial } from './trial.ts';
import { verdictOf } from './verdict.ts';
import { copyWithoutFence } from './without-fence.ts';

const nameOf = ({ engine, name }: Fault) => `${engine}: ${name}`;
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function bench(asked: Options): Promise<number> {
  const { times, endpoints, seed, patienceMs, only, withoutFence } = asked;
  const random = createRandom(seed);
  const unit = () => random.upTo(1_000_000) / 1_000_000;
  const chosen = withoutFence ? [fenced] : faults.filter((fault) => only.test(nameOf(fault)));
  if (chosen.length === 0) throw new Error(`no fault is called ${only.source}`);
  const { length, 0: cpu } = cpus();
  const load = loadavg()[0]?.toFixed(1) ?? '';
  console.log(`${length} × ${cpu?.model ?? ''}, load ${load}, Node ${process.version}, seed ${seed}`);

  const own = join(import.meta.dirname, '../../..');
  const tree = withoutFence ? copyWithoutFence(own) : own;
  const setting = setStage({ seed, endpoints, patienceMs, tree });
  let [base, zone]: [Promise<Base> | undefined, Promise<Zone> | undefined] = [undefined, undefined];
  const tried = new Map<Fault, Tried[]>();
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= (async () => {
      const stage = await setting.catch(() => undefined);
      // What one step leaves is no reason to leave the rest.
      const take = async (away: () => unknown) => {
        try {
          await away();
        } catch (error) {
          console.error(`not taken away: ${reasonOf(error)}`);
        }
      };
      await take(() => stage?.endAll());
      await take(async () => (await base)?.postgres.stop());
      await take(() => stage?.close());
      if (withoutFence)
        await take(() => {
          rmSync(tree, { recursive: true, force: true });
        });
    })());
  const stop = () => {
    // What a terminal sends reaches us twice, by itself and through bench.ts.
    if (isStopped()) return;
    stopping.abort();
    void close().finally(() => {
      if (tried.size > 0) printTried(tried);
      process.exit(130);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  try {
    const stage = await setting;
    const startedBase = () => (base ??= startBase(stage));
    const scene: Scene = {
      stage,
      base: startedBase,
      zone: () => (zone ??= startedBase().then((its) => foundZone(stage, its))),
    };
    const mend = async () => {
      await stage.endAll();
      if (base !== undefined) await mendBase(await base);
      await stage.heard();
    };
    const calm = new Map<Engine, RunRecord | undefined>();
    for (const fault of chosen) {
      const { engine } = fault;
      if (!calm.has(engine)) calm.set(engine, await undisturbed(engine, scene).catch(notWell));
      const trials: Tried[] = [];
      tried.set(fault, trials);
      for (let time = 0; time < times && !isStopped(); time += 1) {
        const trial = await tryOnce(fault, calm.get(engine), scene, unit);
        if (isStopped()) break;
        printTrial(fault, trial);
        trials.push(trial);
        await mend();
      }
    }
  } catch (error) {
    // Whatever breaks while all is taken away is no news.
    if (!isStopped()) throw error;
  } finally {
    if (!isStopped() && tried.size > 0) printTried(tried);
    await close();
  }
  if (isStopped()) return 130;
  const spoilt = [...tried.values()].flat().filter(isSpoilt).length;
  if (spoilt > 0) console.error(`${spoilt} trials lost or doubled something, or did not recover as they must.`);
  else if (withoutFence) console.error('The fences are off and nothing was found: this bench proves nothing.');
  return spoilt > 0 ? 1 : withoutFence ? 3 : 0;
}

function notWell(error: unknown): undefined {
  console.error(`an undisturbed run did not go well: ${reasonOf(error)}`);
}

async function tryOnce(fault: Fault, calm: RunRecord | undefined, scene: Scene, unit: () => number): Promise<Tried> {
  if (calm === undefined) return { failed: 'there is no undisturbed run to hold it against' };
  try {
    return await judgeTrial(scene.stage, calm, await fault.strike(scene, unit, calm.planned.length));
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

/** Runs undisturbed, and holds that run against what the machines heard: it must be without fault itself. */
async function undisturbed(engine: Engine, scene: Scene): Promise<RunRecord> {
  const startedAt = performance.now();
  const record = await readRecord(await calmRuns[engine](scene));
  const { visits, lagMs } = await scene.stage.heard();
  const verdict = verdictOf(record, record, judgeVisits(visits, { allowed: scene.stage.limits, lagMs }));
  const calm = { ...verdict, wrong: record.strays, recoverMs: [] };
  if (isSpoilt(calm)) {
    printTrial({ engine, name: 'undisturbed' }, calm);
    throw new Error(`${engine}, undisturbed, is not without fault`);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(
    `${engine}, undisturbed: ${record.done.length} targets, ${record.findings.length} findings, ${visits.length} connections heard, ` +
      `${seconds} s, servers at most ${lagMs.toFixed(0)} ms late`,
  );
  return record;
}

const options = readOptions(process.argv.slice(2), () => faults.map(nameOf).join('\n'));
if (options !== undefined) process.exitCode = await bench(options);
